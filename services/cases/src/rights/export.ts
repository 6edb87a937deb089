/** RT-10: everything held on a child and the family, or on who reported, section by section; nothing is read that is not told. */
import { definitionOf } from '@tirek/contract/acts'
import { formOf } from '@tirek/contract/forms/described'
import { CHILD_FIELDS, SEXES } from '@tirek/contract/forms/codes'
import { ORIGINS, type Origin } from '@tirek/contract/origins'
import { ROLES, type Lang, type Role } from '@tirek/contract/roles'
import { CASE_TRAILS, type CaseTrail } from '@tirek/contract/trail'
import type { Who } from '@tirek/platform/auth'
import type { Reading } from '@tirek/platform/case-readings'
import type { Clock } from '@tirek/platform/clock'
import type { Database, Row } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import type { Trail } from '@tirek/platform/trail'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { RELATIONS, type Relation } from '@tirek/policy/relations'
import { programmeOf } from '@tirek/procedure/programmes'
import { DAY } from '@tirek/procedure/time'
import type { HeldMeeting } from '@tirek/contract/meetings'
import type { HeldReferral } from '@tirek/contract/referrals'
import type { Readings } from '../http/readings.ts'
import { toldOf, type ExportField, type Reader } from './fields.ts'
import { meetingEntries } from './meetings-held.ts'
import { referralEntries } from './referrals-held.ts'
import { EXPORT_WORDS, JOURNAL_FIELDS, STATES, STEP_WORDS, WHOM } from './words.ts'
import { minuteOf } from './when.ts'
import type { ExportEntry, ExportHead, ExportSection } from './writers.ts'

/** RT-10: a request that was granted opens the export for so long. */
export const REQUEST_HOLDS_MS = 30 * DAY

/**
 * Every table that holds something of a case, and its section; or why it has none. A test holds this against the database: a new table
 * is told or has its reason.
 */
// oxfmt-ignore
export const TABLES = {
  child: 'child', act: 'acts', deadline: 'deadlines', step: 'steps', journal: 'journals', access: 'access', trail: 'readings',
  case: 'told by the page’s head and by the acts it is folded from',
  outbox: 'on its way to letters and to the clock: codes and times, gone when delivered',
  file: 'files', draft: 'drafts',
  workflow_ack: 'versions for the clock', refold: 'a mark to count anew', idempotency: 'an answer kept for a repeated request, 30 days',
  seen_in_list: 'on which day a list showed the case to whom last: told by the trail',
} as const

export type LettersOfCase = { at: number; person: string; state: string; confirmedAt?: number; lines: { rule: string; what: string }[] }[]

/** Rows are read in pages of so many: an export is never held whole. */
const PAGE = 200

const ELSEWHERE = (Object.keys(CASE_TRAILS) as CaseTrail[]).filter((of) => of !== 'cases')

/** `meetingsUrl`, `referralsUrl`: absent where there are none. */
type Others = {
  caller: ServiceCaller
  notificationsUrl: string
  meetingsUrl?: string | undefined
  referralsUrl?: string | undefined
  readings: Readings
}

export class Exports {
  readonly #db: Database
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #others: Others

  /** `db`: signed in as the role of rights. */
  constructor(db: Database, clock: Clock, trail: Trail, others: Others) {
    this.#db = db
    this.#clock = clock
    this.#trail = trail
    this.#others = others
  }

