/** Files of a case that an act names (the signature of the family): checked, kept apart until scanned, read by who may read the act. */
import type { CaseFile, CaseFileUpload } from '@tirek/contract/case-files'
import { definitionOf } from '@tirek/contract/acts'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { DAY } from '@tirek/procedure/time'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database, Sql } from '@tirek/platform/database'
import type { SignatureFile } from '@tirek/documents/prints/plan'
import { UPLOADS, type UploadType } from '@tirek/platform/files/upload-check'
import type { Uploads } from '@tirek/platform/files/uploads'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { decide } from '@tirek/policy/decide'
import { ACCESS, mustMay, type AsPerson } from './as-person.ts'
import type { CaseRow } from './pages.ts'

/** The act whose form names a file, and the field that does. */
export const NAMES_A_FILE = { 'plan-signed-by-family': 'signature' } as const satisfies Partial<Record<ActKind, string>>
type Naming = keyof typeof NAMES_A_FILE
const KINDS = Object.keys(NAMES_A_FILE) as Naming[]

/** So many of one case may wait for the act that names them: more is no form any more. */
const MOST_UNNAMED = 20
/** So long the act may still come, ms. */
const KEPT_MS = DAY
const AT_ONCE = 100

/** A picture of more bytes is a scan: it is told on paper and read as a file. */
const MOST_ON_PAPER = 500_000

type Row = { id: string; type: UploadType; size: number; sha256: string; stored: string; act: string | null; by: string }

const shown = ({ id, type, size, sha256 }: Omit<Row, 'stored' | 'act' | 'by'>): CaseFile => ({
  ...{ id, type, size, sha256 },
  name: `signature-${id.slice(0, 8)}.${UPLOADS[type]}`,
})

export class CaseFiles {
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #asPerson: AsPerson
  readonly #uploads: Uploads

  constructor(clock: Clock, trail: Trail, asPerson: AsPerson, uploads: Uploads) {
    this.#clock = clock
    this.#trail = trail
    this.#asPerson = asPerson
    this.#uploads = uploads
  }

