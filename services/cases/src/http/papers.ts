/** Papers of cases, journals and editions, and blank forms: by the rights of who asks, each reading a row of the trail, made when asked for. */
import type { JournalItem, JournalName } from '@tirek/contract/journals'
import { FamilyDrawn } from '@tirek/contract/forms/family'
import { isCaseSheet, isEditionSheet, MOST_PRINTED_ROWS, type FamilySheet } from '@tirek/contract/papers'
import { ROLES, type Lang, type Role } from '@tirek/contract/roles'
import type { Ending, Print } from '@tirek/documents/printing/printer'
import { programmeOf } from '@tirek/procedure/programmes'
import { dayOf, type Day } from '@tirek/procedure/time'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { CARERS } from '@tirek/policy/standing'
import type { Sheet } from '@tirek/documents/sheet'
import type { AsPerson } from '../record/as-person.ts'
import type { CaseFiles } from '../record/case-files.ts'
import type { Contexts } from '../record/contexts.ts'
import type { Procedure } from '../record/facts.ts'
import { blankSheet, isBlank } from './blank-papers.ts'
import { changesOf } from './edition.controller.ts'
import { CaseSheets } from './case-sheets.ts'
import type { JournalAsked } from './journal-rows.ts'
import type { Journals } from './journals.ts'
import { familyLang, nameOf, ofCase, opened, peopleOf, planBeside, recordedBy, signaturesOf } from './paper-data.ts'
import { isPrinted, type Reviews } from './reviews.ts'

export type PaperFile = { name: string; bytes: Buffer }

const A_PAGE = 200
export class Papers {
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #contexts: Contexts
  readonly #asPerson: AsPerson
  readonly #reviews: Reviews
  readonly #journals: Journals
  readonly #print: Print
  readonly #sheets: CaseSheets
  readonly #files: CaseFiles

  constructor(of: {
    clock: Clock
    trail: Trail
    contexts: Contexts
    asPerson: AsPerson
    procedure: Procedure
    reviews: Reviews
    journals: Journals
    print: Print
    files: CaseFiles
  }) {
    this.#files = of.files
    this.#clock = of.clock
    this.#trail = of.trail
    this.#contexts = of.contexts
    this.#asPerson = of.asPerson
    this.#reviews = of.reviews
    this.#journals = of.journals
    this.#print = of.print
    this.#sheets = new CaseSheets(of.clock, of.contexts, of.procedure, of.reviews, of.files)
  }

