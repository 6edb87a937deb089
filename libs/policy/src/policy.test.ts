/** The tables themselves: complete, printed as they are, and nobody who must act is locked out. */
import { ACTS, KINDS } from '@tirek/contract/acts'
import { ROLES, type Role } from '@tirek/contract/roles'
import { whyText } from '@tirek/contract/trail'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decide } from './decide.ts'
import { PART_OF, PARTS } from './parts.ts'
import { policyTables } from './policy-table.ts'
import { POLICY, type PolicyRow } from './policy.ts'
import { RELATION_IDS, RELATIONS } from './relations.ts'
import { settingsOf } from './settings.ts'
import type { Access, Seen, Standing } from './standing.ts'
import { doorOf, ROUTES, WORK } from './work.ts'

const ME = '00000000-0000-4000-8000-000000000001'
const OTHER = '00000000-0000-4000-8000-000000000002'
const OURS = '00000000-0000-4000-8000-00000000000a'
const THEIRS = '00000000-0000-4000-8000-00000000000b'
const NOW = 1_800_000_000_000

const standing = (role: Role, more: Partial<Standing> = {}): Standing => ({
  person: ME,
  organisation: OURS,
  role,
  persons: [ME],
  roles: new Set([role]),
  team: [],
  leads: false,
  called: false,
  now: NOW,
  ...more,
})
const seen = (more: Partial<Seen> = {}): Seen => ({
  organisation: OURS,
  manager: OTHER,
  first_person: OTHER,
  stage: 'implementation',
  access: [],
  ...more,
})
const access = (relation: Access['relation'], more: Partial<Access> = {}): Access => ({
  relation,
  person: relation.startsWith('hand-over') ? null : ME,
  organisation: relation.startsWith('hand-over') ? OURS : null,
  parts: [],
  from_at: NOW,
  until_at: null,
  version: null,
  ...more,
})

test('POLICY.md is as the tables say (run `npm run tables`)', () => {
  expect(readFileSync(new URL('../POLICY.md', import.meta.url), 'utf8')).toBe(policyTables())
})

test('every relation has its row, its words in three languages and its rule', () => {
  for (const id of RELATION_IDS) {
    const row: PolicyRow = POLICY[id]
    expect(row.rule, id).toMatch(/^CP-\d+$/)
    expect(row.source.length, id).toBeGreaterThan(0)
    for (const text of Object.values(RELATIONS[id].label)) expect(text.length, id).toBeGreaterThan(3)
  }
  for (const id of RELATION_IDS) expect(whyText(id).en, `${id} in the words of the trail`).not.toBe(id)
  for (const kind of KINDS) expect(PARTS[PART_OF[kind]]).toBeDefined()
  for (const row of Object.values(WORK)) expect(row.rule).toMatch(/^[A-Z]{2}-\d+$/)
})

test('a stranger, and who works with no case, has no relation and may nothing', () => {
  for (const role of Object.keys(ROLES) as Role[]) {
    const found = decide(standing(role), seen())
    expect(found.relations, role).toEqual([])
    expect(KINDS.filter(found.mayRecord), role).toEqual([])
    expect(found.acts.kinds, role).toEqual([])
    expect(found.may('open'), role).toBe(false)
  }
})

test('an unknown route, method or service is refused', () => {
  expect(doorOf('cases', 'GET', '/api/unknown')).toBeUndefined()
  expect(doorOf('cases', 'PUT', '/api/cases/:id')).toBeUndefined()
  expect(doorOf('cases', 'GET', '')).toBeUndefined()
  for (const [service, routes] of Object.entries(ROUTES))
    for (const route of Object.keys(routes)) {
      const [method, path] = route.split(' ') as [string, string]
      expect(doorOf(service as keyof typeof ROUTES, method, path), route).toBeDefined()
    }
})

