/** One worker of the bare workflows, a process of its own as ours are: `node worker.ts workflows|activities <address> <database with the keys> <file of the ring>`. Tells its parent how many activities it did. */
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { createLog } from '@tirek/platform/log'
import { startTemporalWorker } from '@tirek/platform/temporal-worker'

const [role, address, keysUrl, ringFile] = process.argv.slice(2)
const log = createLog('bare', 'error')
const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: (message: string) => log.error(message) }
let done = 0
// They seal what they write as ours do.
const config = { ENCRYPTION_KEYS_FILE: ringFile, KEYS_DATABASE_URL: keysUrl!, TEMPORAL_NAMESPACE: 'tirek' }
const common = { name: `bare-${role}`, address: address!, keys: new DataKeys({ config, log }), log, port: 0, host: '127.0.0.1' }
if (role === 'workflows') {
  const { code } = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)), logger: quiet })
  await startTemporalWorker({ ...common, taskQueue: 'bare-workflows', workflows: { code, deployment: 'bare', buildId: 'bare' } })
} else {
  // As many at once as the worker of the steps.
  await startTemporalWorker({ ...common, taskQueue: 'bare-activities', atOnce: 8, activities: { nothing: async () => void done++ } })
  setInterval(() => process.send?.({ done }), 100)
}
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
