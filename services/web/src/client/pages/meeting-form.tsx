/** Forms of meetings: one is called, or something is done with one. Drawn from their schemas; whoever was faster is told of. */
import { MEETING_ACT_LABELS, MEETING_KINDS, MEETING_STATES } from '@tirek/contract/forms/meeting-codes'
import type { MeetingPage, MeetingProposal } from '@tirek/contract/meetings'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { ask, newKey, Refused } from '../api.ts'
import { answered, type Path, type Schema } from '../fields.ts'
import { errorsOf, useFilling, type Typed } from '../form-state.ts'
import { systemNow, useHere, useNow, usePeople } from '../me.tsx'
import { useCalendar, useMeeting, useMeetingForm, useProposed, WITH_ONE } from '../meeting-data.ts'
import { Field, Fields } from '../parts/field.tsx'
import { FormFields, type FormState } from '../parts/form.tsx'
import { InviteeFields, type Invited } from '../parts/invitees.tsx'
import { invitedOf, isTicked, ProposedInvitees } from '../parts/proposed-invitees.tsx'
import { NotNowWith } from '../parts/not-now-with.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { UnusualTime } from '../parts/unusual-time.tsx'
import type { Proposed } from '../proposed.ts'
import { reviewCall, useProposal, useReview } from '../review-data.ts'
import { capital, momentText } from '../when.ts'
import { reviewWords } from '../words-of/reviews.ts'
import { DraftNote } from '../parts/draft-note.tsx'

const AGREES = new Set(['supervisor', 'head'])
type Value = Record<string, unknown>

export function MeetingCallPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { words } = useHere()
  const { me } = useHere()
  const schema = useMeetingForm('called')
  const proposed = useProposed(id, me.organisation)
  const isReview = new URLSearchParams(window.location.search).get('kind') === 'review'
  const review = useReview(id, isReview)
  const last = useProposal(id, isReview)
  if (schema.isPending || proposed.isPending || (isReview && (review.isPending || last.isPending))) return <Loading words={words} />
  if (!schema.data) return <Unread error={schema.error} again={() => void schema.refetch()} />
  // Without proposals one calls a meeting all the same.
  return (
    <Call
      key={String(isReview)}
      caseId={id}
      schema={schema.data}
      proposed={proposed.data ?? []}
      {...(isReview && { review: { due: review.data?.due, proposal: last.data } })}
    />
  )
}

