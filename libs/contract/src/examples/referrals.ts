/** An example of every act of a referral: read by people in the published description, and by tests. One forgotten does not compile. */
import type { z } from 'zod'
import type { ReferralPreparedInput } from '../forms/referral.ts'
import type { REFERRAL_ACTS, ReferralActKind } from '../referrals.ts'

const content = {
  agency: '0198f0a0-0000-7000-8000-000000000201',
  letter: 'Просим рассмотреть форму устройства ребенка: семья не справляется, несмотря на полгода поддержки.',
  demands: [{ who: 'Роза Ахметова, бабушка', demands: 'foster-family' as const, reasons: 'Готова взять ребенка к себе' }],
}

export const REFERRAL_PREPARED: ReferralPreparedInput = {
  caseId: '0198f0a0-0000-7000-8000-000000000100',
  body: 'commission',
  question: 'removal',
  meeting: '0198f0a0-0000-7000-8000-000000000202',
  specialNeeds: false,
  ...content,
}

export const REFERRAL_FORMS: { [K in ReferralActKind]: z.input<(typeof REFERRAL_ACTS)[K]['form']> } = {
  changed: content,
  'document-added': { file: '0198f0a0-0000-7000-8000-000000000203', kind: 'pmpk-conclusion', title: '№ 12 от 3 ноября 2026 г.' },
  'document-removed': { file: '0198f0a0-0000-7000-8000-000000000203' },
  'packet-made': {},
  sent: { way: 'paper', number: '15/2', day: '2026-12-01', addressee: 'секретарь комиссии' },
  answered: { answer: 'postponed', newDay: '2027-01-20', reasons: 'Ждут справку о доходах', name: 'Г. Сериков', position: 'секретарь' },
  'placement-confirmed': { from: '2027-02-01T10:00:00+05:00', placement: 'foster-family', with: 'семья Жумабековых' },
  'nothing-follows': { reason: 'Комиссия рекомендует поддержку в родной семье' },
  withdrawn: { reason: 'Семья переехала' },
}
