import { machineClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { CASES_NEEDS, startCases } from './app.ts'

const log = createLog('cases')
runProcess(log, () => startCases({ config: readConfig(process.env, CASES_NEEDS), clock: machineClock, log }))
