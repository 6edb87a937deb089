/**
 * Carries the outbox: mails and notices to the notifications service, acts to the cases service, facts to Temporal, each kind by itself. Rows are
 * leased, so that a killed process loses nothing; a repeated delivery changes nothing at the receiver.
 */
import type { ActForPerson } from '@tirek/contract/meetings'
import type { MailInput } from '@tirek/contract/mails'
import type { NoticeInput } from '@tirek/contract/notices'
import type { AgendaView } from '@tirek/documents/agenda'
import type { Clock } from '@tirek/platform/clock'
import type { Row } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { ServiceRefusal, type ServiceCaller } from '@tirek/platform/service-tokens'
import { describe } from '@tirek/platform/ticker'
import type { Agendas } from '../calling/agenda.ts'
import { MeetingEntity } from '../calling/meeting.entity.ts'
import type { ProtocolFiles } from '../protocol/files.ts'
import { tell } from '../record/outbox.ts'
import { sqlOf, type Store } from '../record/store.ts'
import { noticeOf } from '../steps/notice.ts'
import type { Tell } from './tell.ts'

type MailRow = { mail: MailInput; files: readonly string[]; agenda?: AgendaView }

export type RelayTools = {
  files: ProtocolFiles
  agendas: Agendas
  work: Store
  clock: Clock
  log: Log
  tell: Tell
  notificationsUrl: string
  casesUrl: string
  caller: ServiceCaller
}

/** A lease ends by the machine's clock: it is about this process living, not about a due. */
const LEASE = '20 seconds'
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000]
/** How many of each kind are taken in a turn, and carried at once. */
export const CARGO = {
  mail: { limit: 100, atOnce: 8 },
  notice: { limit: 50, atOnce: 4 },
  act: { limit: 20, atOnce: 2 },
  facts: { limit: 40, atOnce: 4 },
} as const
export type Cargo = keyof typeof CARGO

/** The cases service will never take it: it is not this person's to record any more, or the procedure refuses it. */
const REFUSED = new Set([400, 403, 404, 409, 422])

export class Relay {
  readonly #tools: RelayTools
  /** Not before these machine instants, by row: back-off of failures. */
  readonly #later = new Map<number, number>()

  constructor(tools: RelayTools) {
    this.#tools = tools
  }

