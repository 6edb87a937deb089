/** Bundles the workflows for a worker. Never minified: names and stack traces must stay readable in histories. */
import { bundleWorkflowCode, type BundleOptions, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { fileURLToPath } from 'node:url'

const WORKFLOWS = fileURLToPath(new URL('./src/index.ts', import.meta.url))
const FAILURES = fileURLToPath(new URL('../libs/platform/src/keys/failure-converter.ts', import.meta.url))
const quiet: BundleOptions['logger'] = {
  log: () => {},
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: (message) => console.warn(message),
  error: (message) => console.error(message),
}

/** `interceptors`: paths of modules for tests only. */
export const bundleWorkflows = (interceptors: string[] = []): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({ workflowsPath: WORKFLOWS, workflowInterceptorModules: interceptors, failureConverterPath: FAILURES, logger: quiet })
