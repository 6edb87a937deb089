/** Empty forms by their names: of an act by its kind, of a journal as `journal-visitors`, of the sheets by theirs. Printers of forms are loaded when one is asked for. */
import { KINDS } from '@tirek/contract/acts'
import { JOURNALS, type JournalName } from '@tirek/contract/journals'
import { isCaseSheet, isEditionSheet, type CaseSheet } from '@tirek/contract/papers'
import type { Lang } from '@tirek/contract/roles'
import type { Sheet } from '@tirek/documents/sheet'
import type { ActKind } from '@tirek/procedure/child-protection/acts'

const JOURNAL = 'journal-'

export const isBlank = (name: string): boolean =>
  (KINDS as readonly string[]).includes(name) ||
  isCaseSheet(name) ||
  isEditionSheet(name) ||
  (name.startsWith(JOURNAL) && Object.hasOwn(JOURNALS, name.slice(JOURNAL.length)))

/** `organisation`: whose form it is. */
export async function blankSheet(blank: string, organisation: string, lang: Lang): Promise<Sheet> {
  const common = { lang, organisation }
  const nameOf = () => undefined
  if (isCaseSheet(blank)) return blankOfCase(blank, common)
  if (isEditionSheet(blank)) {
    const { editionSheet } = await import('@tirek/documents/forms/edition-sheets')
    return editionSheet(blank, { ...common, edition: '' })
  }
  const name = blank.slice(JOURNAL.length)
  if (blank.startsWith(JOURNAL) && Object.hasOwn(JOURNALS, name)) {
    const { journalSheet } = await import('@tirek/documents/forms/journal-sheet')
    return journalSheet({ ...common, name: name as JournalName, items: [], nameOf })
  }
  const { actSheet } = await import('@tirek/documents/forms/act-sheet')
  return actSheet({ ...common, kind: blank as ActKind, nameOf })
}

async function blankOfCase(blank: CaseSheet, common: { lang: Lang; organisation: string }): Promise<Sheet> {
  switch (blank) {
    case 'reach':
      return (await import('@tirek/documents/forms/reach-sheet')).reachSheet(common)
    case 'plan':
      return (await import('@tirek/documents/forms/plan-sheet')).wholePlanSheet({ ...common, sheets: [], nameOf: () => undefined })
    case 'contacts':
      return (await import('@tirek/documents/forms/contacts-sheet')).contactsSheet({ ...common, contacts: [] })
    case 'file':
      return (await import('@tirek/documents/forms/file-sheet')).fileSheet(common)
    case 'hand-over':
      return (await import('@tirek/documents/forms/file-sheet')).handOverSheet(common)
    case 'urgent-notice':
      return (await import('@tirek/documents/forms/urgent-notice')).urgentNoticeSheet(common)
  }
}
