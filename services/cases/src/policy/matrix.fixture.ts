/** The people and cases of the matrix: one of each relation, and three cases as they may stand. */
import type { Role } from '@tirek/contract/roles'
import { CasesWorld } from '../cases.fixture.ts'

/** Markers: one a field. */
export const MARK = {
  name: 'Маркина Именная',
  iin: '240305600124',
  phone: '+77015550101',
  address: 'Маркерная улица 77',
  ground: 'МЕТКА-ОБРАЩЕНИЕ',
  contact: 'МЕТКА-КОНТАКТ',
  reason: 'МЕТКА-ОЦЕНКА',
}
export type Mark = keyof typeof MARK

/** Who asks. `dina` and `saule` are supervisors of two teams; `aigul` and `medet` are of saule's. */
export const PEOPLE: Record<string, Role> = {
  aigul: 'social-worker',
  deputy: 'social-worker',
  dana: 'social-worker',
  erlan: 'psychologist',
  invited: 'psychologist',
  medet: 'medic',
  duty: 'medic',
  saule: 'supervisor',
  dina: 'supervisor',
  nurlan: 'head',
  home: 'childrens-home-worker',
  secretary: 'commission-secretary',
  admin: 'administrator',
  audit: 'auditor',
  astana: 'social-worker',
  astanaBoss: 'supervisor',
  astanaHead: 'head',
}

export type CaseName = 'led' | 'hour' | 'unled'
export type MatrixWorld = { world: CasesWorld; id: Record<CaseName, string> }

export async function openMatrix(): Promise<MatrixWorld> {
  const world = await CasesWorld.open()
  const id = { led: '', hour: '', unled: '' }
  for (const [login, role] of Object.entries(PEOPLE))
    if (!world.people.has(login)) await world.add(login, role, login.startsWith('astana') ? world.otherOrganisation : world.organisation)
  const supervises = (login: string, supervisor: string) =>
    world.admin.query('UPDATE directory.person_view SET supervisor = $2 WHERE id = $1', [world.id(login), world.id(supervisor)])
  for (const login of ['aigul', 'medet', 'deputy', 'duty', 'invited', 'home', 'secretary', 'nurlan', 'saule', 'dina'])
    await supervises(login, 'saule')
  for (const login of ['dana', 'erlan']) await supervises(login, 'dina')
  await world.admin.query('UPDATE directory.organisation_view SET head = $2 WHERE id = $1', [world.organisation, world.id('nurlan')])
  await world.admin.query(`INSERT INTO directory.absence_view VALUES ($1, '2026-11-20', '2026-11-24', $2)`, [
    world.id('aigul'),
    world.id('deputy'),
  ])
  await world.admin.query(`INSERT INTO directory.duty_view VALUES ($1, '2026-11-01', NULL, $2, 1)`, [world.organisation, world.id('duty')])

  const child = {
    name: MARK.name,
    iin: MARK.iin,
    phone: MARK.phone,
    address: MARK.address,
    birthDate: '2024-03-05',
    sex: 'female' as const,
  }
  // Taken first by a medic, led by aigul: who took it is a reporter from then on.
  id.led = (await world.register('medet', { child, ground: MARK.ground, criteria: ['M1'], level: 'medium' })).summary.id
  await world.act('aigul', id.led, 'taken-by-social-worker', { manager: world.id('aigul') })
  await world.act('aigul', id.led, 'contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false, found: MARK.contact })
  await world.act('aigul', id.led, 'primary-assessment-done', { outcome: 'confirmed', reason: MARK.reason })
  id.hour = (await world.register('aigul', { ...more(), criteria: ['H1'], level: 'high' })).summary.id
  id.unled = (await world.register('erlan', more())).summary.id
  const invited = (person: string, relation: string, parts: string[]) =>
    world.admin.query(
      `INSERT INTO cases.access (id, case_id, relation, person, parts, from_at, given_by, of_organisation) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7)`,
      [id.led, relation, world.id(person), parts, world.clock.now(), world.id('aigul'), world.organisation],
    )
  await invited('invited', 'participant', ['contacts'])
  await invited('home', 'placement', [])
  return { world, id }
}

const more = () => ({ anotherChild: true })

/** Routes that read one case, in the order of the tables' columns. */
export const CASE_ROUTES = [
  'GET /api/cases/:id',
  'GET /api/cases/:id/child',
  'GET /api/cases/:id/timeline',
  'GET /api/cases/:id/deadlines',
  'GET /api/cases/:id/file',
  'GET /api/cases/:id/readers',
  'GET /api/cases/:id/receipts',
  'GET /api/cases/:id/access',
  'GET /api/cases/:id/invitable',
  'GET /api/cases/:id/export',
  'GET /api/cases/:id/review',
  'GET /api/cases/:id/papers/:act/:ending',
  'GET /api/cases/:id/grounds',
  'GET /api/cases/:id/sheets/:sheet/:ending',
  'GET /api/cases/:id/files/:file',
  'GET /api/cases/:id/drafts/:kind',
] as const
/** The route that records; its acts have a table of their own. */
export const RECORDS = 'POST /api/cases/:id/acts/:kind'
/** Those that keep what goes with an act, asked beside it. */
export const KEEPS = ['POST /api/cases/:id/files', 'PUT /api/cases/:id/drafts/:kind', 'DELETE /api/cases/:id/drafts/:kind'] as const

/** A case of aigul's that has run to its end, with whoever took it and was invited. */
export async function endedCase({ world }: MatrixWorld): Promise<string> {
  const id = await ledCase(world, ['invited', 'home'])
  await world.act('aigul', id, 'closure-asked', { end: 'adopted', criteria: [], notes: 'Усыновлён' })
  await world.act('saule', id, 'closure-decided', { approved: true })
  return id
}

/** A case of aigul's that is offered to the other organisation. */
export async function offeredCase({ world }: MatrixWorld): Promise<string> {
  const id = await ledCase(world, ['invited', 'home'])
  await world.act('saule', id, 'hand-over-offered', { organisation: world.otherOrganisation, reason: 'Семья переехала' })
  return id
}

/** The same, taken over there: astana leads it. */
export async function handedOverCase(matrix: MatrixWorld): Promise<string> {
  const id = await offeredCase(matrix)
  await matrix.world.act('astanaBoss', id, 'hand-over-accepted', { manager: matrix.world.id('astana') })
  return id
}

async function ledCase(world: CasesWorld, invited: readonly string[]): Promise<string> {
  const { id } = (await world.register('medet', more())).summary
  await world.act('aigul', id, 'taken-by-social-worker', { manager: world.id('aigul') })
  for (const login of invited)
    await world.act('aigul', id, 'participant-invited', {
      person: world.id(login),
      parts: [login === 'home' ? 'placement' : 'contacts'],
    })
  return id
}
