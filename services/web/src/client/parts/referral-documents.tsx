/** Documents that go with a referral besides what the system holds: listed, opened and taken out on its page, added by a form of their own. */
import { DOCUMENT_KINDS, REFERRAL_ACT_LABELS } from '@tirek/contract/forms/referral-codes'
import type { ReferralPage } from '@tirek/contract/referrals'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ask, newKey, saveFile } from '../api.ts'
import { useHere } from '../me.tsx'
import { useReferral } from '../referral-data.ts'
import { capital } from '../when.ts'
import { referralWords } from '../words-of/referrals.ts'
import { Field } from './field.tsx'
import { useForm } from './form.tsx'
import { ErrorSummary, Failure } from './states.tsx'
import { Uploads, type Kept } from './uploads.tsx'

export function ReferralDocuments({ page }: { page: ReferralPage }) {
  const { lang, words } = useHere()
  const ref = referralWords(lang)
  const queries = useQueryClient()
  const open = useMutation({ mutationFn: saveFile })
  const remove = useMutation({
    mutationFn: (file: string) =>
      ask<ReferralPage>(`/api/referrals/${page.id}/document-removed`, {
        method: 'POST',
        body: { version: page.version, form: { file } },
        key: newKey(),
      }),
    onSuccess: (left) => queries.setQueryData(['referral', page.id], left),
    onError: () => queries.invalidateQueries({ queryKey: ['referral', page.id] }),
  })
  const mayAdd = page.allowedActs.includes('document-added')
  const mayRemove = page.allowedActs.includes('document-removed')
  if (page.documents.length === 0 && !mayAdd) return null
  return (
    <section aria-labelledby="documents-title">
      <h3 id="documents-title">{ref.documents}</h3>
      <ErrorSummary error={remove.error} words={words} lang={lang} />
      {open.isError && <Failure error={open.error} words={words} />}
      {page.documents.length === 0 && <p className="soft">{ref.documentsWhy}</p>}
      <ul className="papers">
        {page.documents.map(({ id, kind, title, file }) => (
          <li key={id}>
            {capital(DOCUMENT_KINDS[kind][lang])}
            {title && `: ${title}`}{' '}
            {file && (
              <button type="button" className="plain" onClick={() => open.mutate(`/api/referrals/${page.id}/files/${file.id}`)}>
                {file.name}
              </button>
            )}{' '}
            {mayRemove && (
              <button type="button" className="plain" disabled={remove.isPending} onClick={() => remove.mutate(id)}>
                {words.remove} <span className="hidden">{title ?? DOCUMENT_KINDS[kind][lang]}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayAdd && (
        <p>
          <Link
            className="button quiet"
            to="/cases/$id/referrals/$referral/$act"
            params={{ id: page.caseId, referral: page.id, act: 'document-added' }}
          >
            {REFERRAL_ACT_LABELS['document-added'][lang]}
          </Link>
        </p>
      )}
    </section>
  )
}

/** The form of one document: what it is, and its file, of this device or from the referral that this one goes on from. */
export function ReferralDocument({ page, files, set }: { page: ReferralPage; files: readonly Kept[]; set(files: readonly Kept[]): void }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  const form = useForm()
  const { kind } = form.value as { kind?: string }
  const before = useReferral(page.previous ?? '', page.previous !== undefined).data
  const taken = new Set(page.documents.map(({ id }) => id))
  const known = before
    ? [...before.answers.flatMap((one) => one.files), ...before.documents.flatMap(({ file }) => file ?? [])].filter(
        ({ id }) => !taken.has(id),
      )
    : []
  const [chosen] = files
  const isKnown = known.some(({ id }) => id === chosen?.id)
  return (
    <>
      <Field at={['kind']} />
      <Field at={['title']} required={kind === 'other'} />
      {known.length > 0 && (
        <fieldset className="field">
          <legend>{ref.documentBefore}</legend>
          <div className="ticks">
            {known.map(({ id, name }) => (
              <label key={id} className="tick">
                <input type="radio" name="before" checked={chosen?.id === id} onChange={() => set([{ id, name }])} />
                <span>{name}</span>
              </label>
            ))}
            <label className="tick">
              <input type="radio" name="before" checked={!isKnown} onChange={() => set([])} />
              <span>{ref.documentNew}</span>
            </label>
          </div>
        </fieldset>
      )}
      {!isKnown && (
        <Uploads
          at={['file']}
          to={`/api/referrals/${page.id}/uploads`}
          more={{ for: 'packet' }}
          title={ref.documentFile}
          hint={ref.documentHint}
          known={files}
          setKnown={set}
          one
        />
      )}
    </>
  )
}
