/** The packet (CP-54): one PDF of what stands now, kept, and the same bytes ever after. It is looked at before it is sent. */
import { DOCUMENT_KINDS, ENCLOSURE_KINDS, REFERRAL_BODIES, REFERRAL_QUESTIONS } from '@tirek/contract/forms/referral-codes'
import type { MailAttachment } from '@tirek/contract/mails'
import { Prints, type Print } from '@tirek/contract/prints'
import type { MeetingDecided } from '@tirek/contract/referrals'
import { packetOf, PacketTooLarge, WithoutPages } from '@tirek/documents/packet/packet'
import type { Enclosure as Enclosing, PacketView } from '@tirek/documents/packet/view'
import type { FileStore } from '@tirek/platform/files/file-store'
import type { Uploads } from '@tirek/platform/files/uploads'
import { ProblemError } from '@tirek/platform/problem'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import { answerDueDay } from '@tirek/procedure/referrals/due'
import { dayOf } from '@tirek/procedure/time'
import type { DirectoryViews } from '@tirek/proceedings/directory'
import type { Store } from '@tirek/proceedings/store'
import { In, IsNull, Not } from 'typeorm'
import { createHash, randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Agencies } from '../addressing/agencies.ts'
import { bytesOf } from '../documents/pages.ts'
import { withDemandsOf, type Decided } from '../preparing/decided.ts'
import type { Changing } from '../record/kind.ts'
import { FileEntity, PacketEntity } from '../record/parts.entities.ts'
import { ReferralEntity } from '../record/referral.entity.ts'

/** `file`: of a document that was added. */
type Kinded = { kind: keyof typeof ENCLOSURE_KINDS; enclosure: Enclosing; file?: string }
type Printing = Pick<Changing, 'loaded' | 'who' | 'decision' | 'now'>
/** Printed and in the store of files, in no row yet. */
export type Printed = {
  edited: Pick<ReferralEntity, 'demands' | 'agency' | 'contact' | 'addressee'>
  file: Omit<FileEntity, 'referral' | 'caseId' | 'madeAt'>
} & Pick<PacketEntity, 'enclosures' | 'sources'>
export type PacketTools = {
  files: FileStore
  uploads: Uploads
  work: Store
  directory: DirectoryViews
  agencies: Agencies
  decided: Decided
  caller: ServiceCaller
  casesUrl: string
  meetingsUrl: string
}

const LONGEST_CALL_MS = 15_000
/** Two of them while a referral is held. */
const LONGEST_CHECK_MS = 5_000

export class Packets {
  readonly #tools: PacketTools

  constructor(tools: PacketTools) {
    this.#tools = tools
  }

  /** Prints what stands now and puts it into the store of files. Takes seconds: outside of any transaction. */
  async print(of: Printing): Promise<Printed> {
    const { agencies, decided, files } = this.#tools
    const { referral } = of.loaded
    const told = referral.meeting === null ? undefined : await decided.by(referral.meeting, referral.caseId)
    // CP-58: the protocol may have been approved, or corrected, since the referral was prepared.
    if (told) referral.demands = withDemandsOf(told, referral.demands)
    // The letter names whom the directory names now, and they are who it is shown to go to.
    Object.assign(referral, await agencies.now(referral, of.decision.territory))
    const prints = await this.#prints(of, LONGEST_CALL_MS)
    const { view, enclosed } = await this.#viewOf(of, prints, told)
    const packet = await packetOf(view).catch((error: unknown) => {
      if (error instanceof WithoutPages) throw new ProblemError('file-no-pages')
      throw error instanceof PacketTooLarge ? new ProblemError('packet-too-large') : error
    })
    const id = randomUUID()
    const { id: stored, sha256, size } = await files.put(packet.bytes, { type: 'application/pdf', key: id })
    const { demands, agency, contact, addressee } = referral
    return {
      edited: { demands, agency, contact, addressee },
      file: { id, of: 'packet', stored, name: packet.name, type: 'application/pdf', sha256, size },
      enclosures: packet.enclosures.map(({ title, sha256: hash, pages }, n) => ({
        kind: enclosed[n]!.kind,
        title,
        sha256: hash,
        pages: pages.count,
        ...(enclosed[n]!.file !== undefined && { file: enclosed[n]!.file }),
      })),
      sources: sourcesOf(referral, prints, told),
    }
  }

