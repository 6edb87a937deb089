/** The built bundle of the workflows, and the name of the build that histories are marked with. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const BUNDLE = 'workflows/dist/case.bundle.js'

/** `deployment`: name of the worker deployment in Temporal. Throws when the bundle was not built. */
export async function loadWorkflows(deployment: string, code?: string): Promise<{ code: string; deployment: string; buildId: string }> {
  const loaded = code ?? (await readBundle())
  return { code: loaded, deployment, buildId: createHash('sha256').update(loaded).digest('hex').slice(0, 12) }
}

/** Sought upwards from this file: it is itself bundled into the service that hosts the workflows. */
async function readBundle(): Promise<string> {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const found = await readFile(join(folder, BUNDLE), 'utf8').catch(() => undefined)
    if (found !== undefined) return found
    if (folder === dirname(folder)) throw new Error(`${BUNDLE} is missing: run the build first`)
  }
}
