import { Inject, Injectable } from '@nestjs/common'
import type { LinkFile, LinkFileAsked, LinkPurpose } from '@tirek/contract/links'
import { MailAttachment } from '@tirek/contract/mails'
import type { Sql } from '@tirek/platform/database'
import { LinkRevoked, type Link } from '@tirek/platform/links'
import { describe } from '@tirek/platform/ticker'
import { Trail } from '@tirek/platform/trail'
import { createHash } from 'node:crypto'
import { LettersRecord } from '../letters/record.ts'
import { byLink } from '../mails/answers.ts'
import { noteOpened, tryCode } from '../mails/file-code.ts'
import { tellOf } from '../mails/news.ts'
import { isOfFile, LinkService } from './link.service.ts'

/** The file behind a link: opened with a code that no mail holds, asked of who keeps it at that moment and kept nowhere here. */
@Injectable()
export class LinkFileService {
  constructor(
    @Inject(LettersRecord) private readonly record: LettersRecord,
    @Inject(LinkService) private readonly links: LinkService,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  async open({ token, code }: LinkFileAsked): Promise<LinkFile> {
    const { links, db, clock, settings } = this.record
    const found = await links.look(token)
    if (found.state !== 'open' || !isOfFile(found.link.purpose)) return { answer: await this.links.look(token) }
    const { subject, purpose } = found.link
    const now = clock.now()
    const tried = await db.transaction(async (sql) => {
      const made = await tryCode(sql, subject, code, settings.sealSecret, now)
      if (made.is === 'locked' && made.now) {
        await tellOf(sql, subject, 'locked', { at: now, now, n: 0 })
        await this.#record(sql, subject, 'mail-file-locked', now)
      }
      return made
    })
    if (tried.is !== 'right')
      return {
        answer: await this.links.look(
          token,
          tried.is === 'locked' ? 'locked' : 'wrong-code',
          tried.is === 'wrong' ? tried.left : undefined,
        ),
      }
    const file = await this.#fileOf(tried.file, purpose === 'file' ? 'meetings' : 'referrals')
    if (!file) {
      await db.query('UPDATE notifications.file_code SET tries = 0 WHERE letter = $1', [subject])
      return { answer: await this.links.look(token, 'no-file') }
    }
    const used = await links.use(token, purpose, (sql, link) => this.#note(sql, link, now))
    return used.state === 'done' ? { answer: await this.links.look(token), file } : { answer: await this.links.look(token) }
  }

  async #note(sql: Sql, { subject }: Pick<Link<LinkPurpose>, 'subject'>, now: number): Promise<void> {
    await noteOpened(sql, subject, now)
    await tellOf(sql, subject, 'opened', { at: now, now, n: 0 })
    await this.#record(sql, subject, 'mail-file-opened', now)
  }

  async #record(sql: Sql, letter: string, what: string, at: number): Promise<void> {
    const [mail] = await sql(
      'SELECT m.invitee, m.case_id, m.referral, l.organisation FROM notifications.mail m JOIN notifications.letter l ON l.id = m.letter WHERE m.letter = $1',
      [letter],
    )
    if (!mail) throw new LinkRevoked()
    const by = byLink({ invitee: mail['invitee'], organisation: mail['organisation'] })
    const done = mail['referral'] === null ? what : what.replace('mail-file', 'referral-packet')
    const outcome = what === 'mail-file-locked' ? ('refused' as const) : ('done' as const)
    await this.trail.record([{ ...by, what: done, caseId: mail['case_id'], about: letter, at, outcome }], sql)
  }

  /** `undefined`: the service that has it is away, or what it gave is not what it says. */
  async #fileOf(id: string, service: 'meetings' | 'referrals'): Promise<MailAttachment | undefined> {
    const { settings, log } = this.record
    try {
      const base = service === 'meetings' ? settings.meetingsUrl : settings.referralsUrl
      if (!base) throw new Error(`no address of the ${service} service`)
      const file = MailAttachment.parse(await settings.caller.call(service, new URL(`/internal/files/${id}`, base).href))
      if (createHash('sha256').update(Buffer.from(file.content, 'base64')).digest('hex') !== file.sha256)
        throw new Error('other bytes than its hash says')
      return file
    } catch (error) {
      log.warn({ error: describe(error) }, 'the file behind a link could not be had')
      return undefined
    }
  }
}
