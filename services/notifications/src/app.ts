/** Letters: what the procedure asks to tell reaches the right people, once, in their language, the hour first. */
import { Module, type DynamicModule } from '@nestjs/common'
import { verifierOn } from '@tirek/platform/auth'
import { CaseReadings, CaseReadingsController } from '@tirek/platform/case-readings'
import type { Clock } from '@tirek/platform/clock'
import type { readConfig } from '@tirek/platform/config'
import { join } from 'node:path'
import { Database } from '@tirek/platform/database'
import { startApp } from '@tirek/platform/http'
import { createLog, type Log } from '@tirek/platform/log'
import { createMetrics } from '@tirek/platform/metrics'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { Ticker } from '@tirek/platform/ticker'
import { Trail } from '@tirek/platform/trail'
import { trailRoutes } from '@tirek/platform/trail-routes'
import { TrailTable } from '@tirek/platform/trail-table'
import { doorOf } from '@tirek/policy/work'
import { sendAlerts } from './alerts/alert.ts'
import {
  InboundController,
  MOST_HANDED,
  RepliesOfReferralController,
  UnmatchedController,
  UnmatchedOfMeetingController,
} from './inbound/inbound.controller.ts'
import { InboundService } from './inbound/inbound.service.ts'
import { Listener } from './inbound/listener.ts'
import { Mailbox, MAILBOX_EVERY } from './inbound/mailbox.ts'
import { forgetOldUnmatched, UnmatchedService } from './inbound/unmatched.ts'
import { LinkFileService } from './links/file.service.ts'
import { LinkController, ReceiptController } from './links/link.controller.ts'
import { LinkTries } from './links/link-tries.ts'
import { LinkService } from './links/link.service.ts'
import { LetterController, MyNoticeController } from './letters/letter.controller.ts'
import { LetterService } from './letters/letter.service.ts'
import { addLetterMetrics } from './letters/metrics.ts'
import { LettersRecord } from './letters/record.ts'
import { LetterPages, pagesUrlOf } from './letters/wall.ts'
import { NUMBERS } from './notices/numbers.ts'
import { knownAnswer, Lane, sentOf } from './letters/send.ts'
import { tell } from './letters/tell.ts'
import { Ledger } from './mail/ledger.ts'
import { MailController, MOST_MAIL } from './mails/mail.controller.ts'
import { MailService } from './mails/mail.service.ts'
import { PushController, PushService } from './push/push.controller.ts'
import { forgetDevices, sendPushes } from './push/push.ts'
import { pushOf } from './push/vapid.ts'
import { sendNews } from './mails/news.ts'
import { openNotifications } from './migrations.ts'
import { DecisionController, ReferralMailController } from './referrals/referral.controller.ts'
import { DecisionService } from './referrals/decision.service.ts'
import { ReferralMailService } from './referrals/mail.service.ts'
import { InternalController } from './notices/internal.controller.ts'
import { NoticeService } from './notices/notice.service.ts'
import { RightsService } from './notices/rights.service.ts'

export const NOTIFICATIONS_NEEDS = ['DATABASE_URL', 'ISSUER_URL', 'SERVICE_KEY', 'SERVICE_PUBLIC_KEYS', 'SMTP_URL', 'CASES_URL'] as const
export type NotificationsConfig = ReturnType<typeof readConfig<(typeof NOTIFICATIONS_NEEDS)[number]>>

export type RunningNotifications = {
  url: string
  /** Where mail is taken in by SMTP; undefined: nowhere. */
  inboundPort: number | undefined
  /** Does everything that is due by the Clock, until nothing is left; returns how much it did. */
  tick(): Promise<number>
  /** The earliest instant at which something unsettled is due, ms; undefined: all is settled. */
  nextInstant(): Promise<number | undefined>
  close(): Promise<void>
}

@Module({})
class NotificationsModule {}

