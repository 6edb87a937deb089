/** Mail to a meeting that nobody could match: a person says whose answer it is, or sets it aside. */
import { MAIL_SETTLED, MEETING_ACT_LABELS, MEETING_ANSWERS, UNMATCHED_REASONS } from '@tirek/contract/forms/meeting-codes'
import type { MeetingMails, MeetingPage } from '@tirek/contract/meetings'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { ask, newKey } from '../api.ts'
import { errorsOf } from '../form-state.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { useMeeting, useMeetingMails } from '../meeting-data.ts'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { momentText } from '../when.ts'

type Mail = MeetingMails['items'][number]
type Settling = { act: 'mail-answered' | 'mail-set-aside'; form: object }

export function MeetingMailPage() {
  const { id, meeting } = useParams({ strict: false }) as { id: string; meeting: string }
  const { words } = useHere()
  const found = useMeeting(meeting)
  const mails = useMeetingMails(meeting)
  useEffect(() => void (document.title = `${words.meetingUnmatched} · Тірек`), [words])
  if (found.isPending || mails.isPending) return <Loading words={words} />
  const failed = found.data ? mails : found
  if (!found.data || !mails.data)
    return (
      <main id="content" className="narrow">
        <Failure alone error={failed.error} words={words} onAgain={() => void failed.refetch()} />
      </main>
    )
  const open = mails.data.items.filter(({ settled }) => !settled)
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id/meetings/$meeting" params={{ id, meeting }}>
          ← {words.casePrefix} {found.data.caseNumber}
        </Link>
      </p>
      <h1>{words.meetingUnmatched}</h1>
      <p className="soft">{words.meetingUnmatchedLead}</p>
      {open.length === 0 && <p className="soft">{words.meetingUnmatchedNone}</p>}
      {open.map((mail) => (
        <One key={mail.id} mail={mail} page={found.data} />
      ))}
      <Settled mails={mails.data.items.filter(({ settled }) => settled)} />
    </main>
  )
}

/** What it says, as it came: nothing of it is believed. */
function Said({ mail }: { mail: Mail }) {
  const { lang, words } = useHere()
  const today = dayOf(useNow(60_000))
  const lines: [string, string | undefined][] = [
    [words.mailFrom, mail.from],
    [words.mailAttendee, mail.attendee === mail.from ? undefined : mail.attendee],
    [words.mailDelegate, mail.delegate],
    [words.mailSubject, mail.subject],
    [words.mailAnswer, mail.answer],
    [words.mailProposed, mail.proposedStart === undefined ? undefined : momentText(mail.proposedStart, lang, today)],
    [words.mailSays, mail.comment],
  ]
  return (
    <dl className="facts">
      {lines.map(([caption, text]) =>
        text ? (
          <div key={caption}>
            <dt>{caption}</dt>
            <dd>{text}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

function One({ mail, page }: { mail: Mail; page: MeetingPage }) {
  const { lang, words } = useHere()
  const today = dayOf(useNow(60_000))
  const queries = useQueryClient()
  const id = useId()
  const [invitee, setInvitee] = useState('')
  const [answer, setAnswer] = useState('')
  const key = useRef(newKey())
  const save = useMutation({
    mutationFn: ({ act, form }: Settling) =>
      ask<MeetingPage>(`/api/meetings/${page.id}/${act}`, {
        method: 'POST',
        body: { version: page.version, form },
        key: `${key.current}-${act}`,
      }),
    // Another try after a refusal is another request.
    onError: () => void (key.current = newKey()),
    onSuccess: async (saved) => {
      queries.setQueryData(['meeting', page.id], saved)
      await queries.invalidateQueries({ queryKey: ['meeting', page.id, 'mail'] })
    },
  })
  const errors = errorsOf(save.error)
  const mayAnswer = page.allowedActs.includes('mail-answered')
  const choice = (name: 'invitee' | 'answer', caption: string, value: string, set: (to: string) => void, options: [string, string][]) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{caption}</label>
      <select
        id={`${id}-${name}`}
        value={value}
        aria-invalid={errors.has(`/${name}`) || undefined}
        onChange={(event) => set(event.target.value)}
      >
        <option value="">{words.choose}</option>
        {options.map(([code, label]) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
      {errors.get(`/${name}`) && <p className="error">{errors.get(`/${name}`)}</p>}
    </div>
  )
  return (
    <article className="card pad">
      <h2>
        {UNMATCHED_REASONS[mail.reason][lang]} <small className="num">{momentText(mail.at, lang, today)}</small>
      </h2>
      <Said mail={mail} />
      <ErrorSummary error={save.error} words={words} lang={lang} />
      {mayAnswer && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            const form = {
              mail: mail.id,
              invitee: invitee || undefined,
              answer: answer || undefined,
              ...(mail.comment && { comment: mail.comment.slice(0, 1_000) }),
            }
            if (!save.isPending) save.mutate({ act: 'mail-answered', form })
          }}
        >
          {choice(
            'invitee',
            words.mailWhose,
            invitee,
            setInvitee,
            page.invitees.map((one) => [one.id, `${one.name}, ${one.role}`]),
          )}
          {choice(
            'answer',
            words.mailWhat,
            answer,
            setAnswer,
            Object.entries(MEETING_ANSWERS).map(([code, label]) => [code, label[lang]]),
          )}
          <button className="button" disabled={save.isPending}>
            {MEETING_ACT_LABELS['mail-answered'][lang]}
          </button>
        </form>
      )}
      <p>
        <button
          type="button"
          className="button quiet"
          disabled={save.isPending}
          onClick={() => save.mutate({ act: 'mail-set-aside', form: { mail: mail.id } })}
        >
          {MEETING_ACT_LABELS['mail-set-aside'][lang]}
        </button>
      </p>
    </article>
  )
}

function Settled({ mails }: { mails: readonly Mail[] }) {
  const { lang, words } = useHere()
  const people = usePeople()
  const today = dayOf(useNow(60_000))
  if (mails.length === 0) return null
  return (
    <details>
      <summary>
        {words.mailSettled} <span className="num">{mails.length}</span>
      </summary>
      <ul>
        {mails.map(({ id, reason, at, settled, from }) => (
          <li key={id}>
            {UNMATCHED_REASONS[reason][lang]}, <span className="num">{momentText(at, lang, today)}</span>
            {from && `, ${from}`}: {MAIL_SETTLED[settled!.as][lang]}, {people.get(settled!.by)?.name ?? ''}
          </li>
        ))}
      </ul>
    </details>
  )
}
