import { Inject, Injectable } from '@nestjs/common'
import type { NewQuarantine, Quarantine } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import type { Row } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import { pageFrom, type PageAsked } from '../page.ts'
import { DirectoryRecord, type Change } from '../record.ts'

const SELECT = 'SELECT id, territory, from_day::text, to_day::text, document FROM directory.quarantine'
const quarantineOf = (row: Row): Quarantine => ({
  id: row['id'],
  territory: row['territory'],
  fromDay: row['from_day'],
  toDay: row['to_day'],
  document: row['document'],
})

/** RS-01: strict quarantine of a territory. While it is on, remote contacts count as home visits (CP-45). */
@Injectable()
export class QuarantineService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  async list(asked: PageAsked, who: Who) {
    const rows = await this.record.rows(who, `${SELECT} WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`, [
      asked.after ?? null,
      asked.limit + 1,
    ])
    return pageFrom(rows.map(quarantineOf), asked)
  }

  declare(mode: NewQuarantine, who: Who, key: string | undefined): Promise<Quarantine> {
    return this.record.change(who, { key, body: mode }, async (change) => {
      await mustBeHere(change, who, mode.territory)
      const id = randomUUID()
      await change.sql('INSERT INTO directory.quarantine (id, territory, from_day, to_day, document) VALUES ($1, $2, $3, $4, $5)', [
        id,
        mode.territory,
        mode.fromDay,
        mode.toDay ?? null,
        mode.document,
      ])
      await change.trail('quarantine-declared', id, undefined, mode)
      await change.tellCases({ kind: 'quarantine', territory: mode.territory })
      return { id, ...mode }
    })
  }

  end(id: string, toDay: string, who: Who): Promise<Quarantine> {
    return this.record.change(who, { body: { id, toDay } }, async (change) => {
      const [row] = await change.sql(`${SELECT} WHERE id = $1`, [id])
      if (!row) throw new ProblemError('not-found')
      await mustBeHere(change, who, row['territory'])
      // Only who may change a row may lock it.
      const [locked] = await change.sql(`${SELECT} WHERE id = $1 FOR UPDATE`, [id])
      const before = quarantineOf(locked!)
      if (toDay < before.fromDay) throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'invalid', path: ['toDay'] }] })
      await change.sql('UPDATE directory.quarantine SET to_day = $2 WHERE id = $1', [id, toDay])
      await change.trail('quarantine-ended', id, before, { toDay })
      await change.tellCases({ kind: 'quarantine', territory: before.territory })
      return { ...before, toDay }
    })
  }
}

/** A head declares it for the territory of the organisation only. */
async function mustBeHere({ sql }: Change, who: Who, territory: string): Promise<void> {
  if (who.role === 'administrator') return
  const [row] = await sql('SELECT 1 FROM directory.organisation WHERE id = $1 AND territory = $2', [who.organisation, territory])
  if (!row) throw new ProblemError('not-allowed')
}
