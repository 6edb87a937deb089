import { Inject, Injectable } from '@nestjs/common'
import type { Duty, NewDuty } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import type { Row } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import { organisationOf } from '../absences/absence.service.ts'
import { pageFrom, type PageAsked } from '../page.ts'
import { DirectoryRecord, mustBeOf } from '../record.ts'

const SELECT = 'SELECT id, organisation, person, from_day::text, to_day::text, position FROM directory.duty'
const dutyOf = (row: Row): Duty => ({
  id: row['id'],
  organisation: row['organisation'],
  person: row['person'],
  fromDay: row['from_day'],
  toDay: row['to_day'],
  position: row['position'],
})

/** The duty list: position 1 is asked first outside working hours, all of them from two hours on. */
@Injectable()
export class DutyService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  async list(asked: PageAsked & { day?: string | undefined }, who: Who) {
    const rows = await this.record.rows(
      who,
      `${SELECT} WHERE ($1::uuid IS NULL OR organisation = $1) AND ($2::date IS NULL OR ($2 >= from_day AND ($2 <= to_day OR to_day IS NULL))) AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4`,
      [who.role === 'administrator' ? null : who.organisation, asked.day ?? null, asked.after ?? null, asked.limit + 1],
    )
    return pageFrom(rows.map(dutyOf), asked)
  }

  add(duty: NewDuty, who: Who, key: string | undefined): Promise<Duty> {
    return this.record.change(who, { key, body: duty }, async ({ sql, trail }) => {
      mustBeOf(who, duty.organisation)
      // On duty for another organisation: the person would get letters of cases that are not theirs.
      if ((await organisationOf(sql, duty.person, 'person')) !== duty.organisation) throw new ProblemError('no-such-person')
      const id = randomUUID()
      await sql('INSERT INTO directory.duty (id, organisation, person, from_day, to_day, position) VALUES ($1, $2, $3, $4, $5, $6)', [
        id,
        duty.organisation,
        duty.person,
        duty.fromDay,
        duty.toDay ?? null,
        duty.position,
      ])
      await trail('duty-added', id, undefined, duty)
      return { id, ...duty }
    })
  }

  async remove(id: string, who: Who): Promise<void> {
    await this.record.change(who, { body: { id } }, async ({ sql, trail }) => {
      const [row] = await sql(`${SELECT} WHERE id = $1`, [id])
      if (!row) throw new ProblemError('not-found')
      mustBeOf(who, row['organisation'])
      await sql('DELETE FROM directory.duty WHERE id = $1', [id])
      await trail('duty-removed', id, dutyOf(row), undefined)
    })
  }
}
