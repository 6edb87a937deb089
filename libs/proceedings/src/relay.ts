/**
 * Carries the outbox: mails and notices to the notifications service, acts to the cases service, facts to Temporal, each kind by itself. Rows are
 * leased, so that a killed process loses nothing; a repeated delivery changes nothing at the receiver.
 */
import type { NoticeInput } from '@tirek/contract/notices'
import type { ToldAct } from '@tirek/contract/proceedings'
import type { Lang } from '@tirek/contract/roles'
import type { Clock } from '@tirek/platform/clock'
import type { Row } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { ServiceRefusal, type ServiceCaller } from '@tirek/platform/service-tokens'
import { describe } from '@tirek/platform/ticker'
import { saveProceeding } from './changes.ts'
import type { CasesNow } from './cases-now.ts'
import type { DirectoryViews } from './directory.ts'
import type { Kind, ProceedingFacts, ProceedingStep } from './kind.ts'
import { noticeOf } from './notice.ts'
import { tell } from './outbox.ts'
import { sqlOf, type Store } from './store.ts'

/** What mails of every kind of proceeding have. */
type MailPayload = { mail: { caseId: string; organisation: string; to: { lang: Lang }; about: { organisationName: string } } }

export type RelayTools<L, F extends ProceedingFacts, S extends ProceedingStep> = {
  kind: Kind<L, F, S>
  directory: DirectoryViews
  work: Store
  clock: Clock
  log: Log
  caller: ServiceCaller
  notificationsUrl: string
  casesUrl: string
  cases: CasesNow
  /** The door of the cases service to which acts of this kind go. */
  actsPath: 'acts' | 'acts-of-referrals'
  /** Hands a mail over, by what its row keeps of it. */
  sendMail(payload: unknown): Promise<unknown>
  /** Tells the workflow; returns the version that it knows then. */
  tellFacts(id: string, rowId: string): Promise<number>
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

/** Two machines' clocks differ by a little: what is to come there is not to come for long. */
const SOON = 'happened-in-the-future'
const isForGood = (error: unknown): boolean =>
  error instanceof ServiceRefusal && REFUSED.has(error.status) && (error.said as { code?: string } | undefined)?.code !== SOON

export class Relay<L, F extends ProceedingFacts, S extends ProceedingStep> {
  readonly #tools: RelayTools<L, F, S>
  /** Not before these machine instants, by row: back-off of failures. */
  readonly #later = new Map<number, number>()

  constructor(tools: RelayTools<L, F, S>) {
    this.#tools = tools
  }

  /** One turn of one kind of row; returns how many were delivered. */
  async turn(cargo: Cargo): Promise<number> {
    const { kind, work, clock } = this.#tools
    const { schema, of } = kind
    const { limit, atOnce } = CARGO[cargo]
    const waiting = [...this.#later].filter(([, until]) => until > performance.now()).map(([seq]) => seq)
    // Acts of one proceeding go in their order, and newest facts carry whatever older rows wait.
    const inOrder = cargo === 'act' || cargo === 'facts'
    const rows = await work.asItself((tx) =>
      sqlOf(tx)(
        `UPDATE ${schema}.outbox SET leased_until = clock_timestamp() + interval '${LEASE}', attempts = attempts + 1
          WHERE seq IN (SELECT o.seq FROM ${schema}.outbox o WHERE o.kind = $1 AND o.not_before <= $2 AND (o.leased_until IS NULL OR o.leased_until < clock_timestamp()) AND NOT (o.seq = ANY($3))
            ${inOrder ? `AND NOT EXISTS (SELECT 1 FROM ${schema}.outbox e WHERE e.${of} = o.${of} AND e.kind = o.kind AND e.seq < o.seq)` : ''}
            ORDER BY o.seq FOR UPDATE SKIP LOCKED LIMIT $4)
          RETURNING seq, id, ${of} AS proceeding, case_id, version, payload, attempts`,
        [cargo, clock.now(), waiting, limit],
      ),
    )
    const queue = rows.toSorted((a, b) => Number(a['seq']) - Number(b['seq']))
    let delivered = 0
    await Promise.all(
      Array.from({ length: Math.min(atOnce, queue.length) }, async () => {
        for (let row = queue.shift(); row; row = queue.shift()) if (await this.#deliver(cargo, row)) delivered++
      }),
    )
    return delivered
  }

  async #deliver(cargo: Cargo, row: Row): Promise<boolean> {
    const { kind, work, log, tellFacts } = this.#tools
    const { schema, of } = kind
    const seq = Number(row['seq'])
    const id = row['proceeding'] as string
    try {
      const upTo = cargo === 'facts' ? await tellFacts(id, row['id'] as string) : await this.#post(cargo, row)
      await work.asItself((tx) =>
        cargo === 'facts'
          ? sqlOf(tx)(`DELETE FROM ${schema}.outbox WHERE ${of} = $1 AND kind = 'facts' AND (seq = $2 OR version <= $3)`, [id, seq, upTo])
          : sqlOf(tx)(`DELETE FROM ${schema}.outbox WHERE seq = $1`, [seq]),
      )
      this.#later.delete(seq)
      return true
    } catch (error) {
      if (cargo === 'act' && isForGood(error)) return this.#refused(row, error)
      const attempts = Number(row['attempts'])
      this.#later.set(seq, performance.now() + BACK_OFF_MS[Math.min(attempts - 1, BACK_OFF_MS.length - 1)]!)
      await work.asItself((tx) => sqlOf(tx)(`UPDATE ${schema}.outbox SET leased_until = NULL WHERE seq = $1`, [seq])).catch(() => {})
      log.warn({ outbox: cargo, [of]: id, attempts, error: describe(error) }, 'not delivered yet, tried again')
      return false
    }
  }

  async #post(cargo: 'mail' | 'notice' | 'act', row: Row): Promise<number> {
    const { caller, notificationsUrl, casesUrl, actsPath, sendMail } = this.#tools
    if (cargo === 'act') await caller.call('cases', `${casesUrl}/internal/${actsPath}`, row['payload'] as ToldAct)
    else if (cargo === 'mail') await sendMail(await this.#inNameOfNow(row['payload'] as MailPayload))
    else
      await caller.call('notifications', `${notificationsUrl}/internal/notices`, await this.#withPeopleOfNow(row['payload'] as NoticeInput))
    return 0
  }

  /** The case may be somebody else's by now: whoever leads it is told. */
  async #withPeopleOfNow(notice: NoticeInput): Promise<NoticeInput> {
    const now = await this.#tools.cases.of(notice.caseId)
    if (!now) return notice
    return {
      ...notice,
      organisation: now.organisation,
      people: { ...(now.manager && { caseManager: now.manager }), firstPerson: now.firstPerson },
    }
  }

  /** It may be another organisation's by now: its mail goes in that one's name, and that one's leaders look after it. */
  async #inNameOfNow(payload: MailPayload): Promise<MailPayload> {
    const { mail } = payload
    const now = await this.#tools.cases.of(mail.caseId)
    if (!now || now.organisation === mail.organisation) return payload
    const names = await this.#tools.directory.organisationName(now.organisation)
    const about = { ...mail.about, organisationName: names[mail.to.lang] }
    return { ...payload, mail: { ...mail, organisation: now.organisation, about } }
  }

  /** Somebody of ours must record it by hand: they, and who stands above them, are told in the same transaction that gives it up. */
  async #refused(row: Row, error: unknown): Promise<boolean> {
    const { kind, work, clock, log } = this.#tools
    log.warn({ outbox: 'act', [kind.of]: row['proceeding'], error: describe(error) }, 'an act was refused by the case')
    await work.asItself(async (tx) => {
      const sql = sqlOf(tx)
      const now = clock.now()
      await sql(`DELETE FROM ${kind.schema}.outbox WHERE seq = $1`, [row['seq']])
      const loaded = await kind.load(tx, row['proceeding'] as string, true)
      if (!loaded) return
      const act = row['payload'] as ToldAct
      const proceeding = kind.rowOf(loaded)
      const isUndone = kind.refused?.(loaded, act.kind) ?? false
      if (isUndone) await saveProceeding(tx, kind, this.#tools.directory, loaded, proceeding.version)
      const key = `act-refused/${act.key}`.slice(0, 200)
      const steps = (['case-manager', 'supervisor'] as const).map((whom) => ({ row: 'act-refused', key: `${key}/${whom}`, at: now, whom }))
      await tell(sql, kind, { id: proceeding.id, caseId: proceeding.caseId, version: proceeding.factsVersion, now }, [
        { kind: 'notice', payload: noticeOf(kind, proceeding, steps, now) },
        ...(isUndone ? [{ kind: 'facts' as const }] : []),
      ])
    })
    return true
  }
}
