/** The family signs the plan (CP-27): on the screen, by a typed name, on paper, or with a scan; or it does not, and why. */
import { SIGNING_WAYS } from '@tirek/contract/forms/codes'
import type { CaseFile } from '@tirek/contract/case-files'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { newKey, sendFile } from '../api.ts'
import { captionOf, idOf } from '../fields.ts'
import { useHere } from '../me.tsx'
import { Field } from '../parts/field.tsx'
import { useForm } from '../parts/form.tsx'
import { Happened } from '../parts/happened.tsx'
import { SignPad } from '../parts/sign-pad.tsx'
import { Failure } from '../parts/states.tsx'
import { Uploads, type Kept } from '../parts/uploads.tsx'
import { formWords } from '../words-of/forms.ts'
import { workWords } from '../words-of/work.ts'
import type { FaceProps } from './face.tsx'
import './forms.css'

type Way = keyof typeof SIGNING_WAYS
/** As they are offered: what is done on the spot first. */
const WAYS: readonly Way[] = ['screen', 'typed', 'scan', 'paper']
type Signed = { signed?: boolean; how?: Way; signature?: string; planVersion?: number; confirmed?: boolean }

export function FamilySignatureFields({ found, filling, now }: FaceProps) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const tell = workWords(lang)
  const { value, change, errors, schema } = useForm()
  const { signed, how, planVersion } = value as Signed
  const choose = (to: Way) => {
    // A file or a promise of another way is none of this one.
    const { signature: _, confirmed: __, ...rest } = value as Signed
    change([], { ...rest, how: to })
  }
  const error = errors.get('/how')
  if (planVersion === undefined)
    return (
      <p className="note soon">
        {tell.planNone}{' '}
        {(found.allowedActs as readonly string[]).includes('plan-signed') && (
          <Link to="/cases/$id/record/$kind" params={{ id: found.summary.id, kind: 'plan-signed' }}>
            {tell.planWrite}
          </Link>
        )}
      </p>
    )
  return (
    <>
      <p className="soft">
        {tell.planVersion} {planVersion}
      </p>
      <Field at={['signed']} required />
      {signed === true && (
        <>
          <fieldset className="field" id={idOf('/how')} aria-describedby={error ? 'how-error' : undefined}>
            <legend>{captionOf(schema.properties?.['how'] ?? {}, lang)}</legend>
            {error && (
              <p className="error" id="how-error">
                {error}
              </p>
            )}
            <div className="ticks taps">
              {WAYS.map((way) => (
                <label key={way} className="tick">
                  <input type="radio" name="how" checked={how === way} onChange={() => choose(way)} />
                  <span>{SIGNING_WAYS[way][lang]}</span>
                </label>
              ))}
            </div>
          </fieldset>
          {how !== undefined && <Field at={['by']} caption={frm.signName} required />}
          {how === 'screen' && <OnScreen caseId={found.summary.id} otherwise={() => choose('typed')} />}
          {how === 'scan' && <Scan caseId={found.summary.id} />}
          {how === 'typed' && <Typed />}
        </>
      )}
      {signed === false && <Field at={['reason']} required />}
      {signed !== undefined && (
        <>
          <Field at={['tookPart']} />
          <Field at={['comments']} />
          <Happened typed={filling.typed} set={filling.set} errors={errors} now={now} />
        </>
      )}
    </>
  )
}

function OnScreen({ caseId, otherwise }: { caseId: string; otherwise(): void }) {
  const { lang, words } = useHere()
  const frm = formWords(lang)
  const { value, change, errors } = useForm()
  const { signature } = value as Signed
  const at = idOf('/signature')
  const error = errors.get('/signature')
  const [shown, setShown] = useState<string>()
  // One drawing is one file, however often it is sent.
  const [key, setKey] = useState(newKey)
  const keep = useMutation({
    mutationFn: (picture: Blob) =>
      sendFile<CaseFile>(`/api/cases/${caseId}/files`, new File([picture], 'signature.png', { type: 'image/png' }), key),
    networkMode: 'always',
    onSuccess: (file, picture) => {
      change(['signature'], file.id)
      setKey(newKey())
      const reader = new FileReader()
      reader.onload = () => setShown(String(reader.result))
      reader.readAsDataURL(picture)
    },
  })
  return (
    <section className="field" aria-live="polite">
      <p className="label">{frm.signHere}</p>
      {error && (
        <p className="error" id={`${at}-error`}>
          {error}
        </p>
      )}
      {signature ? (
        <div className="signed">
          <img src={shown ?? `/api/cases/${caseId}/files/${signature}`} alt={frm.signPicture} />
          <p className="row wrap">
            <span className="tag kept">{frm.signKept}</span>
            <button type="button" className="plain" onClick={() => change(['signature'], undefined)}>
              {frm.signAgain}
            </button>
          </p>
        </div>
      ) : (
        <>
          <SignPad id={at} label={frm.signArea} busy={keep.isPending} take={(picture) => keep.mutate(picture)} />
          {keep.isError && <Failure error={keep.error} words={words} />}
          <p className="hint">
            {frm.signCannot}{' '}
            <button type="button" className="plain" onClick={otherwise}>
              {frm.signType}
            </button>
          </p>
        </>
      )}
    </section>
  )
}

function Scan({ caseId }: { caseId: string }) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const { value, change } = useForm()
  const { signature } = value as Signed
  const [names, setNames] = useState<readonly Kept[]>([])
  const known = signature ? [names.find(({ id }) => id === signature) ?? { id: signature, name: frm.signScan }] : []
  return (
    <Uploads
      at={['signature']}
      to={`/api/cases/${caseId}/files`}
      title={frm.signScan}
      one
      known={known}
      setKnown={(files) => {
        setNames(files)
        change(['signature'], files.at(-1)?.id)
      }}
    />
  )
}

/** Who cannot draw: the name that was typed, and that it is meant as a signature. */
function Typed() {
  const { lang } = useHere()
  const frm = formWords(lang)
  const { value, change, errors } = useForm()
  const { confirmed } = value as Signed
  const id = idOf('/confirmed')
  const error = errors.get('/confirmed')
  return (
    <div className="field">
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <label className="tick" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          aria-describedby={error ? `${id}-error` : undefined}
          aria-invalid={error ? true : undefined}
          checked={confirmed === true}
          onChange={(event) => change(['confirmed'], event.target.checked || undefined)}
        />
        <span>{frm.signStatement}</span>
      </label>
    </div>
  )
}