/** Starts the service. `loops: false`: nothing runs by the machine's timer, `tick()` does. */
export async function startNotifications(options: {
  config: NotificationsConfig
  clock: Clock
  log?: Log
  loops?: boolean
}): Promise<RunningNotifications> {
  const { config, clock } = options
  const log = options.log ?? createLog('notifications')
  const db = await openNotifications(config.DATABASE_URL)
  const pagesDb = await Database.open(pagesUrlOf(config.DATABASE_URL), 'notifications-pages', 4)
  const ledger = Ledger.open(config.LEDGER_FOLDER ?? join(config.TIREK_HOME, 'ledger'), clock.now())
  try {
    const trail = new Trail(db, 'notifications', clock)
    const record = new LettersRecord(
      db,
      clock,
      log,
      {
        mailFrom: config.MAIL_FROM,
        webUrl: config.WEB_URL,
        smtpUrl: config.SMTP_URL,
        casesUrl: config.CASES_URL,
        meetingsUrl: config.MEETINGS_URL,
        referralsUrl: config.REFERRALS_URL,
        caller: new ServiceCaller('notifications', config.SERVICE_KEY),
        sealSecret: config.SERVICE_KEY,
        alertUrl: config.ALERT_URL,
        push: pushOf(config),
        holdBefore: config.MAIL_HOLD_BEFORE,
      },
      ledger,
    )
    await holdOld(record)
    const lanes = {
      urgent: new Lane(record, 'urgent', { connections: 2, workers: 2 }),
      ordinary: new Lane(record, 'ordinary', { connections: 3, workers: 6 }),
    }
    const loops = {
      tellUrgent: new Ticker('tell-urgent', 500, log, () => tell(record, 'urgent')),
      sendUrgent: new Ticker('send-urgent', 500, log, () => lanes.urgent.tick()),
      tellOrdinary: new Ticker('tell-ordinary', 1_000, log, () => tell(record, 'ordinary')),
      sendOrdinary: new Ticker('send-ordinary', 1_000, log, () => lanes.ordinary.tick()),
      alerts: new Ticker('alerts', 500, log, () => sendAlerts(record)),
      pushes: new Ticker('pushes', 500, log, () => sendPushes(record)),
      devices: new Ticker('devices', 60_000, log, () => forgetDevices(record)),
      news: new Ticker('news', 500, log, () => sendNews(record)),
      unmatched: new Ticker('old-unmatched', 3_600_000, log, () => forgetOldUnmatched(db, clock.now())),
    }
    record.wakeSenders = () => loops.sendOrdinary.wake()
    record.tellNow = async () => {
      const made = await tell(record, 'urgent')
      loops.sendUrgent.wake()
      loops.sendOrdinary.wake()
      loops.alerts.wake()
      loops.pushes.wake()
      return made
    }
    const metrics = createMetrics('notifications')
    addLetterMetrics(metrics, record)
    const module: DynamicModule = {
      module: NotificationsModule,
      controllers: [
        InternalController,
        PushController,
        MyNoticeController,
        LetterController,
        LinkController,
        ReceiptController,
        MailController,
        ReferralMailController,
        DecisionController,
        InboundController,
        UnmatchedController,
        CaseReadingsController,
        UnmatchedOfMeetingController,
        RepliesOfReferralController,
        trailRoutes('api/notifications/trail', 'trail-of-letters'),
      ],
      providers: [
        { provide: LettersRecord, useValue: record },
        { provide: Trail, useValue: trail },
        { provide: TrailTable, useValue: new TrailTable(db, trail, NUMBERS) },
        { provide: CaseReadings, useValue: new CaseReadings(db, 'notifications') },
        { provide: LetterPages, useValue: new LetterPages(pagesDb, db, clock) },
        NoticeService,
        RightsService,
        LetterService,
        PushService,
        InboundService,
        UnmatchedService,
        { provide: LinkTries, useValue: new LinkTries(db) },
        LinkService,
        LinkFileService,
        MailService,
        ReferralMailService,
        DecisionService,
      ],
    }
    const { app, url, close } = await startApp({
      name: 'notifications',
      title: 'Tirek: letters and notices',
      module,
      log,
      metrics,
      verify: verifierOn(db, config),
      servicePublicKeys: config.SERVICE_PUBLIC_KEYS,
      mostBytes: {
        '/internal/mails': MOST_MAIL,
        '/internal/referral-mails': MOST_MAIL,
        '/api/links/decide': MOST_MAIL,
        '/internal/inbound': MOST_HANDED,
      },
      doorOf: (method, path) => doorOf('notifications', method, path),
      trail,
      parts: { database: () => db.query('SELECT 1'), ledger: async () => ledger.check() },
      port: config.SERVICE_PORT,
      host: config.SERVICE_HOST,
    })
    const inbound = app.get(InboundService)
    const listener =
      config.INBOUND_SMTP_PORT === undefined
        ? undefined
        : await Listener.start(inbound, { port: config.INBOUND_SMTP_PORT, host: config.INBOUND_SMTP_HOST }, log)
    const mailbox = config.IMAP_URL === undefined ? undefined : new Mailbox(inbound, config.IMAP_URL, log)
    const polling = mailbox && new Ticker('mailbox', MAILBOX_EVERY, log, () => mailbox.poll())
    if (options.loops !== false) polling?.start()
    if (options.loops !== false) for (const loop of Object.values(loops)) loop.start()
    return {
      url,
      inboundPort: listener?.port,
      async tick() {
        for (let all = 0; ;) {
          let did = 0
          for (const loop of [...Object.values(loops), ...(polling ? [polling] : [])]) did += await loop.tick()
          if (did === 0) return all
          all += did
        }
      },
      nextInstant: () => nextInstant(record),
      async close() {
        await listener?.close()
        await polling?.stop()
        for (const loop of Object.values(loops)) await loop.stop()
        lanes.urgent.close()
        lanes.ordinary.close()
        await close()
        await ledger.close()
        await pagesDb.close()
        await db.close()
      },
    }
  } catch (error) {
    await pagesDb.close()
    await db.close()
    throw error
  }
}

