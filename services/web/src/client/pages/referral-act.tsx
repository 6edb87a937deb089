/** What is done with a referral: edited, sent, answered, taken back; where the child lives after it was decided. */
import { REFERRAL_ACT_LABELS, REFERRAL_BODIES, REFERRAL_STATES } from '@tirek/contract/forms/referral-codes'
import type { ReferralPage } from '@tirek/contract/referrals'
import { dayOf, startOfDay } from '@tirek/procedure/time'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ask, newKey } from '../api.ts'
import { answered, type Path, type Schema } from '../fields.ts'
import { errorsOf, useFilling, type Typed } from '../form-state.ts'
import { systemNow, useHere } from '../me.tsx'
import { Field, Fields } from '../parts/field.tsx'
import { addresseeIds, agenciesOf, ReferralFields } from '../parts/referral-fields.tsx'
import { ReferralDocument } from '../parts/referral-documents.tsx'
import { NotNowWith } from '../parts/not-now-with.tsx'
import { ReferralSheet } from '../parts/referral-sheet.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { Uploads, type Kept } from '../parts/uploads.tsx'
import { BESIDE_PACKET, useReferral, useReferralForm, useReferralOffer } from '../referral-data.ts'
import { FIELDS_OF_ANSWER } from '../referral-line.ts'
import { referralWords } from '../words-of/referrals.ts'

type ActKind = keyof typeof REFERRAL_ACT_LABELS
type Value = Record<string, unknown>

export function ReferralActPage() {
  const { referral, act } = useParams({ strict: false }) as { referral: string; act: string }
  const { words } = useHere()
  const schema = useReferralForm(act)
  const found = useReferral(referral)
  if (schema.isPending || found.isPending) return <Loading words={words} />
  const error = schema.error ?? found.error
  if (!schema.data || !found.data)
    return (
      <main id="content" className="narrow">
        <Failure alone error={error} words={words} onAgain={() => void Promise.all([schema.refetch(), found.refetch()])} />
      </main>
    )
  return <Act key={act} act={act as ActKind} schema={schema.data} page={found.data} />
}

/** Their forms are more than a list of fields. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['changed', 'sent', 'answered', 'document-added'])

/** A decision holds from the morning of its day. */
const workBegins = (day: string) => startOfDay(day) + 9 * 3_600_000

/** What is known already stands in the form. */
function firstOf(act: ActKind, page: ReferralPage): Typed {
  const decision = page.answers.findLast(({ content }) => content.answer === 'decided')?.content
  const { to, letter, enclosures, demands } = page
  const firsts: Partial<Record<ActKind, Value>> = {
    changed: {
      agency: to?.agency,
      letter,
      enclosures,
      demands: demands.filter(({ from }) => from === 'added').map(({ from: _, ...demand }) => demand),
    },
    sent: { way: to?.email ? 'mail' : 'paper', day: dayOf(systemNow()) },
    answered: { answeredAt: new Date(systemNow()).toISOString(), name: to?.contact },
    'placement-confirmed': {
      placement: decision?.placement,
      ...(decision?.documentDay && { from: new Date(Math.min(workBegins(decision.documentDay), systemNow())).toISOString() }),
    },
  }
  // The version that was seen: a newer one is somebody else's work.
  return { value: firsts[act] ?? {}, key: newKey(), version: page.version }
}

/** Only what belongs to what was chosen is sent; the rest may have been typed before. */
function formToSend(act: ActKind, value: Value, files: readonly Kept[]): Value {
  const form = { ...(answered(value) as Value | undefined) }
  if (act === 'sent' && form['way'] !== 'paper') return { way: form['way'] }
  if (act === 'document-added') return { ...form, file: files[0]?.id }
  if (act !== 'answered') return form
  const kept = new Set(['answer', 'name', 'position', 'answeredAt', ...(FIELDS_OF_ANSWER[String(form['answer'])] ?? [])])
  return { ...Object.fromEntries(Object.entries(form).filter(([name]) => kept.has(name))), files: files.map(({ id }) => id) }
}

