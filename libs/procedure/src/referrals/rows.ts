/**
 * What is done for a referral, when, and who does it or is told (CP-54, CP-56, CP-57). Plain data: the rows travel to the workflow as JSON.
 * The deadline of the answer, its escalation and the weekly repeat are the case's row `referral`: nothing here tells that it has passed.
 */
import type { Text } from '../programme.ts'
import { days } from '../time.ts'

/**
 * `at-once`: when its cause comes about. `after`: at 09:00 so many working days after its cause; more than one of `times`: on so many working
 * days in a row and then once a week without end. `before-due`: at 09:00 so many working days before the day by which the answer is awaited.
 */
export type ReferralWhen =
  | { kind: 'at-once' }
  | { kind: 'after'; workingDays: number; times: number }
  | { kind: 'before-due'; workingDays: number }

export type ReferralRule = {
  rule: string
  source: string
  when: ReferralWhen
  /** `mail`: to the body. `tell`: to somebody of ours. */
  do: 'mail' | 'tell'
  whom: 'body' | 'case-manager' | 'supervisor'
  /** Once the case has ended: what has happened is told all the same, what waits for something to happen stops. */
  ended: 'goes-on' | 'stops'
  text: Text
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const tell = (rule: string, when: ReferralWhen, whom: 'case-manager' | 'supervisor', text: Text): ReferralRule => ({
  rule,
  source: 'practice',
  when,
  do: 'tell',
  whom,
  ended: 'stops',
  text,
})
const mail = (rule: string, when: ReferralWhen, text: Text): ReferralRule => ({
  rule,
  source: 'practice',
  when,
  do: 'mail',
  whom: 'body',
  ended: 'stops',
  text,
})
const happened = (one: ReferralRule): ReferralRule => ({ ...one, ended: 'goes-on' })
const atOnce: ReferralWhen = { kind: 'at-once' }
const after = (n: number, times = 1): ReferralWhen => ({ kind: 'after', workingDays: n, times })
const beforeDue = (n: number): ReferralWhen => ({ kind: 'before-due', workingDays: n })

// oxfmt-ignore
export const REFERRAL_ROWS = {
  'no-body-set':      tell('CP-56', atOnce, 'supervisor', t('Для территории не задано, куда направлять: найдите и внесите', 'Аумақ үшін қайда жолдау керегі белгіленбеген: тауып, енгізіңіз', 'No body to refer to is set for the territory: find it and enter it')),
  'not-sent':         tell('CP-54', after(2), 'case-manager', t('Направление составлено, но не отправлено', 'Жолдама дайын, бірақ жіберілмеген', 'The referral is prepared and not sent')),
  'not-sent-late':    tell('CP-54', after(5, 5), 'supervisor', t('Направление все еще не отправлено', 'Жолдама әлі жіберілмеген', 'The referral is still not sent')),
  'not-delivered':    tell('CP-54', atOnce, 'case-manager', t('Направление не дошло: передайте иначе', 'Жолдама жетпеді: басқаша беріңіз', 'The referral did not arrive: hand it over another way')),
  'not-delivered-late': tell('CP-54', after(2, 5), 'supervisor', t('Направление не дошло и иначе не передано', 'Жолдама жетпеді және басқаша берілмеді', 'The referral did not arrive and was not handed over another way')),
  'receipt-phone':    tell('CP-54', after(3), 'case-manager', t('Получение не подтверждено: позвоните', 'Алғаны расталмады: телефон соғыңыз', 'Receipt is not confirmed: call them')),
  'more-asked':       happened(tell('CP-54', atOnce, 'case-manager', t('Запрошены дополнительные документы', 'Қосымша құжаттар сұралды', 'More documents are asked for'))),
  'more-late':        tell('CP-54', after(3, 5), 'supervisor', t('Дополнительные документы не отправлены', 'Қосымша құжаттар жіберілмеді', 'The documents asked for are not sent')),
  answered:           happened(tell('CP-54', atOnce, 'case-manager', t('Пришел ответ на направление', 'Жолдамаға жауап келді', 'The referral was answered'))),
  'remind-sender':    tell('CP-54', beforeDue(3), 'case-manager', t('Скоро срок ответа на направление: уточните', 'Жолдамаға жауап мерзімі жақын: нақтылаңыз', 'The answer to the referral is due soon: ask how it stands')),
  'remind-body':      mail('CP-54', beforeDue(1), t('Напоминание: ответа на направление еще нет', 'Еске салу: жолдамаға әлі жауап жоқ', 'Reminder: the referral is not answered yet')),
  'go-on':            tell('CP-57', after(2), 'case-manager', t('Ответ получен: направьте дальше или запишите, что дальше не нужно', 'Жауап алынды: әрі қарай жолдаңыз не қажет емес екенін жазыңыз', 'It was answered: refer it on, or write down that nothing follows')),
  'go-on-late':       tell('CP-57', after(5, 5), 'supervisor', t('После ответа ничего не сделано', 'Жауаптан кейін ештеңе істелмеді', 'Nothing was done after the answer')),
  'placement-asked':  tell('CP-54', atOnce, 'case-manager', t('Решение принято: запишите, где живет ребенок', 'Шешім қабылданды: бала қайда тұратынын жазыңыз', 'It is decided: record where the child lives')),
  'placement-late':   tell('CP-54', after(1, 5), 'supervisor', t('После решения не записано, где живет ребенок', 'Шешімнен кейін бала қайда тұратыны жазылмаған', 'After the decision it is not recorded where the child lives')),
  'reply-came':       happened(tell('CP-54', atOnce, 'case-manager', t('На направление ответили письмом: прочитайте его, позвоните и запишите ответ', 'Жолдамаға хатпен жауап келді: оны оқып, телефон соғып, жауапты жазыңыз', 'The referral was answered by a plain mail: read it, call them and record the answer'))),
  'act-refused':      happened(tell('CP-54', atOnce, 'case-manager', t('Ответ не записан в случай: запишите сами', 'Жауап іске жазылмады: өзіңіз жазыңыз', 'The answer was not taken into the case: record it yourself'))),
  'case-ended':       happened(tell('CP-54', atOnce, 'case-manager', t('Случай завершен, а направление нет: отзовите его', 'Іс аяқталды, ал жолдама жоқ: оны қайтарып алыңыз', 'The case has ended and the referral has not: withdraw it'))),
} as const satisfies Record<string, ReferralRule>

export type ReferralRow = keyof typeof REFERRAL_ROWS

/** Sooner than that after it went out nobody writes to the body again. */
const QUIET = days(1)

/** Rule rows of referrals, plain JSON: they travel to the workflow, which needs no words. */
export type ReferralRules = {
  rows: Readonly<Record<ReferralRow, Omit<ReferralRule, 'text'>>>
  quietFor: { days: number }
}
export const REFERRAL_RULES: ReferralRules = {
  rows: Object.fromEntries(
    Object.entries<ReferralRule>(REFERRAL_ROWS).map(([row, { text: _, ...rule }]) => [row, rule]),
  ) as ReferralRules['rows'],
  quietFor: QUIET,
}
