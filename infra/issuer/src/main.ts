import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { ISSUER_NEEDS, startIssuer } from './app.ts'

const log = createLog('issuer')
runProcess(log, () => startIssuer({ config: readConfig(process.env, ISSUER_NEEDS), log }))
