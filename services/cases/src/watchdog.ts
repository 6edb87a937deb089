import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { startWatchdog } from './steps/watching.ts'

const log = createLog('watchdog')
runProcess(log, () => startWatchdog({ config: readConfig(process.env, ['DATABASE_URL']), log }))
