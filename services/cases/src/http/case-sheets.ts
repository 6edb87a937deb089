/** Sheets of a whole case, from what the person may see of it. Their makers are loaded when one is asked for. */
import { RISK_LEVELS, SEXES } from '@tirek/contract/forms/codes'
import { paperDay } from '@tirek/contract/paper-day'
import type { CaseSheet } from '@tirek/contract/papers'
import { ROLES, type Lang } from '@tirek/contract/roles'
import type { Sheet } from '@tirek/documents/sheet'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { criterionOf, highCriteria } from '@tirek/procedure/child-protection/criteria'
import { programmeOf } from '@tirek/procedure/programmes'
import { dayOf } from '@tirek/procedure/time'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import type { CaseFiles } from '../record/case-files.ts'
import type { Contexts } from '../record/contexts.ts'
import type { Procedure } from '../record/facts.ts'
import { fileOf } from '../record/personal-file.ts'
import { named, nameOf, ofCase, planBeside, recordedBy, signaturesOf, type Opened } from './paper-data.ts'
import type { Reviews } from './reviews.ts'

const LEADS: readonly ActKind[] = ['taken-by-social-worker', 'assigned', 'handed-over', 'hand-over-accepted']

type Common = { lang: Lang; createdAt: number; organisation: string; of: { number: string; child?: string } }
type Reported = { criteria?: string[]; reportedAt?: string; child?: { whereabouts?: string } }

export class CaseSheets {
  readonly #clock: Clock
  readonly #contexts: Contexts
  readonly #procedure: Procedure
  readonly #reviews: Reviews
  readonly #files: CaseFiles

  constructor(clock: Clock, contexts: Contexts, procedure: Procedure, reviews: Reviews, files: CaseFiles) {
    this.#files = files
    this.#clock = clock
    this.#contexts = contexts
    this.#procedure = procedure
    this.#reviews = reviews
  }

  async of(of: Opened, sheet: CaseSheet, who: Who, lang: Lang): Promise<Sheet> {
    const createdAt = this.#clock.now()
    const common = { lang, createdAt, organisation: await this.#organisation(of.row.organisation, lang), of: ofCase(of) }
    const standing = of.acts.filter(({ withdrawn }) => !withdrawn)
    const { manager } = of.row
    const leader = manager === null ? undefined : of.people.get(manager)
    switch (sheet) {
      case 'reach': {
        const { reachSheet } = await import('@tirek/documents/forms/reach-sheet')
        const worker = leader && { name: leader.name, phone: leader.phone ?? undefined }
        return reachSheet({
          ...common,
          worker,
          hours: await this.#contexts.hours(of.row.organisation),
          stage: of.row.ended ? 'monitoring' : of.row.stage,
        })
      }
      case 'plan': {
        const { wholePlanSheet } = await import('@tirek/documents/forms/plan-sheet')
        const signatures = await signaturesOf(of, this.#files, who)
        const versions = standing
          .filter(({ kind }) => kind === 'plan-signed')
          .map((act) => ({
            at: act.at,
            sheet: { kind: 'version' as const, form: act.form as never, beside: planBeside(of, act, signatures) },
          }))
        if (versions.length === 0) throw new ProblemError('not-found')
        const held = (await this.#reviews.held(of.row.id, who, lang)).map(({ at, review }) => ({
          at,
          sheet: { kind: 'review' as const, review },
        }))
        const sheets = [...versions, ...held].toSorted((a, b) => a.at - b.at).map((one) => one.sheet)
        return wholePlanSheet({ ...common, sheets, nameOf: (id) => nameOf(of, id, lang) })
      }
      case 'contacts': {
        const { contactsSheet } = await import('@tirek/documents/forms/contacts-sheet')
        const contacts = standing
          .filter(({ kind }) => kind === 'contact-made' || kind === 'contact-attempted')
          .map(({ at, by, kind, form }) => ({ at, by: of.people.get(by)?.name ?? '', isMade: kind === 'contact-made', form }))
        return contactsSheet({ ...common, contacts })
      }
      case 'file':
      case 'hand-over':
        return this.#fileSheet(of, sheet, common)
      case 'urgent-notice': {
        const { urgentNoticeSheet } = await import('@tirek/documents/forms/urgent-notice')
        const request = standing.findLast(({ kind }) => kind === 'help-request-registered' || kind === 'relapse')?.form as
          | Reported
          | undefined
        const dangers = highCriteria(request?.criteria ?? []).map((code) => criterionOf(code)!.text[lang])
        const informs = of.people.get(who.person)
        return urgentNoticeSheet({
          ...common,
          child: {
            birthDay: of.child.birthDate ? paperDay(of.child.birthDate) : undefined,
            age: of.child.age ? `≈ ${of.child.age.n} ${of.child.age.unit}` : undefined,
            sex: SEXES[of.child.sex][lang],
            address: of.child.address ?? undefined,
            whereabouts: request?.child?.whereabouts,
          },
          reportedAt: request?.reportedAt ? Date.parse(request.reportedAt) : undefined,
          dangers,
          informs: informs && { name: informs.name, position: ROLES[informs.role][lang], phone: informs.phone ?? undefined },
        })
      }
    }
  }

