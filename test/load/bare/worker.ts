/** One worker of the bare workflows, a process of its own as ours are: `node worker.ts workflows|activities <address>`. Tells its parent how many activities it did. */
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'
import { createLog } from '@tirek/platform/log'
import { startTemporalWorker } from '@tirek/platform/temporal-worker'

const [role, address] = process.argv.slice(2)
const log = createLog('bare', 'error')
const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: (message: string) => log.error(message) }
let done = 0
const common = { name: `bare-${role}`, address: address!, namespace: 'tirek', log, port: 0, host: '127.0.0.1' }
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
