/** Every page of the web: who opens it, and by which address. The routes are those of the router's own table; one without a row here fails a test. */
import { KINDS } from '@tirek/contract/acts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../infra/dev/place.mjs'
import { tokenFor } from '../../infra/dev/token.mjs'

/** What stands in addresses, found in the record. */
export type Known = {
  /** One that has much: led by a worker, a meeting called. */
  case: string
  hourCase: string
  /** Of the other organisation: a meeting held, its protocol approved. */
  otherCase: string
  meeting: string
  heldMeeting: string
  referral: string
  /** Of a case that the worker may not read. */
  hiddenNumber: string
  person: string
  organisation: string
  /** Of the journal of preventive work, with a finding. */
  entry: string
}
type Params = Record<string, string>
type Page = {
  /** Login of the person. */
  by: string
  /** Values of the address's parameters; several: the page is looked at with each. */
  with?: (known: Known) => readonly Params[]
  /** Acts, journals and the like that are drawn as the first ones are: in the pictures only. */
  more?: (known: Known) => readonly Params[]
}
export type Visit = { route: string; by: string; path: string; name: string }

const ofCase = ({ case: id }: Known): readonly Params[] => [{ id }]
const acts =
  (...kinds: string[]) =>
  ({ case: id }: Known) =>
    kinds.map((kind) => ({ id, kind }))
const journals =
  (...names: string[]) =>
  () =>
    names.map((name) => ({ name }))
/** Those with a form of their own, or with much of it. */
const ACTS_LOOKED_AT: readonly string[] = [
  'contact-made',
  'plan-signed',
  'assessment-finished',
  'urgent-measures-evidenced',
  'closure-asked',
  'review-held',
]
const WORKER = 'timur'
const SUPERVISOR = 'marat'
const HEAD = 'bolat'
const ADMIN = 'admin'
const AUDITOR = 'kamila'
const OTHER = 'nurlan'

export const PAGES: Readonly<Record<string, Page>> = {
  '/': { by: WORKER },
  '/cases': { by: WORKER },
  '/new': { by: WORKER },
  '/from-paper': { by: WORKER },
  '/notices': { by: WORKER },
  '/cases/$id': { by: WORKER, with: ofCase },
  '/cases/$id/record': { by: WORKER, with: ofCase },
  '/cases/$id/record/$kind': {
    by: WORKER,
    with: acts(...ACTS_LOOKED_AT),
    more: acts(...KINDS.filter((kind) => kind !== 'help-request-registered' && !ACTS_LOOKED_AT.includes(kind))),
  },
  // Somebody's hour runs in the data of a first start.
  '/cases/$id/hour': { by: 'aigerim', with: ({ hourCase: id }) => [{ id }] },
  '/cases/$id/plan': { by: WORKER, with: ofCase },
  '/cases/$id/meetings': { by: WORKER, with: ofCase },
  '/cases/$id/meetings/call': { by: WORKER, with: ofCase },
  '/cases/$id/meetings/$meeting': {
    by: OTHER,
    with: (known) => [{ id: known.otherCase, meeting: known.heldMeeting }],
  },
  '/cases/$id/meetings/$meeting/mail': { by: WORKER, with: (known) => [{ id: known.case, meeting: known.meeting }] },
  '/cases/$id/meetings/$meeting/$act': {
    by: WORKER,
    with: (known) => ['held', 'moved'].map((act) => ({ id: known.case, meeting: known.meeting, act })),
    more: (known) => ['cancelled', 'invited', 'not-held', 'answered'].map((act) => ({ id: known.case, meeting: known.meeting, act })),
  },
  '/cases/$id/referrals': { by: WORKER, with: ofCase },
  '/cases/$id/referrals/new': { by: WORKER, with: ofCase },
  '/cases/$id/referrals/$referral': { by: WORKER, with: (known) => [{ id: known.case, referral: known.referral }] },
  '/cases/$id/referrals/$referral/$act': {
    by: WORKER,
    with: (known) => ['sent', 'withdrawn'].map((act) => ({ id: known.case, referral: known.referral, act })),
    more: (known) => ['changed', 'answered', 'document-added'].map((act) => ({ id: known.case, referral: known.referral, act })),
  },
  '/cases/$id/rights': { by: WORKER, with: ofCase },
  '/cases/$id/family': { by: WORKER, with: ofCase },
  '/cases/$id/readers': { by: SUPERVISOR, with: ofCase },
  '/erasures': { by: HEAD },
  '/trail': { by: AUDITOR },
  '/danger/$number': { by: WORKER, with: ({ hiddenNumber: number }) => [{ number }] },
  '/hand-overs': { by: SUPERVISOR },
  '/openings': { by: SUPERVISOR },
  '/agencies': { by: ADMIN },
  '/manage': { by: SUPERVISOR },
  '/absences': { by: SUPERVISOR },
  '/duty': { by: SUPERVISOR },
  '/approvals': { by: SUPERVISOR },
  '/organisations': { by: ADMIN },
  '/organisations/new': { by: ADMIN },
  '/organisations/$organisation': { by: ADMIN, with: ({ organisation }) => [{ organisation }] },
  '/quarantine': { by: ADMIN },
  '/running': { by: ADMIN },
  '/people': { by: ADMIN },
  '/people/new': { by: ADMIN },
  '/people/$person': { by: ADMIN, with: ({ person }) => [{ person }] },
  '/settings': { by: HEAD },
  '/calendar': { by: ADMIN },
  '/letters': { by: ADMIN },
  '/system': { by: ADMIN },
  '/journals/$name': {
    by: WORKER,
    with: journals('visitors'),
    more: journals('unconfirmed', 'prevention', 'groups', 'requests', 'files', 'protocols', 'changes', 'acquaintance'),
  },
  '/journals/$name/$entry': { by: WORKER, with: ({ entry }) => [{ name: 'prevention', entry }] },
  '/figures': { by: HEAD },
  '/figures/cases': { by: HEAD },
  '/journals/$name/new': { by: WORKER, with: journals('visitors'), more: journals('prevention', 'groups') },
  '/team': { by: SUPERVISOR },
  '/editions': { by: SUPERVISOR },
}