  async #fileSheet(of: Opened, sheet: 'file' | 'hand-over', common: Common): Promise<Sheet> {
    const { lang } = common
    const { fileSheet, handOverSheet } = await import('@tirek/documents/forms/file-sheet')
    const { row, child, people } = of
    const standing = of.acts.filter(({ withdrawn }) => !withdrawn)
    const open = await this.#procedure.openDeadlines(row.facts)
    const now = this.#clock.now()
    const stage = (row.facts as { baseStage?: string }).baseStage ?? row.stage
    const file = fileOf({ opened: row.file_opened, number: row.number, stage }, standing, open, now)
    const actOf = new Map(standing.map((act) => [act.id, act]))
    const request = standing.find(({ kind }) => kind === 'help-request-registered')
    const leads = standing.filter(({ kind }) => LEADS.includes(kind))
    const closed = standing.findLast(({ kind, form }) => kind === 'closure-decided' && form['approved'] === true)
    const view = {
      ...common,
      child: { birthDay: child.birthDate ?? undefined, iin: child.iin ?? undefined },
      openedDay: dayOf(row.opened_at),
      ground: request?.form['ground'] as string | undefined,
      level: RISK_LEVELS[row.risk as keyof typeof RISK_LEVELS]?.[lang],
      manager: row.manager === null ? undefined : people.get(row.manager)?.name,
      managers: leads.map(({ at, form }) => ({ name: people.get(form['manager'] as string)?.name ?? '', day: dayOf(at) })),
      closedDay: closed && dayOf(closed.at),
      groups: file.items.map(({ label, documents }) => ({
        label,
        documents: documents.map(({ act, label: name, at }) => {
          const filed = actOf.get(act)!
          const { recordedAt, form } = filed
          const put = (form['document'] ?? {}) as { original?: boolean; paper?: boolean; day?: string; from?: string; pages?: number }
          return {
            label: name,
            day: put.day ?? dayOf(at),
            putInAt: recordedAt,
            by: recordedBy(of, filed, lang).name,
            isOriginal: put.original,
            isOnPaper: put.paper,
            from: put.from,
            pages: put.pages,
          }
        }),
      })),
      missing: file.missing.map(({ label, due }) => ({ label, due: due === undefined ? undefined : dayOf(due) })),
    }
    if (sheet === 'file') return fileSheet(view)
    const handed = standing.findLast(({ kind }) => kind === 'hand-over-offered' || kind === 'handed-over')
    return handOverSheet({
      ...view,
      to: handed && (await this.#organisation(handed.form['organisation'] as string, lang)),
      reason: handed?.form['reason'] as string | undefined,
      terms: open.map((deadline) => ({
        label: programmeOf('child-protection').rowText(deadline.row).what,
        due: deadline.due === undefined ? undefined : dayOf(deadline.due),
      })),
      gives: row.manager === null ? undefined : named(of, row.manager, lang),
    })
  }

  async #organisation(id: string, lang: Lang): Promise<string> {
    return (await this.#contexts.organisationName(id))[lang]
  }
}