test('administrators and auditors come through no door that shows a case', () => {
  for (const [route, row] of Object.entries(ROUTES.cases)) {
    const [method, path] = route.split(' ') as [string, string]
    const door = doorOf('cases', method, path)!
    if (row.work === 'open what Temporal keeps')
      expect(door.to === 'person' && door.may('administrator') && !door.may('supervisor')).toBe(true)
    else if (row.work === 'read the trail') expect(door.to === 'person' && door.may('auditor') && !door.may('administrator')).toBe(true)
    else if (row.work === 'review broken glass')
      expect(door.to === 'person' && door.may('auditor') && door.may('supervisor') && !door.may('administrator')).toBe(true)
    // Numbers alone, and no small one.
    else if (row.work === 'compare figures')
      expect(door.to === 'person' && door.may('auditor') && door.may('administrator') && !door.may('head')).toBe(true)
    else if (row.work === 'call as a service') expect(door.to).toBe('service')
    // Texts of the procedure, numbers and ids.
    else if (['list editions', 'count what an edition changes', 'see what runs'].includes(row.work))
      expect(door.to === 'person' && door.may('administrator') && !door.may('auditor') && !door.may('commission-secretary')).toBe(true)
    else
      for (const role of ['administrator', 'auditor', 'commission-secretary'] as const)
        expect(door.to === 'person' && door.may(role), route).toBe(false)
  }
})

test('the hour locks nobody out who is told of it, and only while urgent measures last', () => {
  for (const role of ['social-worker', 'psychologist', 'medic', 'supervisor', 'head'] as const) {
    const called = decide(standing(role, { called: true }), seen({ stage: 'urgent-measures' }))
    expect(called.may('open') && called.may('read-name') && called.sees('whereabouts'), role).toBe(true)
    expect(called.mayRecord('urgent-measures-evidenced'), role).toBe(true)
    expect(decide(standing(role, { called: true }), seen({ stage: 'primary-assessment' })).relations, role).toEqual([])
    expect(decide(standing(role, { called: true }), seen({ stage: 'urgent-measures', organisation: THEIRS })).relations, role).toEqual([])
  }
})

test('CP-103: what somebody took first they see whole until it is led, then their own request alone', () => {
  const before = decide(standing('medic'), seen({ manager: null, first_person: ME }))
  expect([
    before.relations,
    before.may('read-name'),
    before.mayRecord('urgent-measures-evidenced'),
    before.mayRecord('plan-signed'),
  ]).toEqual([['first-person'], true, true, false])
  const after = decide(standing('medic'), seen({ first_person: ME }))
  expect(after.relations).toEqual(['reporter'])
  expect([after.may('read-name'), after.may('read-file'), after.sees('deadlines'), after.acts]).toEqual([
    false,
    false,
    false,
    {
      kinds: [],
      own: ['help-request-registered', 'relapse', 'taken-over-from-paper'].toSorted(
        (a, b) => KINDS.indexOf(a as never) - KINDS.indexOf(b as never),
      ),
      past: [],
      upTo: null,
    },
  ])
})

test('who leads a case decides nothing about it alone; the head decides without reading it', () => {
  const manager = decide(standing('social-worker'), seen({ manager: ME }))
  const head = decide(standing('head', { leads: true, called: true }), seen())
  expect([manager.mayRecord('closure-asked'), manager.mayRecord('closure-decided'), manager.mayRecord('assigned')]).toEqual([
    true,
    false,
    false,
  ])
  expect([head.mayRecord('closure-decided'), head.mayRecord('assigned'), head.mayRecord('plan-signed')]).toEqual([true, true, false])
  expect([head.may('read-name'), head.may('read-file'), head.sees('plan'), head.sees('child'), head.sees('closure')]).toEqual([
    false,
    false,
    false,
    false,
    true,
  ])
})

