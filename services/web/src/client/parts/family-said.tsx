/** What the family said to a version of the plan: signed by whom and how, with the signature, or why not. */
import { SIGNING_WAYS } from '@tirek/contract/forms/codes'
import { dayOf } from '@tirek/procedure/time'
import { useMutation } from '@tanstack/react-query'
import { saveFile } from '../api.ts'
import { useHere } from '../me.tsx'
import type { FamilySaid } from '../plan.ts'
import { dayText } from '../when.ts'
import { formWords } from '../words-of/forms.ts'
import { Failure } from './states.tsx'
import '../forms/forms.css'

export function FamilySaidTo({ caseId, said, today }: { caseId: string; said: FamilySaid | undefined; today: string }) {
  const { lang, words } = useHere()
  const frm = formWords(lang)
  const save = useMutation({ mutationFn: saveFile })
  if (!said) return <p className="soft">{frm.saidNothing}</p>
  const { signed, by, how, signature, reason, comments, at } = said
  const path = signature && `/api/cases/${caseId}/files/${signature}`
  const day = <time dateTime={dayOf(at)}>{dayText(dayOf(at), lang, today)}</time>
  return (
    <div className={`note ${signed ? 'kept' : 'soon'} signed`}>
      <p>
        <b>{signed ? frm.saidSigned : frm.saidNot}</b>
        {by && `: ${by}`}, {day}
        {signed && how && ` (${SIGNING_WAYS[how as keyof typeof SIGNING_WAYS]?.[lang] ?? how})`}
      </p>
      {reason && <p>{reason}</p>}
      {comments && (
        <p>
          {frm.saidComments}: {comments}
        </p>
      )}
      {path && how === 'screen' && <img src={path} alt={`${frm.signPicture}${by ? `: ${by}` : ''}`} loading="lazy" />}
      {path && how === 'scan' && (
        <p>
          <button type="button" className="plain" disabled={save.isPending} onClick={() => save.mutate(path)}>
            {frm.saidScan}
          </button>
        </p>
      )}
      {save.isError && <Failure error={save.error} words={words} />}
    </div>
  )
}
