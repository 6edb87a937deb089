import { machineClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { MEETINGS_NEEDS, startMeetings } from './app.ts'

const log = createLog('meetings')
runProcess(log, () => startMeetings({ config: readConfig(process.env, MEETINGS_NEEDS), clock: machineClock, log }))