  /**
   * What is held, for the request `request` (an act `access-asked` of this case). `row`: the case, that the person may give out. Throws
   * `export-not-asked` without a granted request of the last 30 days, `unavailable` while letters, meetings or referrals cannot be asked for: an export is whole.
   */
  async open(
    row: { id: string; number: string },
    request: string,
    who: Who,
    lang: Lang,
  ): Promise<{ head: ExportHead; sections: AsyncIterable<ExportSection> }> {
    const now = this.#clock.now()
    const [asked] = await this.#db.query(
      `SELECT a.recorded_at, a.fact, a.form->>'askedBy' AS "askedBy" FROM cases.act a WHERE a.case_id = $1 AND a.id = $2 AND a.kind = 'access-asked'
          AND NOT EXISTS (SELECT 1 FROM cases.act w WHERE w.case_id = a.case_id AND w.kind = 'withdrawn' AND w.fact->>'act' = a.id::text)`,
      [row.id, request],
    )
    if (!asked || asked['fact']['granted'] !== true || now - asked['recorded_at'] > REQUEST_HOLDS_MS)
      throw new ProblemError('export-not-asked')
    const about = asked['fact']['about'] as Reader['about']
    const letters = about === 'child' ? await this.#lettersOf(row.id) : []
    const { meetingsUrl, referralsUrl } = this.#others
    const meetings = about === 'child' ? await this.#heldOf<HeldMeeting>('meetings', meetingsUrl, row.id) : []
    const referrals = about === 'child' ? await this.#heldOf<HeldReferral>('referrals', referralsUrl, row.id) : []
    const elsewhere = about === 'child' ? await this.#readingsOf(row.id, ELSEWHERE) : []
    const people = await this.#peopleOf(row.id, letters)
    await this.#trail.record([{ who, what: 'exported', caseId: row.id, about: request }])
    const here = about === 'child' ? await this.#readingsOf(row.id, ['cases']) : []
    const readings = [...here, ...elsewhere].toSorted((one, other) => one.at - other.at)
    const reader: Reader = { lang, about, nameOf: (person) => people.get(person)?.name }
    return {
      head: { caseNumber: row.number, about, madeAt: now, askedBy: asked['askedBy'] as string, lang },
      sections: this.#sections(row.id, reader, people, { letters, meetings, referrals, readings }),
    }
  }

  async #lettersOf(caseId: string): Promise<LettersOfCase> {
    const { notificationsUrl: url, caller } = this.#others
    try {
      const answer = await caller.call('notifications', `${url}/internal/cases/letters`, { caseId })
      return (answer as { items: LettersOfCase }).items
    } catch {
      throw new ProblemError('unavailable')
    }
  }

  /** What another service holds of it. */
  async #heldOf<H>(of: 'meetings' | 'referrals', url: string | undefined, caseId: string): Promise<H[]> {
    if (!url) return []
    try {
      const answer = await this.#others.caller.call(of, `${url}/internal/cases/held`, { caseId })
      return (answer as { items: H[] }).items
    } catch {
      throw new ProblemError('unavailable')
    }
  }

  /** Who read the case or acted on it, as these trails have it, the oldest of each first. */
  async #readingsOf(caseId: string, trails: readonly CaseTrail[]): Promise<Reading[]> {
    const all: Reading[] = []
    try {
      for (const of of trails) for await (const row of this.#others.readings.all(of, caseId)) if (row.outcome === 'done') all.push(row)
    } catch {
      throw new ProblemError('unavailable')
    }
    return all.toReversed()
  }

  async #peopleOf(caseId: string, letters: LettersOfCase): Promise<Map<string, { name: string; role: Role }>> {
    const rows = await this.#db.query(
      `SELECT id, name, role FROM directory.person_view WHERE id = ANY($2) OR id IN (SELECT by FROM cases.act WHERE case_id = $1)
          OR id IN (SELECT nullif(v, '')::uuid FROM cases.act a, LATERAL (VALUES (a.form->>'manager'), (a.form->>'person')) AS f(v) WHERE a.case_id = $1 AND f.v ~ '^[0-9a-f-]{36}$')
          OR id IN (SELECT (m->>'person')::uuid FROM cases.act a, LATERAL jsonb_array_elements(coalesce(a.form->'measures', '[]')) m WHERE a.case_id = $1 AND a.kind = 'plan-signed' AND m->>'person' IS NOT NULL)`,
      [caseId, letters.map((letter) => letter.person)],
    )
    return new Map(rows.map((row) => [row['id'] as string, { name: row['name'] as string, role: row['role'] as Role }]))
  }

  async *#sections(
    caseId: string,
    reader: Reader,
    people: Map<string, { name: string; role: Role }>,
    elsewhere: {
      letters: LettersOfCase
      meetings: readonly HeldMeeting[]
      referrals: readonly HeldReferral[]
      readings: readonly Reading[]
    },
  ): AsyncGenerator<ExportSection> {
    const { letters, meetings, referrals, readings } = elsewhere
    const { lang } = reader
    if (reader.about === 'reporter') {
      yield { name: 'acts', entries: this.#acts(caseId, reader, people) }
      return
    }
    const say = (word: keyof typeof EXPORT_WORDS) => EXPORT_WORDS[word][lang]
    const one = (name: string, caption: string, value: unknown, text = String(value)): ExportField => ({ name, caption, value, text })
    const roleOf = (role: string) => ROLES[role as Role]?.[lang] ?? role
    yield { name: 'child', entries: this.#child(caseId, lang) }
    yield { name: 'acts', entries: this.#acts(caseId, reader, people) }
    yield {
      name: 'deadlines',
      entries: this.#paged(
        'SELECT key AS id, row, rule, from_at, due, due_day, state, closed_at FROM cases.deadline WHERE case_id = $1 AND key > $2 ORDER BY key LIMIT $3',
        caseId,
        (row) => ({
          title: `${programmeOf('child-protection').rowText(row['row']).what[lang]} (${row['rule']})`,
          at: row['from_at'],
          fields: [
            ...(row['due_day']
              ? [one('dueDay', say('due'), row['due_day'])]
              : row['due']
                ? [one('due', say('due'), row['due'], minuteOf(row['due']))]
                : []),
            one(
              'state',
              say('state'),
              row['state'],
              `${STATES[row['state']]?.[lang] ?? row['state']}${row['closed_at'] ? `, ${minuteOf(row['closed_at'])}` : ''}`,
            ),
          ],
        }),
      ),
    }
    yield {
      name: 'steps',
      entries: this.#paged(
        `SELECT s.key AS id, s."do", s.taken_at, s.whom, d.row FROM cases.step s LEFT JOIN cases.deadline d ON d.case_id = s.case_id AND d.key = s.deadline_key WHERE s.case_id = $1 AND s.key > $2 ORDER BY s.key LIMIT $3`,
        caseId,
        (row) => ({
          title: `${STEP_WORDS[row['do']]?.[lang] ?? row['do']}${row['row'] ? `: ${programmeOf('child-protection').rowText(row['row']).what[lang]}` : ''}`,
          at: row['taken_at'],
          fields: [one('whom', say('whom'), row['whom'], (row['whom'] as string[]).map((role) => WHOM[role]?.[lang] ?? role).join(', '))],
        }),
      ),
    }
    yield {
      name: 'journals',
      entries: this.#paged(
        `SELECT j.id::text AS id, j.name, j.n, j.at, j.entry, a.kind FROM cases.journal j LEFT JOIN cases.act a ON a.id = j.act WHERE j.case_id = $1 AND j.id::text > $2 ORDER BY j.id::text LIMIT $3`,
        caseId,
        (row) => journalEntry(row, reader),
      ),
    }
    yield {
      name: 'drafts',
      entries: this.#paged(
        `SELECT d.kind || d.person::text AS id, d.kind, d.content, d.changed_at FROM cases.draft d WHERE d.case_id = $1 AND d.kind || d.person::text > $2 ORDER BY 1 LIMIT $3`,
        caseId,
        (row) => {
          const kind = row['kind'] as ActKind
          const { value = {} } = JSON.parse(row['content'] as string) as { value?: object }
          return { title: definitionOf(kind).label[lang], at: row['changed_at'], ...toldOf(formOf(kind), value, reader) }
        },
      ),
    }
    yield {
      name: 'files',
      entries: this.#paged(
        `SELECT f.id::text AS id, f.type, f.size, f.sha256, f.made_at, a.kind FROM cases.file f JOIN cases.act a ON a.id = f.act WHERE f.case_id = $1 AND f.id::text > $2 ORDER BY f.id::text LIMIT $3`,
        caseId,
        (row) => ({
          title: definitionOf(row['kind'] as ActKind).label[lang],
          at: row['made_at'],
          fields: [
            one('type', say('fileType'), row['type']),
            one('size', say('fileSize'), row['size']),
            one('sha256', 'SHA-256', row['sha256']),
          ],
        }),
      ),
    }
    yield {
      name: 'letters',
      entries: listed(
        letters.map(({ at, person, state, confirmedAt, lines }) => ({
          title: people.get(person) ? roleOf(people.get(person)!.role) : say('role'),
          at,
          fields: [
            one('state', say('state'), state),
            ...(confirmedAt === undefined ? [] : [one('confirmedAt', say('confirmed'), confirmedAt, minuteOf(confirmedAt))]),
            ...lines.map((line, n) => one(`lines.${n}`, line.rule, line.what)),
          ],
          leftOut: [],
        })),
      ),
    }
    yield { name: 'meetings', entries: listed(meetingEntries(meetings, lang)) }
    yield { name: 'referrals', entries: listed(referralEntries(referrals, lang)) }
    yield {
      name: 'access',
      entries: this.#paged(
        `SELECT g.id::text AS id, g.relation, g.from_at, g.until_at, g.reason, p.role FROM cases.access g LEFT JOIN directory.person_view p ON p.id = g.person
          WHERE g.case_id = $1 AND g.id::text > $2 ORDER BY g.id::text LIMIT $3`,
        caseId,
        (row) => ({
          title: `${row['role'] ? `${roleOf(row['role'])}: ` : ''}${RELATIONS[row['relation'] as Relation].label[lang]}`,
          at: row['from_at'],
          fields: [
            ...(row['until_at'] ? [one('until', say('until'), row['until_at'], minuteOf(row['until_at']))] : []),
            ...(row['reason'] ? [one('reason', say('reason'), row['reason'])] : []),
          ],
        }),
      ),
    }
    yield {
      name: 'readings',
      entries: entriesOf(readings, ({ role, at, what }) => ({
        title: roleOf(role),
        at,
        fields: [one('what', say('what'), what)],
        leftOut: [],
      })),
    }
  }

  async *#child(caseId: string, lang: Lang): AsyncGenerator<ExportEntry> {
    const [child] = await this.#db.query(
      'SELECT ch.name, ch.birth_date AS "birthDate", ch.age, ch.sex, ch.iin, ch.phone, ch.address FROM cases.child ch JOIN cases."case" c ON c.child = ch.id WHERE c.id = $1',
      [caseId],
    )
    const fields = Object.entries(CHILD_FIELDS).flatMap(([name, caption]): ExportField[] => {
      const value: unknown = child![name]
      if (value === null) return []
      const text =
        name === 'sex'
          ? SEXES[value as keyof typeof SEXES][lang]
          : name === 'age'
            ? Object.values(value as object).join(' ')
            : String(value)
      return [{ name, caption: caption[lang], value, text }]
    })
    yield { title: '', fields, leftOut: [] }
  }

  async *#acts(caseId: string, reader: Reader, people: Map<string, { name: string; role: Role }>): AsyncGenerator<ExportEntry> {
    const { lang } = reader
    const entries = this.#paged(
      `SELECT lpad(a.version::text, 10, '0') AS id, a.kind, a.happened_at, a.recorded_at, a.by, a.origin, a.form,
              EXISTS (SELECT 1 FROM cases.act w WHERE w.case_id = a.case_id AND w.kind = 'withdrawn' AND w.fact->>'act' = a.id::text) AS withdrawn
         FROM cases.act a WHERE a.case_id = $1 AND lpad(a.version::text, 10, '0') > $2 ORDER BY a.version LIMIT $3`,
      caseId,
      (row) => {
        const kind = row['kind'] as ActKind
        // Who reported asked for their own: the family is not told who that is.
        if (reader.about === 'child' && kind === 'access-asked' && row['form']['about'] === 'reporter')
          return {
            title: definitionOf(kind).label[lang],
            kind,
            at: row['happened_at'],
            fields: [],
            leftOut: [definitionOf(kind).label[lang]],
          }
        const { fields, leftOut } = toldOf(formOf(kind), row['form'], reader)
        const writer = people.get(row['by'])
        const origin = row['origin'] as Origin | null
        const text = origin ? ORIGINS[origin][lang] : writer && `${writer.name}, ${ROLES[writer.role][lang]}`
        const by =
          reader.about === 'child' && text ? [{ name: 'by', caption: EXPORT_WORDS.by[lang], value: origin ?? row['by'], text }] : []
        return {
          title: definitionOf(kind).label[lang],
          kind,
          at: row['happened_at'],
          recordedAt: row['recorded_at'],
          withdrawn: row['withdrawn'],
          fields: [...fields, ...by],
          leftOut,
        }
      },
    )
    // Who reported is told of the acts that name them, of nothing else.
    for await (const entry of entries) if (reader.about === 'child' || entry.fields.length > 0) yield entry
  }

  /** Rows by their `id`, a page at a time. */
  async *#paged(
    sql: string,
    caseId: string,
    entryOf: (row: Row) => Omit<ExportEntry, 'leftOut'> & { leftOut?: string[] },
  ): AsyncGenerator<ExportEntry> {
    for (let after = ''; ;) {
      const rows = await this.#db.query(sql, [caseId, after, PAGE])
      for (const row of rows) yield { leftOut: [], ...entryOf(row) }
      if (rows.length < PAGE) return
      after = rows.at(-1)!['id'] as string
    }
  }
}

const entriesOf = async function* <T>(rows: readonly T[], entryOf: (row: T) => ExportEntry): AsyncGenerator<ExportEntry> {
  for (const row of rows) yield entryOf(row)
}

async function* listed<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items
}

/** Entries of requests are the form of their act; the others have columns of their own. */
function journalEntry(row: Row, reader: Reader): Omit<ExportEntry, 'leftOut'> & { leftOut?: string[] } {
  const schema = formOf(row['kind'] as ActKind) as { properties?: Record<string, object> }
  const columns = Object.fromEntries(
    Object.entries(JOURNAL_FIELDS).map(([name, { text, protected: isProtected }]) => [
      name,
      { title: text.ru, kk: text.kk, en: text.en, ...(isProtected && { protected: 'reporter' }) },
    ]),
  )
  const properties = row['name'] === 'requests' ? { ...columns, ...schema.properties } : { ...schema.properties, ...columns }
  return {
    title: `${EXPORT_WORDS.number[reader.lang]} ${row['n']}`,
    kind: row['name'] as string,
    at: row['at'] as number,
    ...toldOf({ properties }, row['entry'], reader),
  }
}
