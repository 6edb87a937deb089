/** Agencies as rows of Postgres. */
import type { Agency, Contact, NewAgency, NewContact } from '@tirek/contract/agencies'
import type { Row, Sql } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'

/** One row an agency, its contacts within. Goes on with `WHERE`; `a` is the agency. */
export const AGENCIES = `
  SELECT a.id, a.kind, a.territory, a.name, a.service, a.powers, coalesce(c.contacts, '[]') AS contacts FROM directory.agency a LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name, 'position', position, 'email', email, 'phone', phone, 'lang', lang,
      'mayReceiveFiles', marked_by IS NOT NULL, 'markedBy', marked_by, 'markedAt', marked_at) ORDER BY place, id) AS contacts
    FROM directory.agency_contact WHERE agency = a.id) c ON true`

export const agencyOf = (row: Row): Agency => ({
  id: row['id'],
  kind: row['kind'],
  territory: row['territory'],
  name: row['name'],
  service: row['service'],
  powers: row['powers'],
  contacts: row['contacts'],
})

export async function agencyById(sql: Sql, id: string): Promise<Agency> {
  const [locked] = await sql('SELECT id FROM directory.agency WHERE id = $1 FOR UPDATE', [id])
  if (!locked) throw new ProblemError('not-found')
  const [row] = await sql(`${AGENCIES} WHERE a.id = $1`, [id])
  return agencyOf(row!)
}

/** The contacts as they will be: known ones keep their mark while their address is the same. An id of another agency is refused. */
export function contactsAfter(before: readonly Contact[], asked: readonly NewContact[]): Contact[] {
  return asked.map(({ id, name, position, email, phone, lang }, at) => {
    const known = before.find((one) => one.id === id)
    if (id !== undefined && !known)
      throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'choice', path: ['contacts', at, 'id'] }] })
    const isMarked = known?.mayReceiveFiles === true && known.email?.toLowerCase() === email?.toLowerCase()
    return {
      id: id ?? randomUUID(),
      name,
      position: position ?? null,
      email: email ?? null,
      phone: phone ?? null,
      lang,
      mayReceiveFiles: isMarked,
      markedBy: isMarked ? known.markedBy : null,
      markedAt: isMarked ? known.markedAt : null,
    }
  })
}

/** Writes an agency, new or known, with exactly these contacts. */
export async function writeAgency(sql: Sql, id: string, asked: NewAgency, before?: Agency): Promise<Agency> {
  const { kind, territory, name, service = null, powers = null } = asked
  await sql(
    `INSERT INTO directory.agency (id, kind, territory, name, service, powers) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET kind = $2, territory = $3, name = $4, service = $5, powers = $6`,
    [id, kind, territory, name, service, powers],
  )
  const contacts = contactsAfter(before?.contacts ?? [], asked.contacts)
  // All anew: two who change their addresses with each other are not in each other's way.
  await sql('DELETE FROM directory.agency_contact WHERE agency = $1', [id])
  for (const [at, one] of contacts.entries())
    await sql(
      `INSERT INTO directory.agency_contact (id, agency, place, name, position, email, phone, lang, marked_by, marked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [one.id, id, at + 1, one.name, one.position, one.email, one.phone, one.lang, one.markedBy, one.markedAt],
    )
  return { id, kind, territory, name, service, powers, contacts }
}
