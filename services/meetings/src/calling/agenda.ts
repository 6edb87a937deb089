/** The agenda as a file beside an invitation, for addresses that files may go to. It names the case by its number and nobody of the family. */
import type { MailAttachment } from '@tirek/contract/mails'
import type { Lang } from '@tirek/contract/roles'
import { agendaFileName, agendaPdf, type AgendaView } from '@tirek/documents/agenda'
import { dayOf } from '@tirek/procedure/time'
import { createHash } from 'node:crypto'
import { timeOfDay } from '../record/time-of-day.ts'
import type { InviteeEntity } from './invitee.entity.ts'
import type { MeetingEntity } from './meeting.entity.ts'

/** One of these is the same for everybody of a language who is asked at one moment. */
export function agendaOf(
  { meeting, invitees }: { meeting: MeetingEntity; invitees: readonly InviteeEntity[] },
  names: Readonly<Record<Lang, string>>,
  lang: Lang,
  now: number,
): AgendaView {
  const places = invitees.flatMap(({ who, organisationName }) =>
    who === 'agency' ? [organisationName ?? ''] : who === 'person' ? [names[lang]] : [],
  )
  return {
    lang,
    createdAt: now,
    caseNumber: meeting.caseNumber,
    organisation: names[lang],
    kind: meeting.kind,
    day: dayOf(meeting.startsAt),
    from: timeOfDay(meeting.startsAt),
    to: timeOfDay(meeting.endsAt),
    ...(meeting.place !== null && { place: meeting.place }),
    ...(meeting.video !== null && { video: meeting.video }),
    ...(meeting.phone !== null && { phone: meeting.phone }),
    items: meeting.agenda,
    invited: [...new Set(places)].filter((name) => name !== ''),
  }
}

/** As many as are on their way at once in one meeting: each language once before and after a change. */
const KEPT = 6

/** Made when the mail is carried, once for all who get the same. */
export class Agendas {
  readonly #made = new Map<string, Promise<MailAttachment>>()

  attachment(view: AgendaView): Promise<MailAttachment> {
    const key = JSON.stringify(view)
    const known = this.#made.get(key)
    if (known) return known
    const made = fileOf(view)
    this.#made.set(key, made)
    // What failed is tried again.
    made.catch(() => this.#made.delete(key))
    if (this.#made.size > KEPT) this.#made.delete(this.#made.keys().next().value!)
    return made
  }
}

async function fileOf(view: AgendaView): Promise<MailAttachment> {
  const bytes = await agendaPdf(view)
  return {
    name: agendaFileName(view),
    type: 'application/pdf',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    content: bytes.toString('base64'),
  }
}
