import { expect, test } from 'vitest'
import { withheldFrom } from '../child-protection/refusals.ts'
import { isRuleId } from '../child-protection/rules.ts'
import { Told, local } from '../child-protection/case.fixture.ts'
import { hashOf } from '../hash.ts'
import { ADDRESSEES, CONSENT_BY, CONSENT_PURPOSES, CONSENT_TEXTS, type AddresseeKind, type ConsentPurpose } from './consent.ts'
import { RIGHTS_RULES } from './rules.ts'

const refuses =
  (told: Told, ...purposes: ConsentPurpose[]) =>
  (at: string) =>
    told.act('consent-refused', { for: purposes, by: 'parent', text: '2026-1' }, at)
const request = (addressee?: AddresseeKind) => ({ request: 'r', ...(addressee && { addressee }) })

test('a text that was released never changes: correct it by a new one', () => {
  for (const { id, text, hash } of CONSENT_TEXTS) expect(hashOf(text), id).toBe(hash)
  // By hand: changing the text and the hash beside it is not enough.
  expect(CONSENT_TEXTS.map(({ id, hash }) => `${id} ${hash}`)).toEqual(['2026-1 65a69c5e43e56ad4'])
})

test('every row has words in three languages; every addressee a rule of the procedure', () => {
  for (const text of [
    ...Object.values(CONSENT_PURPOSES),
    ...Object.values(CONSENT_BY),
    ...Object.values(ADDRESSEES).map((one) => one.text),
    ...Object.values(RIGHTS_RULES).map((one) => one.text),
    ...CONSENT_TEXTS.map((one) => one.text),
  ])
    for (const words of [text.ru, text.kk, text.en]) expect(words.length).toBeGreaterThan(2)
  for (const { rule } of Object.values(ADDRESSEES)) expect(isRuleId(rule), rule).toBe(true)
})

test('RT-03: while sharing is refused nothing goes to those who need consent; duty goes on', () => {
  const told = new Told()
  told.registered('2026-11-24 10:00')
  refuses(told, 'share-ngo', 'share-agencies', 'examination')('2026-11-25 10:00')
  for (const [kind, { needs }] of Object.entries(ADDRESSEES)) {
    const refusal = told.refusal('request-sent', request(kind as AddresseeKind), '2026-11-26')
    if (needs === 'duty') expect(refusal, kind).toBeUndefined()
    else expect(refusal, kind).toEqual({ code: 'sharing-refused', rule: 'RT-03' })
    // To a meeting they are not asked either, from the refusal's own millisecond on.
    const at = local('2026-11-25 10:00')
    expect(withheldFrom(told.facts(), at).includes(kind as AddresseeKind), kind).toBe(needs !== 'duty')
    expect(withheldFrom(told.facts(), at - 1), kind).toEqual([])
  }
  expect(told.refusal('request-sent', request(), '2026-11-26')).toEqual({ code: 'addressee-unknown', rule: 'RT-03' })
})

test('RT-03: the refusal counts from its own millisecond', () => {
  const told = new Told()
  told.registered('2026-11-24 10:00')
  refuses(told, 'share-ngo')('2026-11-25 10:00')
  expect(told.refusal('request-sent', request('ngo'), '2026-11-25 09:59:59.999', '2026-11-26')).toBeUndefined()
  expect(told.refusal('request-sent', request('ngo'), '2026-11-25 10:00', '2026-11-26')).toMatchObject({ rule: 'RT-03' })
  expect(told.refusal('request-sent', request('ngo'), '2026-11-25 10:00:00.001', '2026-11-26')).toMatchObject({ rule: 'RT-03' })
})

test('RT-03: no plan is signed while support is refused; a later consent opens the way, a withdrawn one closes it', () => {
  const told = Told.planned('2026-11-24')
  const plan = (at: string) => told.refusal('plan-signed', { planVersion: 2, measures: [] }, at)
  expect(plan('2026-11-25')).toBeUndefined()
  refuses(told, 'support')('2026-11-25 10:00')
  expect(plan('2026-11-26')).toMatchObject({ code: 'support-refused' })
  // The way out stays open: the family's refusal ends the case (CP-66).
  expect(told.refusal('closure-asked', { end: 'family-refused', criteria: [] }, '2026-11-26')).toBeUndefined()
  told.act('consent-given', { for: ['support'], by: 'parent', text: '2026-1' }, '2026-11-27 10:00')
  expect(plan('2026-11-28')).toBeUndefined()
  expect(told.refusal('consent-withdrawn', { for: ['support', 'share-ngo'], by: 'parent' }, '2026-11-28')).toEqual({
    code: 'no-consent-to-withdraw',
    rule: 'RT-01',
  })
  told.act('consent-withdrawn', { for: ['support'], by: 'parent' }, '2026-11-29 10:00')
  expect(plan('2026-11-30')).toMatchObject({ code: 'support-refused' })
})

test('RT-02: high risk and a running hour do not wait for consent', () => {
  const told = Told.planned('2026-11-24')
  refuses(told, 'support', 'share-ngo')('2026-11-25 10:00')
  told.act('risk-assessed', { level: 'high', criteria: ['H4'], receivedAt: local('2026-11-26 10:00') }, '2026-11-26 10:00')
  expect(told.refusal('request-sent', request('ngo'), '2026-11-26 10:10')).toBeUndefined()
  expect(told.refusal('plan-signed', { planVersion: 2, measures: [] }, '2026-11-26 10:10')?.code).not.toBe('support-refused')
  expect(
    told.refusal('urgent-measures-evidenced', { hour: 0, measuresAgreedAt: local('2026-11-26 10:10') }, '2026-11-26 10:20'),
  ).toBeUndefined()
})

test('consent moves no term: deadlines are the same with and without it', () => {
  const without = Told.planned('2026-11-24')
  const withConsent = Told.planned('2026-11-24')
  withConsent.act('consent-given', { for: ['support'], by: 'guardian', text: '2026-1', until: '2027-01-31' }, '2026-11-24 13:00')
  const shape = (told: Told) => told.history().map(({ key, due, state }) => ({ key, due, state }))
  expect(shape(withConsent)).toEqual(shape(without))
  expect(withConsent.facts().consents).toEqual({
    support: { state: 'given', at: local('2026-11-24 13:00'), text: '2026-1', until: '2027-01-31' },
  })
  expect(without.facts()).not.toHaveProperty('consents')
})

test('after the end, and after the death of the child, consent can be withdrawn and erasure held', () => {
  const told = new Told()
  told.registered('2026-11-24 10:00')
  told.act('consent-given', { for: ['photographs'], by: 'parent', text: '2026-1' }, '2026-11-24 11:00')
  told.act('closure-asked', { end: 'child-died', criteria: [] }, '2026-11-25 10:00')
  told.act('closure-decided', { approved: true }, '2026-11-25 11:00')
  expect(told.facts().ended).toBe(true)
  expect(told.refusal('erasure-held', { held: false, ground: 'court' }, '2026-11-26')).toEqual({ code: 'not-held', rule: 'RT-32' })
  told.act('consent-withdrawn', { for: ['photographs'], by: 'parent' }, '2026-11-26 10:00')
  told.act('erasure-held', { held: true, ground: 'court' }, '2026-11-26 11:00')
  expect(told.facts()).toMatchObject({ consents: { photographs: { state: 'withdrawn' } }, held: { ground: 'court' } })
  told.act('erasure-held', { held: false, ground: 'court' }, '2026-11-27 11:00')
  expect(told.facts()).not.toHaveProperty('held')
})