  /** Takes a file for an act that is recorded next; sent again it is the same. Throws a refusal for people. */
  async take(caseId: string, { key, name, claimed, content }: CaseFileUpload, who: Who): Promise<CaseFile> {
    const { standing, db } = await this.#asPerson.of(who)
    const [row] = await db.query(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId], 'case-for-file')
    const decision = row && decide(standing, row as CaseRow)
    if (!decision || decision.relations.length === 0) throw new ProblemError('not-found')
    const kind = KINDS.find((one) => decision.mayRecord(one))
    if (!kind) throw new ProblemError('not-allowed')
    if (row['erased_at']) throw new ProblemError('case-erased')
    const [known] = await db.query('SELECT count(*) FILTER (WHERE act IS NULL AND id <> $2)::int AS n FROM cases.file WHERE case_id = $1', [
      caseId,
      key,
    ])
    if (known!['n'] >= MOST_UNNAMED) throw new ProblemError('file-too-many')
    const { id: stored, sha256, size, type } = await this.#uploads.take(Buffer.from(content, 'base64'), { name, claimed, key })
    const [kept] = await db.query(
      `INSERT INTO cases.file (id, case_id, by, type, size, sha256, stored, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [key, caseId, who.person, type, size, sha256, stored, this.#clock.now()],
    )
    // Another case's, or another content under the same key.
    const [same] = kept
      ? [kept]
      : await db.query('SELECT id FROM cases.file WHERE id = $1 AND case_id = $2 AND stored = $3', [key, caseId, stored])
    if (!same) throw new ProblemError('key-reused')
    await this.#trail.record([{ who, what: 'case-file-kept', why: decision.why({ record: kind }), caseId, about: key }])
    return shown({ id: key, type, size, sha256 })
  }

  /** The bytes, for who may read the act that names it; one that no act names yet for who handed it in. */
  async read(caseId: string, file: string, who: Who): Promise<{ file: CaseFile; bytes: Buffer }> {
    const { standing, db } = await this.#asPerson.of(who)
    const [row] = await db.query(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId], 'case-for-file')
    const decision = mustMay(standing, row as CaseRow | undefined, 'read-timeline')
    const [found] = (await db.query('SELECT id, type, size, sha256, stored, act, by FROM cases.file WHERE id = $1 AND case_id = $2', [
      file,
      caseId,
    ])) as unknown as Row[]
    if (!found) throw new ProblemError('not-found')
    const [act] = found.act ? await db.query('SELECT kind, by, version FROM cases.act WHERE id = $1', [found.act]) : []
    if (act ? !decision.shows(act as never) : found.by !== who.person) throw new ProblemError('not-found')
    await this.#trail.record([{ who, what: 'case-file-read', why: decision.why('read-timeline'), caseId, about: file }])
    // The scanner may have been away when it was handed in.
    await this.#uploads.settle(found.stored, found.type)
    return { file: shown(found), bytes: await this.#uploads.get(found.stored) }
  }

  /**
   * Files by their ids, for a paper of acts that its reader may read; that reading is recorded there. With the picture where paper shows it;
   * a store that is away costs the picture, not the paper.
   */
  async forPaper(caseId: string, ids: readonly string[], who: Who): Promise<Map<string, Omit<SignatureFile, 'day'>>> {
    if (ids.length === 0) return new Map()
    const { db } = await this.#asPerson.of(who)
    const rows = (await db.query('SELECT id, type, size, sha256, stored FROM cases.file WHERE case_id = $1 AND id = ANY($2)', [
      caseId,
      ids,
    ])) as unknown as Row[]
    const found = rows.map(async ({ id, type, size, sha256, stored }) => {
      const isShown = type === 'image/png' && size <= MOST_ON_PAPER
      const bytes = isShown ? await this.#uploads.get(stored).catch(() => undefined) : undefined
      const pixels = bytes && pngSize(bytes)
      return [id, { sha256, ...(bytes && pixels && { picture: { png: bytes.toString('base64'), ...pixels } }) }] as const
    })
    return new Map(await Promise.all(found))
  }
}

/** Of a PNG: width and height in pixels; nothing where it is none. */
export function pngSize(bytes: Buffer): { width: number; height: number } | undefined {
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  return width > 0 && height > 0 ? { width, height } : undefined
}

/** Ties the file that the form names to its act, within the act's transaction. Throws when it is no file of this case that waits for an act. */
export async function nameFile(sql: Sql, caseId: string, act: { id: string; kind: ActKind }, form: unknown): Promise<void> {
  if (!(act.kind in NAMES_A_FILE)) return
  const field = NAMES_A_FILE[act.kind as Naming]
  const file = (form as Record<string, unknown>)[field]
  if (file === undefined) return
  const named = await sql('UPDATE cases.file SET act = $3 WHERE id = $2 AND case_id = $1 AND act IS NULL RETURNING id', [
    caseId,
    file,
    act.id,
  ])
  if (named.length === 0)
    throw new ProblemError('bad-input', {
      issues: [{ code: 'custom', message: 'not-of-case', path: ['form', field] }],
      read: { schema: definitionOf(act.kind).form, at: ['form'] },
    })
}

/** Removes files that no act named within a day; returns how many. `work`: signed in as the role of the loops. */
export async function removeUnnamed(work: Database, files: Pick<Uploads, 'remove'>, clock: Clock): Promise<number> {
  const before = clock.now() - KEPT_MS
  const found = await work.query('SELECT id FROM cases.file WHERE act IS NULL AND made_at <= $1 ORDER BY made_at LIMIT $2', [
    before,
    AT_ONCE,
  ])
  let removed = 0
  for (const { id } of found)
    removed += await work.transaction(async (sql) => {
      // An act that names it at this instant waits for the row, or is waited for.
      const [still] = await sql('DELETE FROM cases.file WHERE id = $1 AND act IS NULL RETURNING stored', [id])
      if (!still) return 0
      // The bytes before the row is gone for good: killed in between, the row is there and it is done again.
      await files.remove(still['stored'] as string)
      return 1
    })
  return removed
}

/** RT-30: the files of a case, bytes first. `sql`: as the role of rights, in the transaction that erases the case. */
export async function eraseFiles(sql: Sql, files: Pick<Uploads, 'remove'>, caseId: string): Promise<void> {
  for (const { stored } of await sql('SELECT stored FROM cases.file WHERE case_id = $1', [caseId])) await files.remove(stored as string)
  await sql('DELETE FROM cases.file WHERE case_id = $1', [caseId])
}