/** The addresses of the router's table, as they stand there. */
export function routesOfRouter(): string[] {
  const source = readFileSync(join(ROOT, 'services/web/src/client/routes.tsx'), 'utf8')
  const made = source.match(/createRoute\(\{/g)?.length ?? 0
  const paths = [...source.matchAll(/^ {2}path: '([^']+)',|createRoute\(\{.*path: '([^']+)'/gm)].map((found) => found[1] ?? found[2]!)
  if (made === 0 || paths.length !== made) throw new Error(`routes.tsx makes ${made} routes and names ${paths.length} addresses`)
  return paths
}

/** What to open, person by person. `all`: with those that are drawn as others are. */
export function visits(known: Known, all = false): Visit[] {
  const made = Object.entries(PAGES).flatMap(([route, { by, with: needed, more }]) =>
    [...(needed?.(known) ?? [{}]), ...((all && more?.(known)) || [])].map((params: Params) => {
      const path = route.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(params[name]!))
      const said = ['kind', 'act', 'name'].flatMap((name) => params[name] ?? [])
      const name = [...route.split('/').filter((part) => part && !/^\$(kind|act|name)$/.test(part)), ...said].join('-').replaceAll('$', '')
      return { route, by, path, name: name || 'today' }
    }),
  )
  const lost: Visit = { route: 'no page', by: WORKER, path: '/no-such-page', name: 'lost' }
  const notForRole: Visit = { route: 'not for the role', by: WORKER, path: '/trail', name: 'not-for-role' }
  return [...made, lost, notForRole].toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
}

/** Finds them in a system with the data of a first start; a referral is made where there is none. */
export async function knownOf({ webUrl, issuerUrl }: { webUrl: string; issuerUrl: string }): Promise<Known> {
  const ask = async (login: string, path: string, body?: unknown) => {
    const answer = await fetch(`${webUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${await tokenFor(login, issuerUrl)}`,
        ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    })
    if (!answer.ok) throw new Error(`${login} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as any
  }
  type Row = { id: string; number: string; stage: string; state?: string; name?: string; login?: string; territory?: string }
  const list = async (login: string, path: string): Promise<Row[]> => (await ask(login, path)).items
  /** The first case of this person that has a meeting of this kind. */
  const withMeeting = async (login: string, isMeant: (meeting: Row) => boolean) => {
    for (const { id } of await list(login, '/api/cases?limit=100')) {
      // oxlint-disable-next-line no-await-in-loop -- few, and the first will do
      const meeting = (await list(login, `/api/meetings?caseId=${id}`)).find(isMeant)
      if (meeting) return { id, meeting: meeting.id }
    }
    throw new Error(`${login} has no such meeting`)
  }
  const called = await withMeeting(WORKER, ({ state }) => state === 'called')
  const held = await withMeeting(OTHER, ({ state }) => state === 'held')
  const referrals = await list(WORKER, `/api/referrals?caseId=${called.id}`)
  // Another territory's body takes no referral of this case.
  const agency = (await list(WORKER, '/api/agencies?kind=pmpk&limit=200')).find(({ territory }) => territory === 'Жарқынқала')!.id
  const letter = 'Просим обследовать ребенка: задержка речи, семья просит помощи.'
  const referral =
    referrals.find(({ state }) => state === 'prepared') ??
    (await ask(WORKER, '/api/referrals', { caseId: called.id, body: 'pmpk', question: 'examination', specialNeeds: false, agency, letter }))
  const entries = await list(WORKER, '/api/journals/prevention?order=newest&limit=1')
  const entry =
    entries[0] ??
    (await ask(WORKER, '/api/journals/prevention', {
      happenedAt: new Date(Date.now() - 3_600_000).toISOString(),
      kind: 'patronage-visit',
      place: 'ул. Садовая, 4',
      found: 'difficult-situation',
      tookPart: ['Сәуле Бұлақова'],
    }))
  const own = new Set((await list(WORKER, '/api/cases?limit=100')).map(({ id }) => id))
  const hidden = (await list('aigerim', '/api/cases?limit=100')).find(({ id }) => !own.has(id))!
  return {
    case: called.id,
    hourCase: ((await list('aigerim', '/api/cases?limit=100')).find(({ stage }) => stage === 'urgent-measures') ?? { id: called.id }).id,
    meeting: called.meeting,
    otherCase: held.id,
    heldMeeting: held.meeting,
    referral: referral.id,
    entry: entry.id,
    hiddenNumber: hidden.number,
    organisation: (await list(ADMIN, '/api/organisations'))[0]!.id,
    person: (await list(ADMIN, '/api/people?limit=200')).find(({ login }) => login === 'olga')!.id,
  }
}
