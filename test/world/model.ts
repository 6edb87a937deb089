/** One system is started and filled with demo data before the first test; each that a test starts goes on from a copy of its home. */
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Started } from './started.ts'

/** Tests are processes of their own: they learn it by their environment. */
const MODEL = 'TIREK_MODEL_HOME'

export default async function makeModel(): Promise<() => void> {
  const model = await Started.in(Started.newHome())
  await model.end()
  process.env[MODEL] = model.home
  return () => rmSync(model.home, { recursive: true, force: true })
}

/** What the first start wrote of its own addresses and processes. */
const OF_ONE_RUN = ['run.json', 'pids.json']

/** A home of one's own: with demo data where a model of it was made, else empty. */
export function homeOfOnesOwn(): string {
  const home = Started.newHome()
  const model = process.env[MODEL]
  if (!model) return home
  // With owner and mode: under root the database's folder is the user's that Postgres runs as.
  if (process.platform === 'win32') cpSync(model, home, { recursive: true })
  else execFileSync('cp', ['-Rp', `${model}/.`, home])
  for (const file of OF_ONE_RUN) rmSync(join(home, file), { force: true })
  return home
}