type ForReview = { due?: string | undefined; proposal?: MeetingProposal | undefined }
function Call({ caseId, schema, proposed, review }: { caseId: string; schema: Schema; proposed: readonly Proposed[]; review?: ForReview }) {
  const { me, lang, words } = useHere()
  const people = usePeople()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const calendar = useCalendar()
  const rev = reviewWords(lang)
  const asked: Invited[] = proposed.some(({ isOnly }) => isOnly)
    ? proposed.filter(({ isOnly }) => isOnly).map((one) => invitedOf(one, lang))
    : [{ who: 'agency' }]
  const filling = useFilling(me.person, `${caseId}/meeting-called${review ? '/review' : ''}`, () => ({
    // CP-30: whoever does not supervise has agreed it with somebody who does.
    value: {
      ...(review
        ? reviewCall(
            { ...review, calendar, agenda: [rev.agendaPlan, rev.agendaDecision, rev.agendaNext], today: dayOf(systemNow()) },
            asked,
          )
        : { kind: 'interagency', agenda: [''], invitees: asked }),
      ...(!AGREES.has(me.role) && { agreement: { day: dayOf(systemNow()) } }),
    },
    key: newKey(),
  }))
  const value = filling.typed.value as Value & { invitees: Invited[] }
  useEffect(() => void (document.title = `${words.meetingCall} · Тірек`), [words])
  const save = useMutation({
    mutationFn: () =>
      ask<MeetingPage>('/api/meetings', { method: 'POST', body: { ...(answered(value) as object), caseId }, key: filling.typed.key }),
    onSuccess: async (made) => {
      filling.drop()
      await queries.invalidateQueries({ queryKey: ['meetings', caseId] })
      await navigate({ to: '/cases/$id/meetings/$meeting', params: { id: caseId, meeting: made.id } })
    },
  })
  const errors = errorsOf(save.error)
  const ids = (path: Path) =>
    path.at(-1) === 'supervisor' || path.at(-1) === 'coordinator'
      ? [...people.values()].filter((one) => AGREES.has(one.role)).map((one) => ({ value: one.id, label: one.name }))
      : undefined
  const setAll = (invitees: Invited[]) => filling.change(['invitees'], invitees)
  return (
    <Page
      back={
        <Link to="/cases/$id/meetings" params={{ id: caseId }}>
          ← {words.meetings}
        </Link>
      }
      title={review ? rev.call : words.meetingCall}
    >
      <p className="soft">{words.meetingCallLead}</p>
      {review?.proposal?.standing && (
        <p className="note soon">
          {rev.calledAlready}.{' '}
          <Link to="/cases/$id/meetings/$meeting" params={{ id: caseId, meeting: review.proposal.standing.id }}>
            {rev.openIt}
          </Link>
        </p>
      )}
      {review && <p className="note">{review.proposal?.from ? rev.filled : rev.filledFirst}</p>}
      <ErrorSummary error={save.error} words={words} lang={lang} schema={schema} />
      <Sheet
        filling={filling}
        state={{ schema, value, change: filling.change, errors, lang, words, ids }}
        save={save}
        button={words.meetingSend}
        isAfter
        without={[
          'caseId',
          'invitees',
          ...(AGREES.has(me.role) ? [] : ['agreement']),
          // CP-51: of a review alone.
          ...(value['kind'] === 'review' ? [] : ['coordinator']),
        ]}
      >
        <ProposedInvitees proposed={proposed} invitees={value.invitees ?? []} set={setAll} errors={errors} />
        <fieldset className="group">
          <legend>{words.meetingInvite}</legend>
          {errors.get('/invitees') && <p className="error">{errors.get('/invitees')}</p>}
          {(value.invitees ?? []).map((one, n) =>
            isTicked(one, proposed) ? null : (
              <div key={n} className="gap item">
                <InviteeFields
                  value={one}
                  at={`/invitees/${n}`}
                  errors={errors}
                  set={(to) => setAll(value.invitees.map((other, i) => (i === n ? to : other)))}
                />
                {value.invitees.length > 1 && (
                  <button type="button" className="plain" onClick={() => setAll(value.invitees.filter((_, i) => i !== n))}>
                    {words.meetingRemove}
                  </button>
                )}
              </div>
            ),
          )}
          <button type="button" className="button quiet gap" onClick={() => setAll([...(value.invitees ?? []), { who: 'agency' }])}>
            {words.meetingAddOne}
          </button>
        </fieldset>
        {!AGREES.has(me.role) && <Field at={['agreement']} required />}
      </Sheet>
    </Page>
  )
}

export function MeetingActPage() {
  const { id, meeting, act } = useParams({ strict: false }) as { id: string; meeting: string; act: string }
  const { words } = useHere()
  const schema = useMeetingForm(act)
  const found = useMeeting(meeting)
  if (schema.isPending || found.isPending) return <Loading words={words} />
  if (!schema.data) return <Unread error={schema.error} again={() => void schema.refetch()} />
  if (!found.data) return <Unread error={found.error} again={() => void found.refetch()} />
  return <Act key={act} caseId={id} act={act as keyof typeof MEETING_ACT_LABELS} schema={schema.data} page={found.data} />
}

/** What is known already stands in the form. */
function firstOf(act: string, page: MeetingPage): Typed {
  const moment = (ms: number) => new Date(ms).toISOString()
  const time = { startsAt: moment(page.startsAt), endsAt: moment(page.endsAt), place: page.place, video: page.video }
  const asked = new URLSearchParams(window.location.search).get('invitee') ?? undefined
  const content = page.protocol?.content as Value | undefined
  const here = page.invitees.map(({ id, standing }) => ({ invitee: id, came: standing === 'accepted' }))
  const value: Value =
    act === 'moved' || act === 'confirmed'
      ? { ...time, ...(act === 'confirmed' && { agenda: page.agenda }) }
      : act === 'held'
        ? { heldAt: moment(page.startsAt), attendance: here, coordinator: page.coordinator }
        : act === 'protocol-written' || act === 'protocol-corrected'
          ? { ...content }
          : act === 'invited'
            ? { invitee: { who: 'agency' } }
            : { ...(asked && { invitee: asked }) }
  // The version that was seen: a newer one is somebody else's work.
  return { value, key: newKey(), version: page.version }
}

