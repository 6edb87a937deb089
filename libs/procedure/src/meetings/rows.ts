/** What is done for a meeting, when, and who does it or is told (CP-31, CP-32). Plain data: the rows travel to the workflow as JSON. */
import type { Text } from '../programme.ts'
import { days, minutes, workingDays, type Length } from '../time.ts'

/** Minutes of the local day. */
const clock = (hour: number) => hour * 60

/**
 * `before`: that long before the day of the meeting, at a clock time; days that are no working days give way to the working day before them.
 * `at-once`: when its cause comes about. `after-end`: when the meeting should be over, or that many working days later at 09:00; more than one of
 * `times`: on so many working days in a row and then once a week without end.
 */
export type MeetingWhen =
  | { kind: 'before'; length: Length; clock: number }
  | { kind: 'at-once' }
  | { kind: 'after-end'; workingDays: number; times: number }

export type MeetingRule = {
  rule: string
  source: string
  when: MeetingWhen
  /** `mail`: to the invitee. `tell`: to somebody of ours. */
  do: 'mail' | 'tell'
  whom: 'invitee' | 'case-manager' | 'supervisor'
  /** Once the case has ended: what has happened is told all the same, what waits for something to happen stops. */
  ended: 'goes-on' | 'stops'
  text: Text
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const tell = (rule: string, when: MeetingWhen, whom: 'case-manager' | 'supervisor', text: Text): MeetingRule => ({
  rule,
  source: 'practice',
  when,
  do: 'tell',
  whom,
  ended: 'stops',
  text,
})
const mail = (rule: string, when: MeetingWhen, text: Text): MeetingRule => ({
  rule,
  source: 'practice',
  when,
  do: 'mail',
  whom: 'invitee',
  ended: 'stops',
  text,
})
const happened = (one: MeetingRule): MeetingRule => ({ ...one, ended: 'goes-on' })
const before = (length: Length, at: number): MeetingWhen => ({ kind: 'before', length, clock: at })
const atOnce: MeetingWhen = { kind: 'at-once' }
const afterEnd = (n: number, times = 1): MeetingWhen => ({ kind: 'after-end', workingDays: n, times })

// oxfmt-ignore
export const MEETING_ROWS = {
  'confirm-next':     tell('CP-34', atOnce, 'case-manager', t('Следующее совещание составлено: проверьте и созовите', 'Келесі кеңес құрылды: тексеріп, шақырыңыз', 'The next meeting is drafted: check it and call it')),
  'confirm-late':     tell('CP-34', before(workingDays(5), clock(9)), 'supervisor', t('Следующее совещание еще не созвано', 'Келесі кеңес әлі шақырылған жоқ', 'The next meeting is not called yet')),
  'remind-3-days':    mail('CP-31', before(days(3), clock(9)), t('Напоминание: ответа еще нет', 'Еске салу: әлі жауап жоқ', 'Reminder: no answer yet')),
  'remind-1-day':     mail('CP-31', before(workingDays(1), clock(9)), t('Последнее напоминание: ответа еще нет', 'Соңғы еске салу: әлі жауап жоқ', 'Last reminder: no answer yet')),
  phone:              tell('CP-31', before(workingDays(1), clock(14)), 'case-manager', t('Приглашенный молчит: позвоните', 'Шақырылған адам үнсіз: телефон соғыңыз', 'An invitee is silent: call them')),
  unreachable:        tell('CP-31', atOnce, 'case-manager', t('Приглашение не дошло: пригласите по телефону', 'Шақыру жетпеді: телефонмен шақырыңыз', 'The invitation did not arrive: invite by phone')),
  'needed-declined':  tell('CP-31', atOnce, 'case-manager', t('Необходимый участник не придет', 'Қажетті қатысушы келмейді', 'A needed participant will not come')),
  quorum:             tell('CP-31', before(workingDays(2), clock(9)), 'case-manager', t('Нет необходимых участников: решите, переносить ли', 'Қажетті қатысушылар жоқ: ауыстыруды шешіңіз', 'Needed participants are missing: decide whether to move it')),
  'held-asked':       tell('CP-30', afterEnd(0), 'case-manager', t('Состоялось ли совещание? Запишите', 'Кеңес өтті ме? Жазыңыз', 'Was the meeting held? Record it')),
  'held-late':        tell('CP-30', afterEnd(1, 5), 'supervisor', t('Не записано, состоялось ли совещание', 'Кеңестің өткені жазылмаған', 'It is not recorded whether the meeting was held')),
  'mail-unmatched':   happened(tell('CP-31', atOnce, 'case-manager', t('Письмо о совещании не разобрано: посмотрите', 'Кеңес туралы хат анықталмады: қараңыз', 'A mail about the meeting could not be matched: look at it'))),
  'act-refused':      happened(tell('CP-32', atOnce, 'case-manager', t('Решение совещания не записано в случай: запишите сами', 'Кеңес шешімі іске жазылмады: өзіңіз жазыңыз', 'A decision of the meeting was not taken into the case: record it yourself'))),
  'protocol-failed':  happened(tell('CP-32', atOnce, 'case-manager', t('Протокол не дошел: передайте иначе', 'Хаттама жетпеді: басқаша беріңіз', 'The protocol did not arrive: hand it over another way'))),
  'case-ended':       happened(tell('CP-31', atOnce, 'case-manager', t('Случай завершен, а совещание нет: отмените его, и всем сообщат', 'Іс аяқталды, ал кеңес жоқ: оны болдырмаңыз, барлығына хабарланады', 'The case has ended and the meeting has not: cancel it, and everybody is told'))),
} as const satisfies Record<string, MeetingRule>

export type MeetingRow = keyof typeof MEETING_ROWS

/** Asked so late that a term has passed: that long after the asking. */
const LATE = minutes(120)

/** Rule rows of meetings, plain JSON: they travel to the workflow, which needs no words. */
export type MeetingRules = { rows: Readonly<Record<MeetingRow, Omit<MeetingRule, 'text'>>>; lateAfter: { minutes: number } }
export const MEETING_RULES: MeetingRules = {
  rows: Object.fromEntries(
    Object.entries<MeetingRule>(MEETING_ROWS).map(([row, { text: _, ...rule }]) => [row, rule]),
  ) as MeetingRules['rows'],
  lateAfter: LATE,
}
