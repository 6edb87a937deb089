// `npm run prove`: plays the cases of test/prove and prints the proof and nothing else, so that two runs print the same bytes. Ends with 1 on any difference.
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { homeOf, ROOT } from './place.mjs'

const out = join(homeOf(), 'proof')
mkdirSync(out, { recursive: true })
// What an earlier run left must not be taken for this one's.
for (const file of ['proof.txt', 'index.html']) rmSync(join(out, file), { force: true })

const log = openSync(join(out, 'run.log'), 'w')
const run = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'prove', '--reporter=default'], {
  cwd: ROOT,
  stdio: ['ignore', log, log],
  env: { ...process.env, NODE_ENV: 'test', TIREK_HOME: homeOf() },
})
const code = await new Promise((ended) => run.on('exit', (status) => ended(status ?? 1)))
closeSync(log)

const hasProof = existsSync(join(out, 'proof.txt'))
if (hasProof) process.stdout.write(readFileSync(join(out, 'proof.txt')))
if (hasProof) console.log(`Report with pictures: ${join(out, 'index.html')}`)
if (code !== 0)
  console.error(
    `\n${hasProof ? 'Not proved' : 'The proof did not come to its end'}:\n${readFileSync(join(out, 'run.log'), 'utf8').slice(-4_000)}`,
  )
process.exit(code)
