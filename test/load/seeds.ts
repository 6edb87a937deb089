/** A register as full as that of a large organisation, by set-based SQL in the shape of one real case. */
import { randomUUID } from 'node:crypto'
import { fold } from '@tirek/contract/names'
import type pg from 'pg'
import type { Bed } from './bed.ts'
import { addressOf, birthDayOf, nameOf, requestOf } from './people.ts'

const AT_ONCE = 10_000
/** Children of the seeds bear other names than those that are registered afterwards. */
const OTHERS = 1_000_000
/** The person whose work list is read leads one case in so many. */
const OWN = 5_000

/** Fills in so many cases with their children and open deadlines. Their workflows count as told: nothing of them is carried. */
export async function seed(bed: Bed, cases: number): Promise<void> {
  const { db } = bed.system
  const sample = await bed.save(requestOf(OTHERS))
  // Built at the end, the search indexes of children take a tenth of the time.
  const { rows: indexes } = await db.query<{ name: string; made: string }>(
    `SELECT c.oid::regclass::text AS name, pg_get_indexdef(c.oid) AS made FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
      WHERE i.indrelid = 'cases.child'::regclass AND a.amname IN ('gin', 'gist')`,
  )
  for (const { name } of indexes) await db.query(`DROP INDEX ${name}`)
  const managers = Array.from({ length: 4_000 }, () => randomUUID())
  const made = `unnest($2::int[], $3::uuid[], $4::uuid[], $5::uuid[]) AS u (n, id, child, manager)`
  const intoCase = await copyInto(db, 'case', 's', {
    id: 'u.id',
    number: `'BENCH-' || u.n`,
    child: 'u.child',
    manager: 'u.manager',
    ended: 'true',
    opened_at: 's.opened_at - u.n',
  })
  const intoDeadline = await copyInto(db, 'deadline', 's', { case_id: 'u.id', manager: 'u.manager', next_step_at: 'NULL' })
  for (let from = 1; from <= cases; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, cases - from + 1) }, (_, n) => from + n)
    const children = numbers.map(() => randomUUID())
    const values = [
      sample,
      numbers,
      numbers.map(() => randomUUID()),
      children,
      numbers.map((n) => (n % OWN === 0 ? bed.who.person : managers[n % managers.length])),
    ]
    const names = numbers.map((n) => nameOf(n + OTHERS))
    const addresses = numbers.map((n) => addressOf(n + OTHERS))
    await db.query(
      `INSERT INTO cases.child (id, organisation, family, name, name_folded, address, address_folded, birth_date, sex)
       SELECT id, $1, id, name, folded, address, place, born, 'female' FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS u (id, name, folded, address, place, born)`,
      [bed.who.organisation, children, names, names.map(fold), addresses, addresses.map(fold), numbers.map(birthDayOf)],
    )
    await db.query(`${intoCase} FROM ${made}, cases."case" s WHERE s.id = $1`, values)
    await db.query(`${intoDeadline} FROM ${made}, cases.deadline s WHERE s.case_id = $1 AND s.state = 'open'`, values)
    await db.query(
      `INSERT INTO cases.workflow_ack (case_id, workflow_id, version, open)
       SELECT id, 'case/' || id, 1, true FROM unnest($1::uuid[]) AS u (id)`,
      [values[2]],
    )
  }
  for (const { made: index } of indexes) await db.query(index)
  await db.query('ANALYZE cases.child, cases."case", cases.deadline, cases.workflow_ack')
}

/** `INSERT INTO … SELECT …` of every column the table has: from a row of it, or by the expression named here. */
async function copyInto(db: pg.Pool, table: string, from: string, other: Record<string, string>): Promise<string> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'cases' AND table_name = $1 AND is_generated = 'NEVER' AND is_identity = 'NO' ORDER BY ordinal_position`,
    [table],
  )
  const columns = rows.map(({ name }) => `"${name}"`)
  return `INSERT INTO cases."${table}" (${columns.join(', ')}) SELECT ${rows.map(({ name }) => other[name] ?? `${from}."${name}"`).join(', ')}`
}
