import { DefaultLogger, Runtime } from '@temporalio/worker'

/** What the workers of a test warn of, and why not. */
const EXPECTED = ['No activities registered', 'No workflows registered', 'Activity failed', 'Temporal Server 1.16']
let installed = false

/** Call it before anything of Temporal is opened: the runtime is made once a process. */
export function quiet(): void {
  const logger = new DefaultLogger('WARN', ({ level, message }) => {
    if (!EXPECTED.some((text) => message.startsWith(text))) console.warn(level, message)
  })
  if (!installed) Runtime.install({ logger })
  installed = true
}
