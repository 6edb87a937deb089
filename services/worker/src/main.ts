import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { startWorker } from './worker.ts'

const log = createLog('worker')
runProcess(log, () => startWorker({ config: readConfig(process.env, ['KEYS_DATABASE_URL']), log }))