test('an invited person sees the parts that were given, from their instant until it is ended, to the millisecond', () => {
  const given = (more: Partial<Access> = {}) =>
    decide(standing('psychologist'), seen({ access: [access('participant', { parts: ['plan'], ...more })] }))
  expect([given().sees('plan'), given().sees('contacts'), given().sees('whereabouts'), given().may('read-file')]).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect(given({ from_at: NOW + 1 }).relations).toEqual([])
  expect(given({ until_at: NOW + 1 }).relations).toEqual(['participant'])
  expect(given({ until_at: NOW }).relations).toEqual([])
  expect(given({ person: OTHER }).relations).toEqual([])
})

test('a file on offer shows its offer and nothing of itself; one handed over shows its past to supervisors', () => {
  const offer = decide(standing('supervisor'), seen({ organisation: THEIRS, access: [access('hand-over-receiver')] }))
  expect([offer.may('see-offer'), offer.may('open'), offer.acts.kinds]).toEqual([true, false, []])
  expect(decide(standing('social-worker'), seen({ organisation: THEIRS, access: [access('hand-over-receiver')] })).relations).toEqual([])
  const past = decide(standing('supervisor'), seen({ organisation: THEIRS, access: [access('hand-over-sender', { version: 7 })] }))
  expect([past.may('open'), past.sees('plan'), past.sees('whereabouts'), past.acts.upTo, KINDS.filter(past.mayRecord)]).toEqual([
    true,
    true,
    false,
    7,
    [],
  ])
})

test('a second relation lifts no limit of the first: own acts stay own, the past of a file stays its past', () => {
  const invited = access('participant', { parts: ['contacts'] })
  const reporter = decide(standing('medic'), seen({ first_person: ME, access: [invited] }))
  expect(reporter.relations).toEqual(['participant', 'reporter'])
  const act = (kind: 'relapse' | 'contact-made' | 'plan-signed', by: string, version = 9) => reporter.shows({ kind, by, version })
  expect([act('relapse', ME), act('relapse', OTHER), act('contact-made', OTHER), act('plan-signed', ME)]).toEqual([
    true,
    false,
    true,
    false,
  ])

  const sent = access('hand-over-sender', { version: 7 })
  const sender = decide(standing('supervisor'), seen({ organisation: THEIRS, access: [sent, invited] }))
  const of = (kind: 'contact-made' | 'plan-signed', version: number) => sender.shows({ kind, by: OTHER, version })
  expect([of('plan-signed', 7), of('plan-signed', 8), of('contact-made', 8)]).toEqual([true, false, true])
  expect([sender.seesNow('placement'), sender.seesNow('rights'), sender.seesNow('contacts')]).toEqual([false, false, true])
  // An ended hand-over of later counts no more.
  const ended = access('hand-over-sender', { version: 20, until_at: NOW })
  const past = decide(standing('supervisor'), seen({ organisation: THEIRS, access: [sent, ended] }))
  expect([past.acts.upTo, past.shows({ kind: 'plan-signed', by: OTHER, version: 8 })]).toEqual([7, false])
})

test('acts are open to a profession and a relation together', () => {
  for (const kind of KINDS) {
    const supervisor = decide(standing('supervisor', { team: [OTHER] }), seen())
    expect(supervisor.mayRecord(kind), kind).toBe(
      ACTS[kind].roles.includes('supervisor' as never) &&
        !['help-request-registered', 'taken-over-from-paper', 'hand-over-accepted', 'hand-over-declined'].includes(kind),
    )
  }
})

test('settings hold uuids, numbers and flags; anything else is refused', () => {
  expect(settingsOf(standing('head', { leads: true }))).toMatchObject({
    'tirek.person': ME,
    'tirek.persons': `{${ME}}`,
    'tirek.leads': 'on',
    'tirek.now': String(NOW),
  })
  for (const person of ["'; DROP TABLE act; --", '', OURS.toUpperCase(), `${ME}\n`])
    expect(() => settingsOf(standing('head', { person }))).toThrow('no uuid')
})
