/** Meetings of a case as entries of its export: when, who was asked and answered what, what was decided and who disagreed. */
import {
  DEMANDS,
  INVITEE_KINDS,
  MAIL_KINDS,
  MAIL_STATES,
  MEETING_ANSWERS,
  MEETING_KINDS,
  MEETING_STATES,
} from '@tirek/contract/forms/meeting-codes'
import type { HeldMeeting } from '@tirek/contract/meetings'
import type { Lang } from '@tirek/contract/roles'
import type { ExportField } from './fields.ts'
import { minuteOf } from './when.ts'
import { EXPORT_WORDS, MEETING_WORDS } from './words.ts'
import type { ExportEntry } from './writers.ts'

type Content = HeldMeeting['protocols'][number]['content']

export function* meetingEntries(meetings: readonly HeldMeeting[], lang: Lang): Generator<ExportEntry> {
  const say = (word: keyof typeof MEETING_WORDS) => MEETING_WORDS[word][lang]
  for (const { kind, state, startsAt, place, video, phone, agenda, reason, invitees, protocols, unmatched } of meetings) {
    const fields: ExportField[] = []
    const add = (name: string, caption: string, value: unknown, text = String(value)) => {
      if (value !== null && value !== undefined && text !== '') fields.push({ name, caption, value, text })
    }
    const nameOf = (id: string) => invitees.find((one) => one.id === id)?.name ?? ''
    add('state', EXPORT_WORDS.state[lang], state, MEETING_STATES[state][lang])
    add('place', say('place'), place)
    add('video', say('video'), video)
    add('phone', say('phone'), phone)
    add('agenda', say('agenda'), agenda, agenda.join('\n'))
    add('reason', EXPORT_WORDS.reason[lang], reason)
    for (const one of invitees) {
      const { id: _, ...told } = one
      const answers = one.answers.map(({ answer, at, comment }) =>
        [MEETING_ANSWERS[answer][lang], minuteOf(at), comment].filter(Boolean).join(', '),
      )
      const mails = one.mails.map(
        ({ kind: mail, state: became, at }) => `${say('mail')}: ${MAIL_KINDS[mail][lang]}, ${MAIL_STATES[became][lang]}, ${minuteOf(at)}`,
      )
      const text = [
        [INVITEE_KINDS[one.who][lang], one.role, one.name, one.organisation, one.email, one.phone].filter(Boolean).join(', '),
        ...answers,
        ...mails,
      ]
      add('invitee', say('invitee'), told, text.join('\n'))
    }
    for (const { version, number, at, changed, content } of protocols)
      add('protocol', `${say('protocol')} ${number ?? version}, ${minuteOf(at)}`, content, textOf(content, changed))
    yield {
      title: MEETING_KINDS[kind][lang],
      kind,
      at: startsAt,
      fields,
      leftOut: unmatched > 0 ? [`${say('unmatched')}: ${unmatched}`] : [],
    }

    function textOf({ others, needs, measures, reason: why, dissent }: Content, changed: string | null): string {
      return [
        ...(changed ? [changed] : []),
        ...others,
        ...needs,
        ...measures.map(({ action, invitee, responsible, due }) =>
          [action, responsible ?? (invitee && nameOf(invitee)), due].filter(Boolean).join(', '),
        ),
        ...(why ? [why] : []),
        ...dissent.map(({ invitee, reasons, demands }) =>
          [`${say('dissent')}: ${nameOf(invitee)}`, reasons, demands && DEMANDS[demands][lang]].filter(Boolean).join(', '),
        ),
      ].join('\n')
    }
  }
}