  /** Keeps what was printed as the next version, in the transaction of the act. */
  async keep({ loaded, tx, now, who }: Changing, { edited, file, enclosures, sources }: Printed): Promise<void> {
    const { referral } = loaded
    Object.assign(referral, edited)
    const { caseId } = referral
    await tx.insert(FileEntity, { ...file, referral: referral.id, caseId, madeAt: now })
    const version = (loaded.packet?.version ?? 0) + 1
    const madeAt = Math.max(now, referral.editedAt)
    loaded.packet = {
      ...{ referral: referral.id, version, caseId, madeAt, madeBy: who.person, frozenAt: null, file: file.id },
      ...{ enclosures, sources },
    }
    await tx.insert(PacketEntity, loaded.packet)
  }

  /** Removes what was printed unless it was kept: no paper of a child lies about that nobody knows of. Where that cannot be told it stays. */
  async unlessKept({ file }: Printed): Promise<void> {
    const { work, files } = this.#tools
    const isKept = await work.asItself((tx) => tx.existsBy(FileEntity, { id: file.id })).catch(() => true)
    if (!isKept) await files.remove(file.stored)
  }

  /** Would it be printed from the same acts and the same protocol now? One may have been withdrawn as entered in error since. */
  async isOfNow(change: Printing): Promise<boolean> {
    const { referral, packet } = change.loaded
    const decided = referral.meeting === null ? undefined : await this.#tools.decided.by(referral.meeting, referral.caseId)
    return isDeepStrictEqual(packet?.sources, sourcesOf(referral, await this.#prints(change, LONGEST_CHECK_MS), decided))
  }

  /** A packet as mail takes it. Throws `not-found` for one that never went out, and once the referral is withdrawn. */
  async attachment(id: string): Promise<MailAttachment> {
    const file = await this.#tools.work.asItself(async (tx) => {
      const packet = await tx.findOne(PacketEntity, { where: { file: id, frozenAt: Not(IsNull()) } })
      const goesOut = packet && (await tx.existsBy(ReferralEntity, { id: packet.referral, state: Not('withdrawn') }))
      return goesOut ? tx.findOne(FileEntity, { where: { id, of: 'packet' } }) : null
    })
    if (!file) throw new ProblemError('not-found')
    const content = await this.#tools.files.get(file.stored)
    return { name: file.name, type: 'application/pdf', sha256: file.sha256, content: content.toString('base64') }
  }

