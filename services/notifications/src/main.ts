import { machineClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { NOTIFICATIONS_NEEDS, startNotifications } from './app.ts'

const log = createLog('notifications')
runProcess(log, () => startNotifications({ config: readConfig(process.env, NOTIFICATIONS_NEEDS), clock: machineClock, log }))
