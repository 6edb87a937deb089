import { Inject, Injectable } from '@nestjs/common'
import type { Setting, SettingChange } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import { asInput, DirectoryRecord } from '../record.ts'
import { TERMS } from './terms.ts'

@Injectable()
export class SettingService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  async list(organisation: string, who: Who): Promise<{ items: Setting[] }> {
    const rows = await this.record.rows(who, 'SELECT term, value::float8 AS value FROM directory.setting WHERE organisation = $1', [
      organisation,
    ])
    const set = new Map(rows.map((row) => [row['term'], row['value']]))
    return { items: [...TERMS.values()].map((term) => ({ ...term, value: set.get(term.term) ?? term.standard })) }
  }

  async set(change: SettingChange, who: Who): Promise<{ items: Setting[] }> {
    const term = TERMS.get(change.term)
    if (!term || (change.value !== null && (change.value < term.least || change.value > term.most))) {
      throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'invalid', path: [term ? 'value' : 'term'] }] })
    }
    await this.record.change(who, { body: change }, async ({ sql, trail, tellCases }) => {
      const [before] = await sql('SELECT value FROM directory.setting WHERE organisation = $1 AND term = $2', [
        change.organisation,
        change.term,
      ])
      if (change.value === null)
        await sql('DELETE FROM directory.setting WHERE organisation = $1 AND term = $2', [change.organisation, change.term])
      else {
        await asInput(
          'organisation',
          sql(
            'INSERT INTO directory.setting (organisation, term, value) VALUES ($1, $2, $3) ON CONFLICT (organisation, term) DO UPDATE SET value = excluded.value',
            [change.organisation, change.term, change.value],
          ),
        )
      }
      await trail('setting-changed', change.organisation, before, change)
      await tellCases({ kind: 'settings', organisation: change.organisation })
    })
    return this.list(change.organisation, who)
  }
}
