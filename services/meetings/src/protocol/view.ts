/** A protocol as the documents take it: names of people, the child's among them, asked of the cases service by the rights of who approves. */
import { msOf } from '@tirek/contract/forms/fields'
import { decidesToClose } from '@tirek/contract/forms/meeting'
import { ROLES, type Lang } from '@tirek/contract/roles'
import { ChildTold } from '@tirek/contract/proceedings'
import type { ProtocolView } from '@tirek/documents/protocol/view'
import { dayOf } from '@tirek/procedure/time'
import { ProblemError } from '@tirek/platform/problem'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import type { Changing } from '../record/kind.ts'
import type { DirectoryViews } from '@tirek/proceedings/directory'
import { timeOfDay } from '../record/time-of-day.ts'
import type { ProtocolEntity } from './protocol.entity.ts'

const GROUPS = { agency: 'agency', person: 'organisation', family: 'family' } as const
const DEMANDED = {
  'birth-family': 'birth-family',
  'foster-family': 'foster-family',
  'family-home': 'family-type-home',
  other: 'other',
} as const

export class ProtocolViews {
  readonly #directory: DirectoryViews
  readonly #casesUrl: string
  readonly #caller: ServiceCaller

  constructor(directory: DirectoryViews, casesUrl: string, caller: ServiceCaller) {
    this.#directory = directory
    this.#casesUrl = casesUrl
    this.#caller = caller
  }

  /** In Kazakh for who works in Kazakh, else in Russian, as the form is. */
  async of(change: Changing, protocol: ProtocolEntity): Promise<ProtocolView> {
    const { who, now, loaded } = change
    const { meeting, invitees } = loaded
    const { content } = protocol
    const lang: Lang = who.lang === 'kk' ? 'kk' : 'ru'
    const names = await this.#directory.organisationName(meeting.organisation)
    const named = async (person: string | null) => {
      const found = person === null ? undefined : await this.#directory.ofOurs(person)
      return found && { name: found.name, position: ROLES[found.role][lang] }
    }
    const [agreed, writer, approver, coordinator] = await Promise.all([
      named(meeting.agreedBy),
      named(protocol.writtenBy),
      named(who.person),
      named(meeting.coordinator ?? meeting.manager),
    ])
    const child = await this.#childOf(change)
    const came = new Set(content.attendance.filter((one) => one.came).map(({ invitee }) => invitee))
    const nameOf = (id: string | undefined) => invitees.find((one) => one.id === id)?.name
    return {
      lang,
      createdAt: now,
      organisation: names[lang],
      kind: meeting.kind,
      ...(child.review && { reviewNumber: child.review.nth, report: { text: child.review.report, proposals: child.review.proposals } }),
      number: protocol.number!,
      version: protocol.version,
      ...(protocol.version > 1 && {
        correction: { replaces: protocol.version - 1, day: dayOf(now), by: approver?.name ?? '', changes: [protocol.changed ?? ''] },
      }),
      day: dayOf(meeting.heldAt ?? meeting.startsAt),
      from: timeOfDay(meeting.startsAt),
      to: timeOfDay(meeting.endsAt),
      place: meeting.place ?? undefined,
      isByVideo: meeting.place === null,
      child: { name: child.name, fileNumber: meeting.caseNumber },
      coordinator,
      agreedWith: agreed && { ...agreed, day: meeting.agreedDay ?? undefined },
      participants: [
        ...invitees.map((one) => ({
          name: one.name,
          organisation: one.organisationName ?? undefined,
          role: one.role,
          group: GROUPS[one.who],
          attendance: came.has(one.id) ? ('came' as const) : ('absent' as const),
        })),
        ...content.others.map((name) => ({ name, group: 'organisation' as const, attendance: 'came' as const })),
      ],
      needs: content.needs,
      measures: content.measures.map(({ action, invitee, responsible, due }) => ({
        text: action,
        responsible: nameOf(invitee) ?? responsible,
        day: due,
      })),
      decision: content.decision && { code: content.decision, reason: content.reason },
      opinions: content.dissent.map(({ invitee, reasons, demands }) => ({
        author: nameOf(invitee) ?? '',
        demand: demands && DEMANDED[demands],
        text: reasons,
      })),
      commission: { isAsked: content.toCommission, pmpkFirst: content.pmpk },
      next: decidesToClose(content)
        ? 'closes'
        : content.next && { day: dayOf(msOf(content.next.startsAt)), time: timeOfDay(msOf(content.next.startsAt)) },
      writtenBy: writer,
      sent: protocol.recipients.map(({ invitee, code }) => {
        const one = invitees.find(({ id }) => id === invitee)
        return {
          to: one?.name ?? '',
          ...(one?.email === null
            ? { way: 'paper' as const }
            : // It goes with the act that makes this file: what became of it stands on the meeting's page.
              { way: code ? ('mail-link' as const) : ('mail-file' as const), day: dayOf(now), delivered: 'queued' as const }),
        }
      }),
      copyInFile: dayOf(now),
    }
  }

  /** Who the child is; of a review also which one it is, and what the case manager reported before it. */
  async #childOf({ who: { person }, loaded: { meeting } }: Changing): Promise<ChildTold> {
    const review = meeting.kind === 'review' ? { meeting: meeting.id, heldAt: meeting.heldAt ?? meeting.startsAt } : undefined
    const asked = { who: { person }, caseId: meeting.caseId, ...(review && { review }) }
    const told = await this.#caller.call('cases', new URL('/internal/cases/child', this.#casesUrl).href, asked, 5_000).catch(() => {
      throw new ProblemError('unavailable')
    })
    return ChildTold.parse(told)
  }
}