function Act({ caseId, act, schema, page }: { caseId: string; act: keyof typeof MEETING_ACT_LABELS; schema: Schema; page: MeetingPage }) {
  const { me, lang, words } = useHere()
  const people = usePeople()
  const now = useNow(30_000)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const filling = useFilling(me.person, `${page.id}/${act}`, () => firstOf(act, page))
  const value = filling.typed.value as Value
  const version = Number(filling.typed['version'] ?? page.version)
  const title = MEETING_ACT_LABELS[act][lang]
  useEffect(() => void (document.title = `${title} · Тірек`), [title])
  const save = useMutation({
    mutationFn: (seen: number) =>
      ask<MeetingPage>(`/api/meetings/${page.id}/${act}`, {
        method: 'POST',
        body: { version: seen, form: answered(value) ?? {} },
        key: `${filling.typed.key}-${seen}`,
      }),
    onSuccess: async (saved) => {
      filling.drop()
      queries.setQueryData(['meeting', page.id], saved)
      await queries.invalidateQueries({ queryKey: ['meetings', caseId] })
      await navigate({ to: '/cases/$id/meetings/$meeting', params: { id: caseId, meeting: page.id } })
    },
  })
  const errors = errorsOf(save.error)
  const ids = (path: Path) =>
    path.at(-1) === 'coordinator'
      ? [...people.values()].filter((one) => AGREES.has(one.role)).map((one) => ({ value: one.id, label: one.name }))
      : path.at(-1) === 'invitee'
        ? page.invitees.map((one) => ({ value: one.id, label: whom(one) }))
        : undefined
  const stale = save.error instanceof Refused && save.error.problem.code === 'stale' ? save.error.problem : undefined
  const attendance = value['attendance'] as { invitee: string; came: boolean }[] | undefined
  const at = { id: caseId, meeting: page.id }
  const back = (
    <Link to="/cases/$id/meetings/$meeting" params={at}>
      ← {capital(MEETING_KINDS[page.kind][lang])}, {words.casePrefix} {page.caseNumber}
    </Link>
  )
  const may = page.allowedActs as readonly string[]
  // Found so when it was opened: what others do meanwhile takes no form away.
  const [wasBarred] = useState(!may.includes(act))
  const isBarred = wasBarred && !may.includes(act)
  const notNow = isBarred && (
    <NotNowWith state={MEETING_STATES[page.state][lang]} hasDraft={filling.touched}>
      {page.allowedActs
        .filter((one) => !WITH_ONE.has(one))
        .map((one) => (
          <li key={one}>
            <Link to="/cases/$id/meetings/$meeting/$act" params={{ ...at, act: one }}>
              {MEETING_ACT_LABELS[one][lang]}
            </Link>
          </li>
        ))}
      <li>
        <Link to="/cases/$id/meetings/$meeting" params={at}>
          {capital(MEETING_KINDS[page.kind][lang])}
        </Link>
      </li>
    </NotNowWith>
  )
  if (isBarred && !filling.touched)
    return (
      <Page back={back} title={title}>
        {filling.ready && notNow}
      </Page>
    )
  return (
    <Page back={back} title={title}>
      {notNow}
      <p className="soft">
        {capital(MEETING_KINDS[page.kind][lang])} · <span className="num">{momentText(page.startsAt, lang, dayOf(now))}</span>
        {page.place && ` · ${page.place}`}
        {TELLS.has(act) && (
          <>
            <br />
            {words.meetingTells}
          </>
        )}
      </p>
      <ErrorSummary error={save.error} words={words} lang={lang} schema={schema}>
        {stale && (
          <>
            <p>{words.changedBy}:</p>
            <ul>
              {(stale.changes ?? []).map((change) => (
                <li key={`${change.kind}${change.at}`}>
                  {MEETING_ACT_LABELS[change.kind as keyof typeof MEETING_ACT_LABELS]?.[lang] ?? change.kind},{' '}
                  {momentText(change.at, lang, dayOf(now))}
                  {change.by && `, ${people.get(change.by)?.name ?? ''}`}
                  {fieldsOf(change, schema, lang)}
                </li>
              ))}
            </ul>
            <button type="button" className="button" onClick={() => save.mutate(Number(stale['version']))}>
              {words.sendAnyway}
            </button>
          </>
        )}
      </ErrorSummary>
      <Sheet
        filling={filling}
        state={{ schema, value, change: filling.change, errors, lang, words, ids }}
        save={{ isPending: save.isPending, mutate: () => save.mutate(version) }}
        button={TELLS.has(act) ? words.meetingSaveAndTell : words.save}
        without={act === 'invited' ? ['invitee'] : ['attendance', ...(page.kind === 'review' ? ['goesOn'] : ['coordinator', 'decision'])]}
      >
        {act === 'invited' && (
          <InviteeFields
            value={(value['invitee'] as Invited | undefined) ?? { who: 'agency' }}
            at="/invitee"
            errors={errors}
            set={(to) => filling.change(['invitee'], to)}
          />
        )}
        {attendance && (
          <fieldset className="group">
            <legend>{words.meetingCame}</legend>
            {errors.get('/attendance') && <p className="error">{errors.get('/attendance')}</p>}
            {attendance.map((one, n) => (
              <label key={one.invitee} className="tick" htmlFor={`came-${n}`}>
                <input
                  id={`came-${n}`}
                  type="checkbox"
                  checked={one.came}
                  onChange={(event) => filling.change(['attendance', n, 'came'], event.target.checked)}
                />
                <span>{whom(page.invitees.find(({ id }) => id === one.invitee))}</span>
              </label>
            ))}
          </fieldset>
        )}
      </Sheet>
    </Page>
  )
}

