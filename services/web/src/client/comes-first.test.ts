import type { CasePage, DeadlineView } from '@tirek/contract/answers'
import { KINDS } from '@tirek/contract/acts'
import type { ActKind, Stage } from '@tirek/procedure/child-protection/acts'
import { ALLOWED } from '@tirek/procedure/child-protection/allowed'
import { expect, test } from 'vitest'
import { barOf } from './comes-first.ts'
import { act } from './timeline.fixture.ts'

type Asked = Partial<Omit<CasePage, 'summary'>> & { stage: Stage; without?: readonly string[] }
const caseAt = ({ stage, without = [], ...more }: Asked): CasePage =>
  ({
    summary: { stage, ended: stage === 'ended' },
    deadlines: [],
    allowedActs: (ALLOWED[stage] as readonly ActKind[]).filter((kind) => !without.includes(kind)),
    hours: [],
    consents: [],
    closureBars: [],
    mayReadDeadlines: true,
    mayReadFile: true,
    mayReadRights: true,
    ...more,
  }) as unknown as CasePage
const bar = (kind: string, asked: Asked, timeline = [] as ReturnType<typeof act>[], role = 'social-worker', roles?: readonly string[]) =>
  barOf(kind, caseAt(asked), timeline, role, roles)
const open = (row: string) => ({ row, state: 'open' }) as DeadlineView
const running = [{ n: 1, receivedAt: 0 }]
const over = [{ n: 1, receivedAt: 0, closedAt: 1 }]
const plan = act('plan-signed', 1, { planVersion: 1, measures: [{ id: 'm' }] })

test.each<[string, Asked, ReturnType<typeof bar>]>([
  ['monitoring-look', { stage: 'implementation' }, { why: 'stageLater', wanted: 'monitoring', first: { act: 'closure-asked' } }],
  [
    'monitoring-look',
    { stage: 'implementation', closureBars: ['closure-asked-already'] },
    { why: 'stageLater', wanted: 'monitoring', first: { act: 'closure-decided' } },
  ],
  ['plan-signed', { stage: 'registered' }, { why: 'stageLater', wanted: 'planning', first: { act: 'risk-assessed' } }],
  ['plan-signed', { stage: 'primary-assessment' }, { why: 'stageLater', wanted: 'planning', first: { act: 'primary-assessment-done' } }],
  [
    'assessment-finished',
    { stage: 'urgent-measures', hours: running },
    { why: 'stageLater', wanted: 'comprehensive-assessment', first: { place: 'hour' } },
  ],
  [
    'assessment-finished',
    { stage: 'urgent-measures', hours: over },
    { why: 'stageLater', wanted: 'comprehensive-assessment', first: { act: 'child-safe' } },
  ],
  ['review-held', { stage: 'planning' }, { why: 'stageLater', wanted: 'implementation', first: { act: 'plan-signed' } }],
  ['primary-assessment-done', { stage: 'planning' }, { why: 'stagePast', wanted: 'primary-assessment' }],
  ['review-held', { stage: 'monitoring' }, { why: 'stagePast', wanted: 'implementation', first: { act: 'relapse' } }],
  ['relapse', { stage: 'implementation' }, { why: 'notClosed', first: { act: 'risk-assessed' } }],
  ['contact-made', { stage: 'ended' }, { why: 'ended', first: { act: 'relapse' } }],
  ['taken-over-from-paper', { stage: 'planning' }, { why: 'opensCase', first: { place: 'from-paper' } }],
  ['help-request-registered', { stage: 'planning' }, { why: 'opensCase', first: { place: 'new' } }],
  ['hand-over-accepted', { stage: 'planning' }, { why: 'ofOffer', first: { place: 'hand-overs' } }],
  ['contact-made', { stage: 'planning', without: ['contact-made'] }, { why: 'ofOthers' }],
  ['child-safe', { stage: 'planning' }, { why: 'noHour', first: { act: 'risk-assessed' } }],
  ['child-safe', { stage: 'planning', hours: over }, undefined],
  ['merged-into', { stage: 'planning', hours: running }, { why: 'hourOpen', first: { place: 'hour' } }],
  ['merged-into', { stage: 'planning', hours: over }, undefined],
  ['closure-decided', { stage: 'planning' }, { why: 'closureNotAsked', first: { act: 'closure-asked' } }],
  ['closure-decided', { stage: 'planning', closureBars: ['closure-asked-already'] }, undefined],
  [
    'primary-assessment-done',
    { stage: 'primary-assessment', closureBars: ['closure-asked-already'] },
    { why: 'closurePending', first: { act: 'closure-decided' } },
  ],
  ['assessment-finished', { stage: 'planning' }, { why: 'noAssessment', first: { act: 'assessment-decided' } }],
  ['assessment-finished', { stage: 'planning', deadlines: [open('assessment')] }, undefined],
  // Of terms that one may not see nothing is known.
  ['assessment-finished', { stage: 'planning', mayReadDeadlines: undefined }, undefined],
  ['consent-withdrawn', { stage: 'planning' }, { why: 'noConsent', first: { act: 'consent-given' } }],
  ['consent-withdrawn', { stage: 'planning', consents: [{ purpose: 'support', state: 'expired', at: 0 }] }, undefined],
])('%s at %o', (kind, asked, expected) => expect(bar(kind, asked)).toEqual(expected))

test('a measure is marked where the plan has one', () => {
  expect(bar('measure-marked', { stage: 'implementation' })).toEqual({ why: 'noMeasure', first: { act: 'plan-signed' } })
  expect(bar('measure-marked', { stage: 'implementation' }, [plan])).toBeUndefined()
})

test('of another role: who records it', () => {
  const asked: Asked = { stage: 'planning', without: ['handed-over'] }
  expect(bar('handed-over', asked, [], 'social-worker', ['supervisor', 'head'])).toEqual({ why: 'ofRoles' })
  expect(bar('handed-over', asked, [], 'supervisor', ['supervisor', 'head'])).toEqual({ why: 'ofOthers' })
})

test('what ended for good is not opened again', () => {
  for (const last of [act('merged-into', 1, { otherCase: 'x' }), act('closure-asked', 1, { end: 'child-died' })])
    expect(bar('relapse', { stage: 'ended' }, [last])).toEqual({ why: 'endedForGood' })
  expect(bar('relapse', { stage: 'ended' }, [act('closure-asked', 1, { end: 'closed' })])).toBeUndefined()
})

test('an offer is taken back, and somebody leaves, where there is one', () => {
  const found = caseAt({ stage: 'planning' })
  const asked = (kind: string, access: object) => barOf(kind, found, [], 'supervisor', undefined, access as never)?.why
  expect(asked('hand-over-taken-back', { participants: [] })).toBe('notOffered')
  expect(asked('hand-over-taken-back', { participants: [], offer: {} })).toBeUndefined()
  expect(asked('hand-over-offered', { participants: [], offer: {} })).toBe('offeredAlready')
  expect(asked('hand-over-offered', { participants: [] })).toBeUndefined()
  expect(asked('participation-ended', { participants: [] })).toBe('nobodyInvited')
  expect(asked('participation-ended', { participants: [{}] })).toBeUndefined()
})

test('no stage offers a form of another one', () => {
  const opening = ['help-request-registered', 'taken-over-from-paper', 'hand-over-accepted', 'hand-over-declined']
  for (const stage of Object.keys(ALLOWED) as Stage[])
    for (const kind of KINDS)
      if (!(ALLOWED[stage] as readonly ActKind[]).includes(kind) || opening.includes(kind)) expect(bar(kind, { stage }), kind).toBeDefined()
})
