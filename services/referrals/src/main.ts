import { machineClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { runProcess } from '@tirek/platform/process'
import { REFERRALS_NEEDS, startReferrals } from './app.ts'

const log = createLog('referrals')
runProcess(log, () => startReferrals({ config: readConfig(process.env, REFERRALS_NEEDS), clock: machineClock, log }))
