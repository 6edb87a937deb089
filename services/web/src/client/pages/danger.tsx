/** AC-01: in danger to life a case of somebody else is opened, with a reason. */
import type { GlassBroken } from '@tirek/contract/access'
import { LEAST_REASON } from '@tirek/contract/access-codes'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask, newKey } from '../api.ts'
import { errorsOf, useFilling } from '../form-state.ts'
import { useHere } from '../me.tsx'
import { ErrorSummary } from '../parts/states.tsx'

export function DangerPage() {
  const { number } = useParams({ strict: false }) as { number: string }
  const { me, lang, words } = useHere()
  const queries = useQueryClient()
  const navigate = useNavigate()
  // A fresh sign-in may be asked for: what was typed waits.
  const filling = useFilling(me.person, `danger/${number}`, () => ({ value: { reason: '' }, key: newKey() }))
  const reason = (filling.typed.value as { reason: string }).reason
  const open = useMutation({
    mutationFn: () => ask<GlassBroken>('/api/break-glass', { method: 'POST', body: { number, reason }, key: filling.typed.key }),
    onSuccess: async ({ caseId }) => {
      filling.drop()
      await queries.invalidateQueries()
      await navigate({ to: '/cases/$id', params: { id: caseId } })
    },
  })
  useEffect(() => void (document.title = `${words.openInDanger} · Тірек`), [words])
  const error = errorsOf(open.error).get('/reason')
  return (
    <main id="content" className="narrow">
      <h1>
        {words.openInDanger}: {words.casePrefix} {number}
      </h1>
      <p className="note soon">{words.dangerHint}</p>
      <ErrorSummary error={open.error} words={words} lang={lang} />
      <form
        className="sheet"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!open.isPending) open.mutate()
        }}
      >
        <div className="card part">
          <div className="field">
            <label htmlFor="field-reason">{words.whatDanger}</label>
            <p className="hint" id="field-reason-hint">
              {words.atLeastSigns} {LEAST_REASON}
            </p>
            <textarea
              id="field-reason"
              rows={4}
              aria-describedby="field-reason-hint"
              aria-invalid={error ? true : undefined}
              value={reason}
              onChange={(event) => filling.change(['reason'], event.target.value)}
            />
            {error && <p className="error">{error}</p>}
          </div>
        </div>
        <div className="row wrap save">
          <button className="button" disabled={open.isPending || !filling.ready}>
            {words.openInDanger}
          </button>
          <Link className="button quiet" to="/cases">
            {words.cancel}
          </Link>
        </div>
      </form>
    </main>
  )
}