function Act({ act, schema, page }: { act: ActKind; schema: Schema; page: ReferralPage }) {
  const { me, lang, words } = useHere()
  const ref = referralWords(lang)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const offer = useReferralOffer(page.caseId, page.meeting, act === 'changed')
  const filling = useFilling(me.person, `${page.id}/${act}`, () => firstOf(act, page))
  const value = filling.typed.value as Value
  const files = (filling.typed['files'] as readonly Kept[] | undefined) ?? []
  const at = { id: page.caseId, referral: page.id }
  const title = REFERRAL_ACT_LABELS[act]?.[lang] ?? ref.of
  useEffect(() => void (document.title = `${title} · Тірек`), [title])
  const save = useMutation({
    mutationFn: (seen: number) =>
      ask<ReferralPage>(`/api/referrals/${page.id}/${act}`, {
        method: 'POST',
        body: { version: seen, form: formToSend(act, value, files) },
        // Another version is another request: only a lost answer is asked for again under the same key.
        key: `${filling.typed.key}-${seen}`,
      }),
    onSuccess: async (saved) => {
      filling.drop()
      queries.setQueryData(['referral', page.id], saved)
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['referrals', page.caseId] }),
        queries.invalidateQueries({ queryKey: ['case', page.caseId] }),
      ])
      await navigate({ to: '/cases/$id/referrals/$referral', params: at })
    },
  })
  const agencies = agenciesOf(offer.data, page.body)
  const state = {
    schema: act === 'answered' ? offering(schema, page.answersOffered) : schema,
    value,
    change: filling.change,
    errors: errorsOf(save.error),
    lang,
    words,
    ids: (path: Path) => (act === 'changed' ? addresseeIds(agencies, value['agency'])(path) : undefined),
  }
  const version = Number(filling.typed['version'] ?? page.version)
  const may = page.allowedActs as readonly string[]
  // Found so when it was opened: what others do meanwhile takes no form away.
  const [wasBarred] = useState(!may.includes(act))
  const isBarred = wasBarred && !may.includes(act)
  const back = (
    <p>
      <Link to="/cases/$id/referrals/$referral" params={at}>
        ← {ref.of}: {REFERRAL_BODIES[page.body][lang]}
      </Link>
    </p>
  )
  const notNow = isBarred && (
    <NotNowWith state={REFERRAL_STATES[page.state][lang]} hasDraft={filling.touched}>
      {page.allowedActs
        .filter((one) => !BESIDE_PACKET.has(one))
        .map((one) => (
          <li key={one}>
            <Link to="/cases/$id/referrals/$referral/$act" params={{ ...at, act: one }}>
              {REFERRAL_ACT_LABELS[one][lang]}
            </Link>
          </li>
        ))}
      <li>
        <Link to="/cases/$id/referrals/$referral" params={at}>
          {ref.of}
        </Link>
      </li>
    </NotNowWith>
  )
  if (isBarred && !filling.touched)
    return (
      <main id="content" className="narrow">
        {back}
        <h1>{title}</h1>
        {filling.ready && notNow}
      </main>
    )
  return (
    <main id="content" className="narrow">
      {back}
      <h1>{title}</h1>
      {notNow}
      {act === 'answered' && <p>{ref.answerLead}</p>}
      {act === 'placement-confirmed' && <p>{ref.placementLead}</p>}
      <ReferralSheet
        filling={filling}
        state={state}
        save={{ isPending: save.isPending, error: save.error, mutate: () => save.mutate(version) }}
        button={act === 'sent' ? title : words.save}
        again={(newer) => save.mutate(newer)}
        cancel={{ to: '/cases/$id/referrals/$referral', params: at }}
      >
        {act === 'changed' && <ReferralFields agencies={agencies} demands={offer.data?.demands ?? []} />}
        {act === 'sent' && <Sending page={page} way={value['way']} />}
        {act === 'document-added' && <ReferralDocument page={page} files={files} set={(kept) => filling.set({ files: kept })} />}
        {act === 'answered' && (
          <>
            <Field at={['answer']} />
            {(FIELDS_OF_ANSWER[String(value['answer'])] ?? []).map((name) => (
              <Field key={name} at={[name]} required={isAsked(value, name)} />
            ))}
            <Field at={['name']} />
            <Field at={['position']} />
            <Field at={['answeredAt']} />
            <Uploads
              at={['files']}
              to={`/api/referrals/${page.id}/uploads`}
              title={ref.files}
              known={files}
              setKnown={(kept) => filling.set({ files: kept })}
            />
          </>
        )}
        {!OWN_FIELDS.has(act) && <Fields at={[]} schema={schema} />}
      </ReferralSheet>
    </main>
  )
}

/** Of the answers only those that this body gives to this question. */
function offering(schema: Schema, answers: readonly string[]): Schema {
  const field = schema.properties?.['answer']
  if (!field) return schema
  return { ...schema, properties: { ...schema.properties, answer: { ...field, enum: [...answers] } } }
}

/** What the answer cannot be without; the contract has the same rule, said here before sending. */
function isAsked(value: Value, name: string): boolean {
  const needed: Readonly<Record<string, readonly string[]>> = {
    postponed: ['newDay'],
    'more-asked-for': ['text'],
    returned: ['reasons'],
    decided: ['decision', 'documentNumber', 'documentDay', ...(value['decision'] === 'refused' ? ['reasons'] : [])],
  }
  return needed[String(value['answer'])]?.includes(name) ?? false
}

function Sending({ page, way }: { page: ReferralPage; way: unknown }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  const { to } = page
  return (
    <>
      <Field at={['way']} />
      {way === 'mail' && (
        <p className="note">
          {to?.email ? `${ref.willMail} ${to.email}: ${to.mayReceiveFiles ? ref.getsFiles : ref.getsLink}.` : ref.onlyPaper}
        </p>
      )}
      {page.packet && (
        <section aria-labelledby="goes-title">
          <h2 className="small" id="goes-title">
            {ref.packet}
          </h2>
          <ol className="enclosures">
            {page.packet.enclosures.map((one) => (
              <li key={`${one.kind}${one.sha256}`}>{one.title}</li>
            ))}
          </ol>
        </section>
      )}
      {way === 'paper' && (
        <>
          <Field at={['number']} required />
          <Field at={['day']} required />
          <Field at={['addressee']} />
        </>
      )}
    </>
  )
}
