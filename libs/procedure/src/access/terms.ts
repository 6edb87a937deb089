/** Opening a case in danger to life, and the way of a file to another organisation: our own rules and terms (the official texts are silent). */
import { rule, type Rule } from '../child-protection/rules/row.ts'
import { addDays, at0900, dayOf, MINUTE, type Instant } from '../time.ts'

// oxfmt-ignore
export const ACCESS_RULES = {
  'AC-01': rule('practice', 'При опасности для жизни случай открывают с причиной; доступ кончается сам, ведущий и супервизор узнают сразу', 'Өмірге қауіп төнсе, іс себебі көрсетіліп ашылады; қолжетім өзі аяқталады, жүргізуші мен супервайзер бірден біледі', 'In danger to life a case is opened with a reason; access ends by itself, who leads it and the supervisor are told at once'),
  'AC-02': rule('practice', 'Каждое такое открытие проверяет аудитор или супервизор, но не тот, кто открыл', 'Әр осындай ашуды аудитор немесе супервайзер тексереді, бірақ ашқан адамның өзі емес', 'Every such opening is reviewed by the auditor or a supervisor, never by who opened it'),
  'AC-10': rule('practice', 'Пока дело не принято, его ведет прежняя организация, и сроки идут', 'Іс қабылданғанша оны бұрынғы ұйым жүргізеді, мерзімдер жүреді', 'Until a file is accepted the former organisation leads it, and terms run'),
  'AC-11': rule('practice', 'О предложении без ответа напоминают получателю, затем супервизору отправителя, и снова, пока ответа нет', 'Жауапсыз ұсыныс туралы алушыға, кейін жіберушінің супервайзеріне еске салынады, жауап болғанша қайталанады', 'An offer without an answer is told to the receiver again, then to the supervisor of the sender, again and again until it is answered'),
} as const satisfies Record<string, Rule>

type Term = { rule: keyof typeof ACCESS_RULES; source: 'practice'; unit: 'minutes' | 'days'; term: number; from: string }

// oxfmt-ignore
export const ACCESS_TERMS = {
  'break-glass':        { rule: 'AC-01', source: 'practice', unit: 'minutes', term: 60,    from: 'from the opening' },
  'break-glass-review': { rule: 'AC-02', source: 'practice', unit: 'minutes', term: 1_440, from: 'from the opening' },
  'offer-reminder':     { rule: 'AC-11', source: 'practice', unit: 'days',    term: 2,     from: 'from the day of the offer, at 09:00' },
  'offer-escalation':   { rule: 'AC-11', source: 'practice', unit: 'days',    term: 4,     from: 'from the day of the offer, at 09:00' },
  'offer-escalation-again': { rule: 'AC-11', source: 'practice', unit: 'days', term: 3,    from: 'from the day of the last one, at 09:00, until the offer is answered or taken back' },
} as const satisfies Record<string, Term>

const minutesAfter = (at: Instant, term: 'break-glass' | 'break-glass-review'): Instant => at + ACCESS_TERMS[term].term * MINUTE
const morningAfter = (at: Instant, term: 'offer-reminder' | 'offer-escalation' | 'offer-escalation-again'): Instant =>
  at0900(addDays(dayOf(at), ACCESS_TERMS[term].term))

/** The first instant at which a case that was opened in danger is closed again. */
export const glassUntil = (openedAt: Instant): Instant => minutesAfter(openedAt, 'break-glass')
/** From this instant on an opening without a review is late. */
export const reviewDue = (openedAt: Instant): Instant => minutesAfter(openedAt, 'break-glass-review')
export const offerReminderAt = (offeredAt: Instant): Instant => morningAfter(offeredAt, 'offer-reminder')
export const offerEscalationAt = (offeredAt: Instant): Instant => morningAfter(offeredAt, 'offer-escalation')
/** The same again, by when it was told last; with it the head of the organisation is told. */
export const offerEscalationAgainAt = (toldAt: Instant): Instant => morningAfter(toldAt, 'offer-escalation-again')
