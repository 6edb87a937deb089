/** Papers given out as PDF or DOCX: of an act, of a whole case, of an edition, blank forms. */
import { CASE_SHEETS, type CaseSheet } from '@tirek/contract/papers'
import type { Lang } from '@tirek/contract/roles'
import { useMutation } from '@tanstack/react-query'
import { saveFile } from '../api.ts'
import { useHere } from '../me.tsx'
import { paperWords } from '../words-of/papers.ts'
import { Failure } from './states.tsx'

/** `path`: without its ending. */
export function FileLinks({ path, name, lang: asked }: { path: string; name: string; lang?: Lang }) {
  const { lang, words } = useHere()
  const pap = paperWords(lang)
  const save = useMutation({ mutationFn: saveFile })
  return (
    <>
      <span className="row wrap">
        {(['pdf', 'docx'] as const).map((ending) => (
          <button
            key={ending}
            type="button"
            className="plain"
            disabled={save.isPending}
            aria-label={`${name}: ${ending === 'pdf' ? pap.readPdf : pap.readDocx}`}
            onClick={() => save.mutate(`${path}/${ending}${asked ? `?lang=${asked}` : ''}`)}
          >
            {ending.toUpperCase()}
          </button>
        ))}
      </span>
      {save.isError && <Failure error={save.error} words={words} />}
    </>
  )
}

/** A paper of the personal file. */
export const PaperLinks = ({ caseId, act, name }: { caseId: string; act: string; name: string }) => (
  <FileLinks path={`/api/cases/${caseId}/papers/${act}`} name={name} />
)

const FAMILY_LANGS = { ru: 'russian', kk: 'kazakh', en: 'english' } as const satisfies Record<Lang, string>

/** Sheets of the whole case; the one for the family by one press in its language. */
export function SheetLinks({ caseId }: { caseId: string }) {
  const { lang, words } = useHere()
  const pap = paperWords(lang)
  const save = useMutation({ mutationFn: saveFile })
  const others = (Object.keys(CASE_SHEETS) as CaseSheet[]).filter((one) => one !== 'reach')
  return (
    <>
      <p className="label">{pap.reach}</p>
      <p className="row wrap">
        {(Object.keys(FAMILY_LANGS) as Lang[]).map((one) => (
          <button
            key={one}
            type="button"
            className="button quiet"
            disabled={save.isPending}
            onClick={() => save.mutate(`/api/cases/${caseId}/sheets/reach/pdf?lang=${one}`)}
          >
            {pap[FAMILY_LANGS[one]]}
          </button>
        ))}
      </p>
      {save.isError && <Failure error={save.error} words={words} />}
      <details>
        <summary>{pap.title}</summary>
        <ul className="papers">
          {others.map((sheet) => (
            <li key={sheet}>
              {CASE_SHEETS[sheet][lang]} <FileLinks path={`/api/cases/${caseId}/sheets/${sheet}`} name={CASE_SHEETS[sheet][lang]} />
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}
