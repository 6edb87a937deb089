import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { startSteps } from './steps/workers.ts'

const log = createLog('steps')
runProcess(log, () => startSteps({ config: readConfig(process.env, ['DATABASE_URL', 'KEYS_DATABASE_URL']), log }))
