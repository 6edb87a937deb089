import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { startUrgent } from './steps/workers.ts'

const log = createLog('urgent')
runProcess(log, () => startUrgent({ config: readConfig(process.env, ['DATABASE_URL', 'KEYS_DATABASE_URL']), log }))
