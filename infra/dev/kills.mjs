// `npm run kills`: parts killed and taken away on the running system (test/faults), the long way; `npm test` runs a sample of it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './place.mjs'

const run = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'journeys', 'test/faults'], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, KILLS: 'all', NODE_ENV: 'test' },
})
run.on('exit', (code) => process.exit(code ?? 1))
