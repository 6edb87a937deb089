// Writes dist/case.bundle.js: all workflows in one file, loaded by the workers at start.
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundleWorkflows } from './bundle.ts'

const to = fileURLToPath(new URL('./dist/case.bundle.js', import.meta.url))
const { code } = await bundleWorkflows()
await mkdir(new URL('./dist/', import.meta.url), { recursive: true })
// A worker that starts meanwhile must not read half of it.
await writeFile(`${to}.new`, code)
await rename(`${to}.new`, to)
console.log(`workflows/dist/case.bundle.js ${Math.round(code.length / 1024)} KB`)
