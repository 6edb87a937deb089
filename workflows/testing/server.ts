/** The time-skipping test server, with the search attributes that the workflows set. */
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { findTemporal } from '../../infra/dev/temporal.mjs'
import { findTestServer } from '../../infra/dev/test-server.mjs'
import { SEARCH } from '../src/search-attributes.ts'

/** Numbers of the types in Temporal's API (`IndexedValueType`). */
const TYPES = { KEYWORD: 2, BOOL: 5, DATETIME: 6 } as const

export async function openTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await findTestServer()
  const env = await started(() => TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } }))
  await registerSearchAttributes(env.connection)
  return env
}

/** An attribute that is not registered fails every workflow task. */
export async function registerSearchAttributes(
  connection: Pick<TestWorkflowEnvironment['connection'], 'operatorService'>,
  namespace = 'default',
) {
  const searchAttributes = Object.fromEntries(Object.values(SEARCH).map(({ name, type }) => [name, TYPES[type]]))
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes })
}

/** A real server in memory, of the build that the project uses. */
export async function openRealServer(options: { port?: number; namespace?: string } = {}): Promise<TestWorkflowEnvironment> {
  const executable = { type: 'existing-path' as const, path: await findTemporal() }
  return started(() => TestWorkflowEnvironment.createLocal({ server: { executable, searchAttributes: Object.values(SEARCH), ...options } }))
}

/** The SDK gives a server five seconds to come up: on a busy machine it is tried again. */
async function started(start: () => Promise<TestWorkflowEnvironment>, left = 3): Promise<TestWorkflowEnvironment> {
  try {
    return await start()
  } catch (error) {
    if (left === 0 || !/did not start within/.test(String(error))) throw error
    return started(start, left - 1)
  }
}
