/** The rate at which the same Temporal server drains workflows that do nothing: what a wave of ours is compared with. */
import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import { CARGO } from '@tirek/cases/relay/relay'
import { byClients } from '../loops.ts'

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** Starts so many with as many hands as the relay has; how many came to their end per second from the first start on. */
export async function bareWorkflows(address: string, place: { adminUrl: string; ringFile: string }, count: number): Promise<number> {
  const workers = ['workflows', 'activities'].map((role) =>
    fork(WORKER, [role, address, place.adminUrl, place.ringFile], { execArgv: ['--max-semi-space-size=2'] }),
  )
  const connection = await Connection.connect({ address })
  try {
    await Promise.all(workers.map(isReady))
    const client = new Client({ connection, namespace: 'tirek' })
    const run = randomUUID()
    const began = performance.now()
    const drained = new Promise<void>((over, failed) => {
      workers[1]!.on('message', (message: { done?: number }) => (message.done ?? 0) >= count && over())
      for (const worker of workers) worker.once('exit', (code) => failed(new Error(`a worker of the bare workflows ended with ${code}`)))
    })
    await Promise.all([
      drained,
      byClients(CARGO.facts.atOnce, count, (n) =>
        client.workflow.start('bare', { workflowId: `bare/${run}/${n}`, taskQueue: 'bare-workflows' }),
      ),
    ])
    return count / ((performance.now() - began) / 1_000)
  } finally {
    await connection.close()
    for (const worker of workers) worker.removeAllListeners('exit').disconnect()
  }
}

const isReady = (worker: ChildProcess) =>
  new Promise<void>((ready, failed) => {
    worker.once('message', () => ready())
    worker.once('exit', (code) => failed(new Error(`a worker of the bare workflows ended with ${code}`)))
  })
