import { join } from 'node:path'
import { KEYS_FILE } from '../../infra/dev/place.mjs'
import { until } from '../world/running.ts'
import { bareWorkflows } from './bare/run.ts'
import type { Bed } from './bed.ts'
import { ms, quantile } from './figures.ts'
import { byClients } from './loops.ts'
import { requestOf } from './people.ts'
import { caughtUp } from './relay.ts'

/** `leadMs`: the first hour's step comes due so long after the wave has begun, the others one after another. */
export type WaveSize = { cases: number; leadMs: number; hours: number; everyMs: number }

const MINUTE = 60_000
/** CP-10: the step that is looked at comes 45 minutes after the report. */
const STEP_OF_HOUR = 45 * MINUTE
const LATE_BY = 20 * 24 * 60 * MINUTE
const CLIENTS = 16

/**
 * Reports of long ago, so that every case asks for a step at once, and hours whose steps come due in the middle of them; then bare workflows on
 * the same server. The watchdog stands still meanwhile: it takes steps that are late by half an hour, and these are late when they are born.
 */
export async function wave(bed: Bed, size: WaveSize): Promise<void> {
  bed.figures.begin(`the hour beside a wave of ${size.cases} steps, the watchdog standing still`)
  await caughtUp(bed)
  const watchdog = bed.system.pidOf('watchdog')!
  process.kill(watchdog, 'SIGSTOP')
  try {
    await drained(bed, size)
  } finally {
    process.kill(watchdog, 'SIGCONT')
  }
}

async function drained(bed: Bed, size: WaveSize): Promise<void> {
  const { figures } = bed
  const marks: { id: string; at: number }[] = []
  const first = Date.now() - STEP_OF_HOUR + size.leadMs
  for (let n = 0; n < size.hours; n++) {
    const receivedAt = first + n * size.everyMs
    marks.push({ id: await bed.save(requestOf(n, 'high', receivedAt)), at: receivedAt + STEP_OF_HOUR })
  }
  const ids: string[] = []
  const took = () => bed.count('SELECT count(DISTINCT case_id) FROM cases.step WHERE case_id = ANY($1)', [ids])
  const old = Date.now() - LATE_BY
  const began = performance.now()
  const saving = await byClients(CLIENTS, size.cases, async (n) => ids.push(await bed.save(requestOf(n, 'medium', old))))
  const early = await took()
  const drainBegan = performance.now()
  await until('the wave is drained', async () => ((await took()) >= size.cases ? true : undefined), 900)
  const now = performance.now()
  const rate = (size.cases - early) / ((now - drainBegan) / 1_000)

  const late = await until('the steps of the hours are taken', () => lateness(bed, marks), 180)
  const p99 = quantile(late, 0.99)
  figures.note(`the hour's steps beside the wave, late (p99)`, ms(p99), '≤ 2 s', p99 <= 2_000)
  figures.note('the wave: forms saved', `${(size.cases / saving).toFixed(0)}/s`)
  const byWorkflow = await bed.count(`SELECT count(DISTINCT case_id) FROM cases.step WHERE case_id = ANY($1) AND taken_by = 'workflow'`, [
    ids,
  ])
  figures.note('the wave: to its last step', `${((now - began) / 1_000).toFixed(1)} s, ${byWorkflow} of ${size.cases} by their workflows`)
  await caughtUp(bed)
  const { at, home } = bed.system
  const bare = await bareWorkflows(at.temporalAddress, { adminUrl: at.adminUrl, ringFile: join(home, KEYS_FILE) }, size.cases)
  figures.note(
    'the wave: first steps taken once the forms are saved',
    `${rate.toFixed(1)}/s (bare workflows on the same server ${bare.toFixed(1)}/s, ${((100 * rate) / bare).toFixed(0)} %)`,
  )
}

/** How late each marked step was taken, ms; undefined while one is not. */
async function lateness(bed: Bed, marks: readonly { id: string; at: number }[]): Promise<number[] | undefined> {
  const { rows } = await bed.system.db.query<{ late: string }>(
    'SELECT s.taken_at - s.at AS late FROM cases.step s JOIN unnest($1::uuid[], $2::bigint[]) AS m (id, at) ON s.case_id = m.id AND s.at = m.at',
    [marks.map(({ id }) => id), marks.map(({ at }) => at)],
  )
  return rows.length >= marks.length ? rows.map(({ late }) => Number(late)) : undefined
}