  /** One turn of one kind of row; returns how many were delivered. */
  async turn(kind: Cargo): Promise<number> {
    const { work, clock } = this.#tools
    const { limit, atOnce } = CARGO[kind]
    const waiting = [...this.#later].filter(([, until]) => until > performance.now()).map(([seq]) => seq)
    // Acts of one meeting go in their order, and newest facts carry whatever older rows wait.
    const inOrder = kind === 'act' || kind === 'facts'
    const rows = await work.asItself((tx) =>
      sqlOf(tx)(
        `UPDATE meetings.outbox SET leased_until = clock_timestamp() + interval '${LEASE}', attempts = attempts + 1
          WHERE seq IN (SELECT o.seq FROM meetings.outbox o WHERE o.kind = $1 AND o.not_before <= $2 AND (o.leased_until IS NULL OR o.leased_until < clock_timestamp()) AND NOT (o.seq = ANY($3))
            ${inOrder ? 'AND NOT EXISTS (SELECT 1 FROM meetings.outbox e WHERE e.meeting = o.meeting AND e.kind = o.kind AND e.seq < o.seq)' : ''}
            ORDER BY o.seq FOR UPDATE SKIP LOCKED LIMIT $4)
          RETURNING seq, id, meeting, case_id, version, payload, attempts`,
        [kind, clock.now(), waiting, limit],
      ),
    )
    const queue = rows.toSorted((a, b) => Number(a['seq']) - Number(b['seq']))
    let delivered = 0
    await Promise.all(
      Array.from({ length: Math.min(atOnce, queue.length) }, async () => {
        for (let row = queue.shift(); row; row = queue.shift()) if (await this.#deliver(kind, row)) delivered++
      }),
    )
    return delivered
  }

  async #deliver(kind: Cargo, row: Row): Promise<boolean> {
    const { work, log } = this.#tools
    const seq = Number(row['seq'])
    try {
      const upTo =
        kind === 'facts' ? await this.#tools.tell.facts(row['meeting'] as string, row['id'] as string) : await this.#post(kind, row)
      await work.asItself((tx) =>
        kind === 'facts'
          ? sqlOf(tx)(`DELETE FROM meetings.outbox WHERE meeting = $1 AND kind = 'facts' AND (seq = $2 OR version <= $3)`, [
              row['meeting'],
              seq,
              upTo,
            ])
          : sqlOf(tx)('DELETE FROM meetings.outbox WHERE seq = $1', [seq]),
      )
      this.#later.delete(seq)
      return true
    } catch (error) {
      if (kind === 'act' && error instanceof ServiceRefusal && REFUSED.has(error.status)) return this.#refused(row, error)
      const attempts = Number(row['attempts'])
      this.#later.set(seq, performance.now() + BACK_OFF_MS[Math.min(attempts - 1, BACK_OFF_MS.length - 1)]!)
      await work.asItself((tx) => sqlOf(tx)('UPDATE meetings.outbox SET leased_until = NULL WHERE seq = $1', [seq])).catch(() => {})
      log.warn({ outbox: kind, meeting: row['meeting'], attempts, error: describe(error) }, 'not delivered yet, tried again')
      return false
    }
  }

  async #post(kind: 'mail' | 'notice' | 'act', row: Row): Promise<number> {
    const { caller, notificationsUrl, casesUrl } = this.#tools
    if (kind === 'act') await caller.call('cases', `${casesUrl}/internal/acts`, row['payload'] as ActForPerson)
    else if (kind === 'mail')
      await caller.call('notifications', `${notificationsUrl}/internal/mails`, await this.#withFiles(row['payload'] as MailRow), 30_000)
    else
      await caller.call('notifications', `${notificationsUrl}/internal/notices`, await this.#withPeopleOfNow(row['payload'] as NoticeInput))
    return 0
  }

  async #withFiles({ mail, files, agenda }: MailRow): Promise<MailInput> {
    const attachments = [
      ...(agenda ? [await this.#tools.agendas.attachment(agenda)] : []),
      ...(await Promise.all(files.map((id) => this.#tools.files.attachment(id)))),
    ]
    return attachments.length === 0 ? mail : { ...mail, attachments }
  }

  /** The case may be somebody else's by now: whoever leads it is told. */
  async #withPeopleOfNow(notice: NoticeInput): Promise<NoticeInput> {
    const { caller, casesUrl } = this.#tools
    const { items } = (await caller.call('cases', `${casesUrl}/internal/cases/people`, { caseIds: [notice.caseId] })) as {
      items: { organisation: string; manager: string | null; firstPerson: string }[]
    }
    const [now] = items
    if (!now) return notice
    return {
      ...notice,
      organisation: now.organisation,
      people: { ...(now.manager && { caseManager: now.manager }), firstPerson: now.firstPerson },
    }
  }

  /** Somebody of ours must record it by hand: they are told in the same transaction that gives it up. */
  async #refused(row: Row, error: unknown): Promise<boolean> {
    const { work, clock, log } = this.#tools
    log.warn({ outbox: 'act', meeting: row['meeting'], error: describe(error) }, 'an act was refused by the case')
    await work.asItself(async (tx) => {
      const sql = sqlOf(tx)
      const now = clock.now()
      const meeting = await tx.findOne(MeetingEntity, { where: { id: row['meeting'] as string } })
      await sql('DELETE FROM meetings.outbox WHERE seq = $1', [row['seq']])
      if (!meeting) return
      const key = `act-refused/${(row['payload'] as ActForPerson).key}`.slice(0, 200)
      await tell(sql, { meeting: meeting.id, caseId: meeting.caseId, version: meeting.factsVersion, now }, [
        { kind: 'notice', payload: noticeOf(meeting, [{ row: 'act-refused', key, at: now, whom: 'case-manager' }], now) },
      ])
    })
    return true
  }
}
