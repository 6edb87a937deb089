import { machineClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { fileURLToPath } from 'node:url'
import { startWeb, WEB_NEEDS } from './app.ts'

const log = createLog('web')
runProcess(log, async () => {
  const config = readConfig(process.env, [...WEB_NEEDS, 'MEETINGS_URL'])
  const web = await startWeb({ config, clock: machineClock, log, pages: fileURLToPath(new URL('client', import.meta.url)) })
  log.info({ port: config.SERVICE_PORT }, 'ready')
  return web
})
