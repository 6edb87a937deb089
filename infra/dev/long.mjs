// `npm run long`: what `npm test` runs a sample of, whole: parts killed and taken away on the running system, every page in every language.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './place.mjs'

const run = spawn(
  process.execPath,
  [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'journeys', '--project', 'faults', 'test/faults', 'test/pages/house'],
  {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, LONG: 'all', NODE_ENV: 'test' },
  },
)
run.on('exit', (code) => process.exit(code ?? 1))