/** Several bodies have a person of the same name for their mail: the body first. */
const whom = (invitee: MeetingPage['invitees'][number] | undefined): string =>
  [...new Set([invitee?.organisation, invitee?.name, invitee?.role])].filter(Boolean).join(', ')
/** A letter goes to whom they are about. */
const TELLS: ReadonlySet<string> = new Set(['cancelled', 'moved', 'invited', 'uninvited', 'confirmed'])

/** Which parts of a protocol somebody else has written otherwise. */
function fieldsOf(change: { kind: string; [more: string]: unknown }, schema: Schema, lang: 'ru' | 'kk' | 'en'): string {
  const fields = (change['fields'] as string[] | undefined) ?? []
  const captions = fields.map((name) => (lang === 'ru' ? schema.properties?.[name]?.title : schema.properties?.[name]?.[lang]) ?? name)
  return captions.length > 0 ? `: ${captions.join(', ')}` : ''
}

type Saving = { isPending: boolean; mutate(): void }
function Sheet({
  filling,
  state,
  save,
  button,
  isAfter,
  without,
  children,
}: {
  filling: ReturnType<typeof useFilling>
  state: FormState
  save: Saving
  button: string
  /** The children stand after the fields. */
  isAfter?: true
  without: readonly string[]
  children: ReactNode
}) {
  const { words } = state
  const value = (state.value ?? {}) as Value
  return (
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
        <div className="card part">
          {!isAfter && children}
          <Fields at={[]} schema={state.schema} without={without} />
          <UnusualTime startsAt={value['startsAt']} endsAt={value['endsAt']} />
          <UnusualTime {...(value['next'] as Value | undefined)} />
          {isAfter && children}
        </div>
      </FormFields>
      <p className="row wrap save">
        <button className="button" disabled={save.isPending || !filling.ready}>
          {save.isPending ? words.saving : button}
        </button>
        <span className="soft" role="status">
          {filling.kept ? words.draftKept : ''}
        </span>
      </p>
    </form>
  )
}

const Page = ({ back, title, children }: { back: ReactNode; title: string; children: ReactNode }) => (
  <main id="content" className="narrow">
    <p>{back}</p>
    <h1>{title}</h1>
    {children}
  </main>
)

function Unread({ error, again }: { error: unknown; again(): void }) {
  const { words } = useHere()
  return (
    <main id="content" className="narrow">
      <Failure alone error={error} words={words} onAgain={again} />
    </main>
  )
}
