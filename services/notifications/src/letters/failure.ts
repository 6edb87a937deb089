/** A letter that did not arrive is a task for a person: the receiver's supervisor, if of the organisation of the case, or its head, and the administrators see it in the pages. */
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
    `WITH above AS (SELECT s.id FROM directory.team_view t JOIN directory.person_view s ON s.id = t.supervisor WHERE t.person = $1 AND s.active AND s.organisation = $2)
     SELECT p.id, p.name, p.lang, p.email FROM directory.person_view p
     WHERE p.active AND p.id <> $1 AND (p.role = 'administrator' OR (p.organisation = $2 AND p.id IN (
       SELECT id FROM above UNION SELECT head FROM directory.organisation_view WHERE id = $2 AND NOT EXISTS (SELECT 1 FROM above)))) ORDER BY p.id`,
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
      // Sent once more by hand, it may fail once more.
      key: `failure/${letter['id']}/${letter['attempts']}/${how}/${person['id']}`,
      person: person as never,
      organisation: letter['organisation'] as string | null,
      composed,
      urgent: letter['urgent'],
      kind: 'task',
      askedAt: now,
      now,
    })
  }
}
