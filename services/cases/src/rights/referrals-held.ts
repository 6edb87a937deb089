/** Referrals of a case as entries of its export: who was asked what and why, when it went out, what was answered. */
import {
  DOCUMENT_KINDS,
  RECOMMENDED_FORMS,
  REFERRAL_ANSWERS,
  REFERRAL_BODIES,
  REFERRAL_DECISIONS,
  REFERRAL_QUESTIONS,
  REFERRAL_STATES,
  SENDING_WAYS,
} from '@tirek/contract/forms/referral-codes'
import { DEMANDS } from '@tirek/contract/forms/meeting-codes'
import type { HeldReferral } from '@tirek/contract/referrals'
import type { Lang } from '@tirek/contract/roles'
import type { ExportField } from './fields.ts'
import { minuteOf } from './when.ts'
import { EXPORT_WORDS, REFERRAL_WORDS } from './words.ts'
import type { ExportEntry } from './writers.ts'

export function* referralEntries(referrals: readonly HeldReferral[], lang: Lang): Generator<ExportEntry> {
  const say = (word: keyof typeof REFERRAL_WORDS) => REFERRAL_WORDS[word][lang]
  const line = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(', ')
  for (const {
    body,
    question,
    state,
    preparedAt,
    addressee,
    letter,
    documents,
    demands,
    outOfOrder,
    reason,
    sendings,
    answers,
    replies,
  } of referrals) {
    const fields: ExportField[] = []
    const add = (name: string, caption: string, value: unknown, text = String(value)) => {
      if (value !== null && value !== undefined && text !== '') fields.push({ name, caption, value, text })
    }
    add('state', EXPORT_WORDS.state[lang], state, REFERRAL_STATES[state][lang])
    add('question', say('question'), question, REFERRAL_QUESTIONS[question][lang])
    add('addressee', say('addressee'), addressee)
    add('letter', say('letter'), letter)
    for (const one of documents)
      add('document', say('document'), one, line(DOCUMENT_KINDS[one.kind][lang], one.title, one.name, one.sha256))
    for (const one of demands) add('demand', say('demand'), one, line(one.who, DEMANDS[one.demands][lang], one.reasons))
    add('outOfOrder', say('outOfOrder'), outOfOrder)
    add('reason', EXPORT_WORDS.reason[lang], reason)
    for (const one of sendings) add('sending', say('sending'), one, line(SENDING_WAYS[one.way][lang], minuteOf(one.at), one.number))
    for (const { at, content } of answers) {
      const { answer, newDay, recommended, decision, documentNumber, documentDay, reasons, text, name, position } = content
      const said = [
        line(REFERRAL_ANSWERS[answer][lang], minuteOf(at), newDay),
        line(recommended && RECOMMENDED_FORMS[recommended][lang], decision && REFERRAL_DECISIONS[decision][lang]),
        line(documentNumber, documentDay),
        reasons,
        text,
        line(name, position),
      ]
      add('answer', say('answer'), content, said.filter(Boolean).join('\n'))
    }
    for (const one of replies)
      add('reply', say('reply'), one, [line(minuteOf(one.at), one.from), one.subject, one.text].filter(Boolean).join('\n'))
    yield { title: REFERRAL_BODIES[body][lang], kind: 'referral', at: preparedAt, fields, leftOut: [] }
  }
}
