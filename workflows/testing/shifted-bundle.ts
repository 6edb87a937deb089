/** For tests: workflows whose clock is the test server's moved by a constant, so that a scenario's dates can be written by hand. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflows } from '../bundle.ts'

const CLOCK = fileURLToPath(new URL('../src/clock.ts', import.meta.url))
const MARK = 8_640_000_000_000_001

let bundled: Promise<string> | undefined

/** A bundle for `Worker.create({ workflowBundle })`. `shift`: milliseconds that are added to the test server's clock. */
export async function bundleWithShiftedClock(shift: number): Promise<{ code: string }> {
  bundled ??= bundleWithMark()
  return { code: (await bundled).replace(`(${MARK})`, `(${Math.round(shift)})`) }
}

async function bundleWithMark(): Promise<string> {
  // Inside the package, so that the bundler finds the same modules from there.
  const folder = await mkdtemp(fileURLToPath(new URL('./.shifted-', import.meta.url)))
  try {
    const interceptor = join(folder, 'shifted-clock.ts')
    await writeFile(
      interceptor,
      `import { shiftClock } from ${JSON.stringify(CLOCK)}\nexport const interceptors = () => {\n  shiftClock(${MARK})\n  return {}\n}\n`,
    )
    const { code } = await bundleWorkflows([interceptor])
    if (!code.includes(`(${MARK})`)) throw new Error('the bundle lost the mark where the clock is shifted')
    return code
  } finally {
    await rm(folder, { recursive: true })
  }
}
