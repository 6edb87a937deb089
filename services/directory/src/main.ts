import { machineClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { DIRECTORY_NEEDS, startDirectory } from './app.ts'

const log = createLog('directory')
runProcess(log, () => startDirectory({ config: readConfig(process.env, DIRECTORY_NEEDS), clock: machineClock, log }))