  /** One act by who may read its form. Same act, same bytes, while nothing that stands beside it changes. */
  async act(caseId: string, actId: string, ending: Ending, who: Who): Promise<PaperFile> {
    const of = await opened(this.#asPerson, caseId, who, 'read-timeline')
    const act = of.acts.find(({ id }) => id === actId)
    if (!act) throw new ProblemError('not-found')
    if (isPrinted(act.kind)) return this.#reviews.paper(caseId, actId, ending, who)
    await this.#trail.record([{ who, what: 'paper-read', why: of.decision.why('read-timeline'), caseId, about: actId }])
    const { actFileName, actSheet } = await import('@tirek/documents/forms/act-sheet')
    const { lang } = who
    const signatures = await signaturesOf(of, this.#files, who)
    const view = {
      lang,
      kind: act.kind,
      organisation: await this.#organisation(of.row.organisation, lang),
      of: ofCase(of),
      act: { form: act.form, at: act.at, recordedAt: act.recordedAt, by: recordedBy(of, act, lang), isWithdrawn: act.withdrawn },
      ...(act.kind === 'plan-signed' && { plan: planBeside(of, act, signatures) }),
      ...(signatures.has(act.id) && { signature: signatures.get(act.id)! }),
      nameOf: (id: string) => nameOf(of, id, lang),
    }
    return { name: actFileName(view, ending), bytes: await this.#printed(actSheet(view), ending) }
  }

  /** A sheet of the whole case. `asked`: the language, of the family's sheet that of who asked for help, else that of the reader. */
  async sheet(caseId: string, sheet: string, ending: Ending, who: Who, asked: Lang | undefined): Promise<PaperFile> {
    const of = await opened(this.#asPerson, caseId, who, 'read-file')
    if (!isCaseSheet(sheet)) throw new ProblemError('not-found')
    await this.#trail.record([{ who, what: 'sheet-read', why: of.decision.why('read-file'), caseId }])
    const lang = asked ?? (sheet === 'reach' ? (familyLang(of) ?? who.lang) : who.lang)
    const { fileNameOf } = await import('@tirek/documents/file-name')
    const made = await this.#sheets.of(of, sheet, who, lang)
    const now = dayOf(this.#clock.now())
    // The family's sheet lies about at home: not even the number of the case is in its name.
    const name = sheet === 'reach' ? fileNameOf([made.heading[0]!], ending) : fileNameOf([made.heading[0]!, of.row.number, now], ending)
    return { name, bytes: await this.#printed(made, ending) }
  }

  /** A picture that no printer can read costs the picture, not the paper. */
  async #printed(sheet: Sheet, ending: Ending): Promise<Buffer> {
    const withoutPictures = sheet.blocks.filter(({ kind }) => kind !== 'picture')
    if (withoutPictures.length === sheet.blocks.length) return this.#print(sheet, ending)
    return this.#print(sheet, ending).catch(() => this.#print({ ...sheet, blocks: withoutPictures }, ending))
  }

  /** Genogram or ecomap as of a day, the newest without one, by who may read the drawing. A PDF alone. */
  async family(
    caseId: string,
    sheet: FamilySheet,
    who: Who,
    { lang = who.lang, asOf, names }: { lang?: Lang | undefined; asOf?: Day | undefined; names: boolean },
  ): Promise<PaperFile> {
    const of = await opened(this.#asPerson, caseId, who, 'read-timeline')
    const drawn = of.acts
      .filter(({ kind, withdrawn }) => kind === 'family-drawn' && !withdrawn)
      .toSorted((a, b) => b.recordedAt - a.recordedAt)
      .flatMap(({ id, form, recordedAt }) => {
        const read = FamilyDrawn.safeParse(form)
        return read.success ? [{ id, recordedAt, family: read.data }] : []
      })
      .toSorted((a, b) => (a.family.asOf < b.family.asOf ? 1 : -1))
    const found = drawn.find(({ family }) => asOf === undefined || family.asOf === asOf)
    if (!found) throw new ProblemError('not-found')
    await this.#trail.record([{ who, what: 'paper-read', why: of.decision.why('read-timeline'), caseId, about: found.id }])
    const { familyFileName, familySheet } = await import('@tirek/documents/forms/family-sheet')
    const view = {
      lang,
      createdAt: found.recordedAt,
      organisation: await this.#organisation(of.row.organisation, lang),
      number: of.row.number,
      family: found.family,
      names,
    }
    return { name: familyFileName(sheet, view), bytes: await this.#print(familySheet(sheet, view), 'pdf') }
  }

  async blank(blank: string, ending: Ending, who: Who, lang: Lang): Promise<PaperFile> {
    if (!isBlank(blank)) throw new ProblemError('not-found')
    const { fileNameOf } = await import('@tirek/documents/file-name')
    const sheet = await blankSheet(blank, await this.#organisation(who.organisation, lang), lang)
    return { name: fileNameOf([sheet.heading[0]!], ending), bytes: await this.#print(sheet, ending) }
  }

  /** Throws `too-many-rows` when it would be no paper any more. */
  async journal(
    name: JournalName,
    ending: Ending,
    who: Who,
    { from, to, text, kind }: Pick<JournalAsked, 'from' | 'to' | 'text' | 'kind'>,
  ): Promise<PaperFile> {
    const { lang } = who
    const items: JournalItem[] = []
    for (let cursor: string | undefined; ;) {
      // oxlint-disable-next-line no-await-in-loop -- each page says where the next one begins
      const page = await this.#journals.page(name, who, { order: 'oldest', cursor, limit: A_PAGE, from, to, text, kind })
      items.push(...page.items)
      if (items.length > MOST_PRINTED_ROWS) throw new ProblemError('too-many-rows', { params: { most: MOST_PRINTED_ROWS } })
      if (page.next === undefined) break
      cursor = page.next
    }
    const { db } = await this.#asPerson.of(who)
    const people = await peopleOf(
      db,
      items.map(({ by }) => by),
    )
    const { journalFileName, journalSheet } = await import('@tirek/documents/forms/journal-sheet')
    const sheet = journalSheet({
      lang,
      createdAt: this.#clock.now(),
      organisation: await this.#organisation(who.organisation, lang),
      name,
      from,
      to,
      items,
      nameOf: (person) => people.get(person)?.name,
    })
    return { name: journalFileName({ name, from, to }, ending), bytes: await this.#print(sheet, ending) }
  }

  async edition(edition: string, sheet: string, ending: Ending, who: Who): Promise<PaperFile> {
    const known = programmeOf('child-protection').editions.find(({ id }) => id === edition)
    if (!known || !isEditionSheet(sheet)) throw new ProblemError('not-found')
    await this.#trail.record([{ who, what: 'read-acquaintance' }])
    const { lang } = who
    const { db } = await this.#asPerson.of(who)
    const people = (await db.query(
      `SELECT p.name, p.role, a.at FROM directory.person_view p LEFT JOIN cases.acquaintance a ON a.person = p.id AND a.programme = 'child-protection' AND a.edition = $1 AND a.organisation = $2
        WHERE p.organisation = $2 AND ((p.active AND p.role = ANY($3)) OR a.at IS NOT NULL) ORDER BY a.at NULLS LAST, p.name, p.id`,
      [edition, who.organisation, CARERS],
    )) as { name: string; role: Role; at: number | null }[]
    const changes = await changesOf(db, who.organisation, edition)
    const { editionFileName, editionSheet } = await import('@tirek/documents/forms/edition-sheets')
    const made = editionSheet(sheet, {
      lang,
      createdAt: this.#clock.now(),
      organisation: await this.#organisation(who.organisation, lang),
      edition,
      changes: changes.map(({ at, section, what, changedBy }) => ({
        section: what ? `${section}: ${what}` : section,
        day: dayOf(at),
        by: changedBy,
      })),
      people: people.map(({ name, role, at }) => ({ name, position: ROLES[role][lang], ...(at !== null && { day: dayOf(at) }) })),
    })
    return { name: editionFileName(sheet, edition, ending), bytes: await this.#print(made, ending) }
  }

  async #organisation(id: string, lang: Lang): Promise<string> {
    return (await this.#contexts.organisationName(id))[lang]
  }
}