  async #viewOf(
    change: Printing,
    { child, items }: Prints,
    decided: MeetingDecided | undefined,
  ): Promise<{ view: PacketView; enclosed: Kinded[] }> {
    const { loaded, now, who, decision } = change
    const { referral } = loaded
    const lang = referral.addressee?.lang ?? 'ru'
    const { directory } = this.#tools
    const names = await directory.organisationName(referral.organisation)
    const signer = await directory.person(who.person, decision.organisation)
    const enclosed = [
      ...items.filter(({ kind }) => isWanted(kind, referral.enclosures)).map((print) => this.#sheet(print, lang, names[lang])),
      ...(await this.#protocol(change, decided)),
      ...(await this.#documents(referral, lang)),
    ]
    const calendar = await directory.calendar(referral.calendar)
    return {
      enclosed,
      view: {
        lang,
        createdAt: now,
        organisation: names[lang],
        outgoing: { number: referral.outgoing!, day: dayOf(now) },
        body: coverOf(referral.body, referral.addressee?.kind),
        to: { organisation: referral.addressee?.name ?? REFERRAL_BODIES[referral.body][lang], person: referral.addressee?.contact },
        child,
        question: `${REFERRAL_QUESTIONS[referral.question][lang]}. ${referral.letter}`,
        answerBy: referral.dueDay ?? answerDueDay(referral.body, now, decision.terms, calendar),
        demands: referral.demands.map(({ who: author, demands, reasons }) => ({ author, demand: demands, reasons })),
        signer: { name: signer?.name ?? '' },
        phone: signer?.phone ?? undefined,
        enclosures: enclosed.map(({ enclosure }) => enclosure),
      },
    }
  }

  async #prints({ loaded: { referral }, who }: Printing, longest: number): Promise<Prints> {
    const { caller, casesUrl } = this.#tools
    const asked = { who: { person: who.person }, caseId: referral.caseId, lang: referral.addressee?.lang ?? 'ru' }
    const answer = await caller.call('cases', new URL('/internal/cases/prints', casesUrl).href, asked, longest).catch(() => {
      throw new ProblemError('unavailable')
    })
    return Prints.parse(answer)
  }

  #sheet({ kind, title, blocks, recordedAt }: Print, lang: PacketView['lang'], issuer: string): Kinded {
    const sheet = { lang, title, issuer, heading: [title], blocks, createdAt: recordedAt }
    return { kind: kind === 'plan-signed' ? 'plan' : 'assessment', enclosure: { title, sheet } }
  }

  /** In the order in which they were added, as they were handed in. */
  async #documents({ documents }: ReferralEntity, lang: PacketView['lang']): Promise<Kinded[]> {
    const { work, uploads } = this.#tools
    const rows = await work.asItself((tx) => tx.find(FileEntity, { where: { id: In(documents.map(({ file }) => file)) } }))
    const known = new Map(rows.map((row) => [row.id, row]))
    const all: Kinded[] = []
    for (const one of documents) {
      const row = known.get(one.file)!
      const { name, type } = row
      all.push({
        kind: 'upload',
        enclosure: { title: titleOf(one, lang), file: { name, type, bytes: await bytesOf(uploads, row) } },
        file: one.file,
      })
    }
    return all
  }

  /** The bytes that everybody who took part has. */
  async #protocol({ loaded: { referral } }: Printing, of: MeetingDecided | undefined): Promise<Kinded[]> {
    const { caller, meetingsUrl } = this.#tools
    const pdf = of?.protocol?.files.find(({ type }) => type === 'application/pdf')
    if (!of?.protocol || !pdf || !referral.enclosures.includes('protocol')) return []
    const file = (await caller
      .call('meetings', new URL(`/internal/files/${pdf.id}`, meetingsUrl).href, undefined, LONGEST_CALL_MS)
      .catch(() => {
        throw new ProblemError('unavailable')
      })) as MailAttachment
    const title = `${ENCLOSURE_KINDS.protocol[referral.addressee?.lang ?? 'ru']} № ${of.protocol.number}`
    return [
      { kind: 'protocol', enclosure: { title, file: { name: file.name, type: file.type, bytes: Buffer.from(file.content, 'base64') } } },
    ]
  }
}

/** «Заключение ПМПК: № 12 от 3 ноября». */
function titleOf({ kind, title }: ReferralEntity['documents'][number], lang: PacketView['lang']): string {
  const name = DOCUMENT_KINDS[kind][lang]
  if (kind === 'other') return title!
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}${title ? `: ${title}` : ''}`
}

const isWanted = (kind: string, enclosures: readonly string[]) => enclosures.includes(kind === 'plan-signed' ? 'plan' : 'assessment')

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

const sourcesOf = (
  { enclosures }: Pick<ReferralEntity, 'enclosures'>,
  { child, items }: Prints,
  decided: MeetingDecided | undefined,
): string[] => [
  `child/${hashOf(child)}`,
  ...items.filter(({ kind }) => isWanted(kind, enclosures)).map(({ act, title, blocks }) => `${act}/${hashOf([title, blocks])}`),
  ...(decided ? [`demands/${hashOf(decided.demands)}`] : []),
  ...(decided?.protocol && enclosures.includes('protocol') ? [`protocol/${decided.protocol.number}/${decided.protocol.version}`] : []),
]

const coverOf = (body: string, kind: string | undefined): PacketView['body'] =>
  kind === 'commission-minors'
    ? 'commission-minors'
    : body === 'commission'
      ? 'commission-services'
      : (body as 'pmpk' | 'guardianship-body')

/** It is of what stands now. */
export const isFresh = ({ referral, packet }: Changing['loaded']): boolean => packet !== undefined && packet.madeAt >= referral.editedAt
