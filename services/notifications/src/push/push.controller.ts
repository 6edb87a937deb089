import { Body, Controller, Get, HttpCode, Inject, Injectable, Post, Put } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { PushAllowed, PushDevice, PushStopped } from '@tirek/contract/letters'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { LettersRecord } from '../letters/record.ts'
import { isPushService } from './vapid.ts'

/** So many devices of one person; a new one takes the place of the oldest. */
const MOST_DEVICES = 10

@Injectable()
export class PushService {
  constructor(
    @Inject(LettersRecord) private readonly record: LettersRecord,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  async allowed({ person }: Who): Promise<z.infer<typeof PushAllowed>> {
    const [row] = await this.record.db.query('SELECT count(*)::int AS n FROM notifications.push_device WHERE person = $1', [person])
    return { key: this.record.settings.push?.publicKey ?? null, devices: row!['n'] as number }
  }

  /** The same device allowed again, or by another person: it is theirs now. */
  async allow(who: Who, { endpoint, keys }: z.infer<typeof PushDevice>): Promise<void> {
    const { push } = this.record.settings
    if (!push || !isPushService(endpoint, push.hosts)) throw new ProblemError('not-allowed')
    await this.record.db.transaction(async (sql) => {
      await sql('DELETE FROM notifications.push_device WHERE endpoint = $1', [endpoint])
      await sql(
        `DELETE FROM notifications.push_device WHERE id IN (SELECT id FROM notifications.push_device WHERE person = $1 ORDER BY made_at DESC, id OFFSET ${MOST_DEVICES - 1})`,
        [who.person],
      )
      await sql('INSERT INTO notifications.push_device (id, person, endpoint, p256dh, auth, made_at) VALUES ($1, $2, $3, $4, $5, $6)', [
        randomUUID(),
        who.person,
        endpoint,
        keys.p256dh,
        keys.auth,
        this.record.clock.now(),
      ])
      await this.trail.record([{ who, what: 'push-allowed' }], sql)
    })
  }

  async stop(who: Who, endpoint: string): Promise<void> {
    await this.record.db.transaction(async (sql) => {
      await sql('DELETE FROM notifications.push_device WHERE endpoint = $1 AND person = $2', [endpoint, who.person])
      await this.trail.record([{ who, what: 'push-stopped' }], sql)
    })
  }
}

@Controller('api/notices/push')
export class PushController {
  constructor(@Inject(PushService) private readonly push: PushService) {}

  @Get()
  @Untrailed('only how many devices of one’s own there are')
  @ApiOkResponse({ standardSchema: PushAllowed } as never)
  allowed(@WhoIs() who: Who) {
    return this.push.allowed(who)
  }

  @Put()
  @Trailed('push-allowed')
  @HttpCode(204)
  allow(@Body({ schema: PushDevice }) device: z.infer<typeof PushDevice>, @WhoIs() who: Who) {
    return this.push.allow(who, device)
  }

  /** A device that is not known is not told anything either. */
  @Post('stop')
  @Trailed('push-stopped')
  @HttpCode(204)
  stop(@Body({ schema: PushStopped }) { endpoint }: z.infer<typeof PushStopped>, @WhoIs() who: Who) {
    return this.push.stop(who, endpoint)
  }
}
