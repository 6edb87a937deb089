/** Empty forms to fill by hand, in the language of the reader. */
import { JOURNAL_NAMES, JOURNALS } from '@tirek/contract/journals'
import { CASE_SHEETS, EDITION_SHEETS, isEditionSheet } from '@tirek/contract/papers'
import type { Lang } from '@tirek/contract/roles'
import { useState } from 'react'
import { useActNames } from '../case-data.ts'
import { useHere } from '../me.tsx'
import { paperWords } from '../words-of/papers.ts'
import { FileLinks } from './paper-links.tsx'

const SHEETS: Readonly<Record<string, Record<Lang, string>>> = {
  // The sheets of an edition have a paper form of their own.
  ...Object.fromEntries(JOURNAL_NAMES.filter((name) => !isEditionSheet(name)).map((name) => [`journal-${name}`, JOURNALS[name].title])),
  ...CASE_SHEETS,
  ...EDITION_SHEETS,
}

export function BlankForms() {
  const { lang } = useHere()
  const pap = paperWords(lang)
  const [blank, setBlank] = useState('help-request-registered')
  const acts = useActNames()
  const labels = { ...Object.fromEntries((acts.data ?? []).map(({ kind, label }) => [kind, label])), ...SHEETS }
  const names = Object.entries(labels)
    .map(([one, label]) => [one, label[lang]] as const)
    .toSorted((a, b) => a[1].localeCompare(b[1], lang))
  return (
    <section className="card pad" aria-labelledby="blanks-title">
      <h2 id="blanks-title">{pap.blanks}</h2>
      <p className="soft">{pap.blanksLead}</p>
      <div className="field">
        <label htmlFor="blank">{pap.blankWhich}</label>
        <select id="blank" value={blank} onChange={(event) => setBlank(event.target.value)}>
          {names.map(([one, name]) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <FileLinks path={`/api/blanks/${blank}`} name={labels[blank]?.[lang] ?? blank} lang={lang} />
    </section>
  )
}
