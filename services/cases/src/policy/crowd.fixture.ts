/** A large organisation by set-based SQL: cases with children, acts, deadlines, steps, journals and given access. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { CasesWorld } from '../cases.fixture.ts'

const MINUTE = 60_000

/**
 * So many cases of `organisation`, led in turn by `workers`, the newest opened at `now`. One in 401 is led by nobody yet, one in 503 is in
 * urgent measures, two of three are ended; one in 997 has a guest, `guest`.
 */
async function fillIn(
  admin: pg.Pool,
  crowd: { organisation: string; workers: readonly string[]; guest: string; cases: number; now: number },
): Promise<void> {
  const { organisation, workers, guest, cases, now } = crowd
  await admin.query(
    `DROP TABLE IF EXISTS public.crowd;
     CREATE UNLOGGED TABLE public.crowd AS
       SELECT n, md5('case-' || n)::uuid AS id, md5('child-' || n)::uuid AS child,
              CASE WHEN n % 401 = 7 THEN NULL ELSE ('${arrayOf(workers)}'::uuid[])[1 + n % ${workers.length}] END AS manager,
              ('${arrayOf(workers)}'::uuid[])[1 + (n + 1) % ${workers.length}] AS first_person,
              CASE WHEN n % 503 = 3 THEN 'urgent-measures' WHEN n % 401 = 7 THEN 'registered' WHEN n % 3 > 0 THEN 'ended' WHEN n % 2 = 0 THEN 'implementation' ELSE 'monitoring' END AS stage,
              ${now}::bigint - n::bigint * ${MINUTE} AS at
         FROM generate_series(1, ${cases}) n`,
  )
  const into = (table: string, columns: string, values: string, rest = '') =>
    admin.query(`INSERT INTO cases."${table}" (${columns}) SELECT ${values} FROM public.crowd u ${rest}`)
  await into(
    'child',
    'id, organisation, family, name, name_folded, birth_date, sex',
    `child, '${organisation}', child, 'Имя ' || n, 'имя ' || n, '2024-03-05', 'female'`,
  )
  await into(
    'case',
    'id, number, organisation, territory, programme, edition, child, version, facts, stage, risk, ended, manager, first_person, file_opened, opened_at, changed_at',
    `id, 'CROWD-' || n, '${organisation}', 'Almaty', 'child-protection', '2026-2', child, 3, '{"calendar":"kz-2026"}', stage, (ARRAY['low', 'medium', 'high'])[1 + n % 3], stage = 'ended', manager, first_person, true, at, at`,
  )
  await into(
    'act',
    'id, case_id, kind, happened_at, recorded_at, by, fact, form, version',
    `md5('act-' || n || '-' || v)::uuid, id, 'noted', at, at, first_person, '{}', '{"text":"Запись"}', v`,
    'CROSS JOIN generate_series(1, 3) v',
  )
  await into(
    'deadline',
    'case_id, key, rule, "row", state, run_by, from_at, due, waits_for, sort_at, manager, organisation',
    `id, 'key-' || k, 'CP-1', 'primary-assessment', CASE WHEN stage = 'ended' THEN 'kept' ELSE 'open' END, 'case', at, at, 'contact-made', at, coalesce(manager, first_person), '${organisation}'`,
    'CROSS JOIN generate_series(1, 2) k',
  )
  await into(
    'step',
    'case_id, key, deadline_key, at, taken_at, taken_by, "do", whom',
    `id, 'step', 'key-1', at, at, 'workflow', 'remind', '[]'`,
  )
  await into(
    'journal',
    'id, organisation, name, n, at, by, case_id, act, entry',
    `md5('entry-' || n)::uuid, '${organisation}', CASE WHEN n % 2 = 0 THEN 'requests' ELSE 'visitors' END, n, at, first_person, CASE WHEN n % 20 <> 1 THEN id END, CASE WHEN n % 20 <> 1 THEN md5('act-' || n || '-1')::uuid END, '{}'`,
  )
  await into(
    'access',
    'id, case_id, relation, person, from_at, given_by, of_organisation',
    `md5('access-' || n)::uuid, id, 'participant', '${guest}', at, first_person, '${organisation}'`,
    'WHERE n % 997 = 5',
  )
  // What lists showed before, to ten others.
  await admin.query(
    `INSERT INTO cases.seen_in_list (person, list, case_id, day) SELECT md5('reader-' || p)::uuid, 'read-cases', u.id, '2026-01-01' FROM public.crowd u CROSS JOIN generate_series(1, 10) p`,
  )
  await admin.query('DROP TABLE public.crowd')
  await admin.query('VACUUM ANALYZE')
}

const arrayOf = (ids: readonly string[]) => `{${ids.join(',')}}`

/** Logins of the crowd: one of each kind of person that lists are read by. */
export const READERS = ['aigul', 'dana', 'stand-in', 'guest', 'medet', 'saule', 'of-all', 'nurlan'] as const

/**
 * The organisation of the tests with so many cases and workers: `aigul` works there, `dana` is on duty, `stand-in` is the deputy of two,
 * `guest` is a psychologist who is invited, `saule` supervises 15, `of-all` all others, `nurlan` is the head.
 */
export async function crowd(world: CasesWorld, size: { cases: number; workers: number }): Promise<void> {
  const { organisation, admin } = world
  for (const [login, role] of [
    ['stand-in', 'social-worker'],
    ['guest', 'psychologist'],
    ['of-all', 'supervisor'],
  ] as const)
    await world.add(login, role, organisation)
  const workers = [
    world.id('aigul'),
    world.id('dana'),
    world.id('stand-in'),
    ...Array.from({ length: size.workers - 3 }, () => randomUUID()),
  ]
  await admin.query(
    `INSERT INTO directory.person_view SELECT id, id::text, id::text, 'social-worker', $2, NULL, NULL, 'ru', true, true, NULL FROM unnest($1::uuid[]) AS u (id)`,
    [workers.slice(3), organisation],
  )
  await admin.query(
    `UPDATE directory.person_view SET supervisor = CASE WHEN id = ANY($1) THEN $2::uuid ELSE $3::uuid END WHERE organisation = $4`,
    [workers.slice(0, 15), world.id('saule'), world.id('of-all'), organisation],
  )
  const absent = `INSERT INTO directory.absence_view VALUES ($1, '2026-01-01', '2027-01-01', $2)`
  for (const one of workers.slice(20, 22)) await admin.query(absent, [one, world.id('stand-in')])
  await admin.query(`INSERT INTO directory.duty_view VALUES ($1, '2026-01-01', NULL, $2, 1)`, [organisation, world.id('dana')])
  await fillIn(admin, { organisation, workers, guest: world.id('guest'), cases: size.cases, now: world.clock.now() })
}
