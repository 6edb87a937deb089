/** The frame of a referral's form: refusal on top, what others did meanwhile, draft, fields, save. */
import { REFERRAL_ACT_LABELS } from '@tirek/contract/forms/referral-codes'
import { dayOf } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Refused } from '../api.ts'
import type { useFilling } from '../form-state.ts'
import { systemNow, useHere, usePeople } from '../me.tsx'
import { momentText } from '../when.ts'
import { FormFields, type FormState } from './form.tsx'
import { ErrorSummary } from './states.tsx'
import { DraftNote } from './draft-note.tsx'

/** `again`: sends over what somebody else has done meanwhile, after it was read. */
export function ReferralSheet({
  filling,
  state,
  save,
  button,
  again,
  cancel,
  children,
}: {
  filling: ReturnType<typeof useFilling>
  state: FormState
  save: { isPending: boolean; error: unknown; mutate(): void }
  button: string
  again?: (version: number) => void
  cancel: { to: string; params: Record<string, string> }
  children: ReactNode
}) {
  const { lang, words } = useHere()
  const people = usePeople()
  const stale = save.error instanceof Refused && save.error.problem.code === 'stale' ? save.error.problem : undefined
  const labelOf = (kind: string) => REFERRAL_ACT_LABELS[kind as keyof typeof REFERRAL_ACT_LABELS]?.[lang] ?? kind
  return (
    <>
      <ErrorSummary error={save.error} words={words} lang={lang} schema={state.schema}>
        {stale && again && (
          <>
            <p>{words.changedBy}:</p>
            <ul>
              {(stale.changes ?? []).map((change) => (
                <li key={`${change.kind}${change.at}`}>
                  {labelOf(change.kind)}, {momentText(change.at, lang, dayOf(systemNow()))}
                  {change.by && `, ${people.get(change.by)?.name ?? ''}`}
                </li>
              ))}
            </ul>
            <button type="button" className="button" onClick={() => again(Number(stale['version']))}>
              {words.sendAnyway}
            </button>
          </>
        )}
      </ErrorSummary>
      <form
        className="sheet"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!save.isPending) save.mutate()
        }}
      >
        <DraftNote filling={filling} />
        <FormFields state={{ ...state, isOfficial: true }}>
          <div className="card part">{children}</div>
        </FormFields>
        <p className="row wrap save">
          <button className="button" disabled={save.isPending || !filling.ready}>
            {save.isPending ? words.saving : button}
          </button>
          <Link className="button quiet" to={cancel.to as '/'} params={cancel.params as never}>
            {words.cancel}
          </Link>
          <span className="soft" role="status">
            {filling.kept ? words.draftKept : ''}
          </span>
        </p>
      </form>
    </>
  )
}
