import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { RELAY_NEEDS, startRelay } from './relay/relaying.ts'

const log = createLog('relay')
runProcess(log, () => startRelay({ config: readConfig(process.env, RELAY_NEEDS), log }))
