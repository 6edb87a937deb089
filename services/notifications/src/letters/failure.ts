/** A letter that did not arrive is a task for a person: the receiver's supervisor and the administrators see it in the pages. */
import type { Lang } from '@tirek/contract/roles'
import type { Row, Sql } from '@tirek/platform/database'
import type { Item } from './compose.ts'
import type { LettersRecord } from './record.ts'
import { insertLetter } from './insert.ts'
import { say } from './words.ts'

export async function tellOfFailure(
  sql: Sql,
  record: LettersRecord,
  letter: Row,
  how: 'failed' | 'doubtful',
  answer: string,
): Promise<void> {
  const receivers = await sql(
    `SELECT p.id, p.name, p.lang, p.organisation, p.email FROM directory.person_view p
     WHERE p.active AND p.id <> $1 AND (p.role = 'administrator' OR p.id IN (
       SELECT supervisor FROM directory.team_view WHERE person = $1
       UNION SELECT head FROM directory.organisation_view WHERE id = $2 AND NOT EXISTS (SELECT 1 FROM directory.team_view WHERE person = $1 AND supervisor IS NOT NULL))) ORDER BY p.id`,
    [letter['person'], letter['organisation']],
  )
  const now = record.clock.now()
  for (const person of receivers) {
    const lang = person['lang'] as Lang
    const what = say(how === 'failed' ? 'failedWhat' : 'failedDoubt', lang, { name: letter['name'] })
    const items = (letter['items'] as Item[]).map((item) => ({ ...item, lines: [what, `${say('serverSaid', lang)}: ${answer}`] }))
    const composed = {
      subject: `${say('failed', lang)}: ${[...new Set(items.map(({ caseNumber }) => caseNumber))].join(', ')}`,
      text: `${what}\n${say('serverSaid', lang)}: ${answer}\n`,
      html: '',
      items,
    }
    await insertLetter(sql, record, {
      key: `failure/${letter['id']}/${person['id']}`,
      person: person as never,
      composed,
      urgent: letter['urgent'],
      kind: 'task',
      askedAt: now,
      now,
    })
  }
}