async function nextInstant({ db, settings }: LettersRecord): Promise<number | undefined> {
  const [row] = await db.query(
    `SELECT min(at) AS at FROM (
       SELECT send_at AS at FROM notifications.notice WHERE state = 'waiting'
       UNION ALL SELECT try_at FROM notifications.letter WHERE try_at IS NOT NULL
       UNION ALL SELECT queued_at FROM notifications.letter WHERE state = 'sending'
       UNION ALL SELECT try_at FROM notifications.alert WHERE try_at IS NOT NULL
       UNION ALL SELECT try_at FROM notifications.push WHERE try_at IS NOT NULL AND $3
       UNION ALL SELECT try_at FROM notifications.news WHERE try_at IS NOT NULL AND ((service = 'meetings' AND $1) OR (service = 'referrals' AND $2))) open`,
    [settings.meetingsUrl !== undefined, settings.referralsUrl !== undefined, settings.push !== undefined],
  )
  return row?.['at'] ?? undefined
}

/** After a restore: letters of before are held and go out by hand only, but for those that the ledger knows to be sent. */
async function holdOld({ db, log, settings, ledger }: LettersRecord): Promise<void> {
  if (settings.holdBefore === undefined) return
  const held = await db.query(
    `UPDATE notifications.letter SET state = 'held', try_at = NULL, lease_until = NULL WHERE state IN ('queued', 'retry', 'sending', 'doubtful') AND settled_at IS NULL AND asked_at < $1 RETURNING 1`,
    [settings.holdBefore],
  )
  const alerts = await db.query('UPDATE notifications.alert SET try_at = NULL WHERE try_at < $1 RETURNING 1', [settings.holdBefore])
  await db.query('UPDATE notifications.push SET try_at = NULL WHERE queued_at < $1', [settings.holdBefore])
  const waiting = await db.query(`SELECT id, message_id, told FROM notifications.letter WHERE state = 'held'`)
  const known = waiting.flatMap((letter) => {
    const at = ledger.sentAt(sentOf(letter))
    return at === undefined ? [] : [{ id: letter['id'], at, answer: knownAnswer(at) }]
  })
  await db.query(
    `UPDATE notifications.letter l SET state = 'accepted', settled_at = k.at, answer = k.answer
       FROM jsonb_to_recordset($1::jsonb) AS k(id uuid, at bigint, answer text) WHERE l.id = k.id AND l.state = 'held'`,
    [JSON.stringify(known)],
  )
  log.warn({ letters: held.length, known: known.length, alerts: alerts.length }, 'letters of before the restore are held')
}
