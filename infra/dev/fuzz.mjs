// `npm run fuzz -- --requests=100000 --seed=7`: generated requests against the real services (test/fuzz). `--replay=<text>` sends one again.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './place.mjs'

const given = Object.fromEntries(
  process.argv.slice(2).map((argument) => {
    const [, name, value] = /^--(requests|seed|replay)=(.+)$/.exec(argument) ?? []
    if (!name) {
      console.error(`${argument} is not known. npm run fuzz -- [--requests=100000] [--seed=7] [--replay=<text>]`)
      process.exit(2)
    }
    return [`FUZZ_${name.toUpperCase()}`, value]
  }),
)
const run = spawn(
  process.execPath,
  [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'fuzz', '--disable-console-intercept'],
  { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...given, NODE_ENV: 'test' } },
)
run.on('exit', (code) => process.exit(code ?? 1))
