/** The board of one meeting: who comes, who does not, who is silent, who is needed; what may be done with it now. */
import {
  DEMANDS,
  INVITEE_STANDINGS,
  MAIL_KINDS,
  MAIL_STATES,
  MEETING_ACT_LABELS,
  MEETING_KINDS,
  MEETING_STATES,
  UNMATCHED_REASONS,
} from '@tirek/contract/forms/meeting-codes'
import type { InviteeView, MeetingPage } from '@tirek/contract/meetings'
import { MEETING_ROWS } from '@tirek/procedure/meetings/rows'
import { dayOf } from '@tirek/procedure/time'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { saveFile } from '../api.ts'
import { intoPlan } from '../into-plan.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { useMeeting, WITH_ONE } from '../meeting-data.ts'
import { PaperLinks } from '../parts/paper-links.tsx'
import { Outcome, Report } from '../parts/review-card.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { useReview } from '../review-data.ts'
import { dayText, momentText, timeText } from '../when.ts'
import { reviewWords } from '../words-of/reviews.ts'

const TONES = { accepted: 'kept', declined: 'late', bounced: 'late', tentative: 'plain', silent: 'plain' } as const

export function MeetingBoardPage() {
  const { id, meeting } = useParams({ strict: false }) as { id: string; meeting: string }
  const { words } = useHere()
  const found = useMeeting(meeting)
  useEffect(() => void (document.title = `${words.meetings} · Тірек`), [words])
  if (found.isPending) return <Loading words={words} />
  if (!found.data)
    return (
      <main id="content" className="narrow">
        <Failure alone error={found.error} words={words} onAgain={() => void found.refetch()} />
      </main>
    )
  return <Board caseId={id} page={found.data} />
}

function Board({ caseId, page }: { caseId: string; page: MeetingPage }) {
  const { lang, words } = useHere()
  const people = usePeople()
  const today = dayOf(useNow(60_000))
  const at = { id: caseId, meeting: page.id }
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id/meetings" params={{ id: caseId }}>
          ← {words.meetings}, {words.casePrefix} {page.caseNumber}
        </Link>
      </p>
      <h1>{MEETING_KINDS[page.kind][lang]}</h1>
      <p>
        <span className="num">
          {momentText(page.startsAt, lang, today)}–{timeText(page.endsAt)}
        </span>
        {page.place && ` · ${page.place}`}
        {page.video && (
          <>
            {' · '}
            <a href={page.video}>{page.video}</a>
          </>
        )}
        <br />
        <span className="tag plain">{MEETING_STATES[page.state][lang]}</span>
        {page.reason && ` ${page.reason}`}
      </p>
      {page.toCancel && <p className="note late">{MEETING_ROWS['case-ended'].text[lang]}</p>}
      {page.state === 'called' && page.missing > 0 && !page.toCancel && (
        <p className="note late">
          {words.meetingMissing}: {page.missing}
        </p>
      )}
      <p className="row wrap">
        {page.allowedActs
          .filter((act) => !WITH_ONE.has(act))
          .map((act) => (
            <Link key={act} className="button quiet" to="/cases/$id/meetings/$meeting/$act" params={{ ...at, act }}>
              {MEETING_ACT_LABELS[act][lang]}
            </Link>
          ))}
      </p>
      {page.kind === 'review' && <OfReview caseId={caseId} page={page} />}
      <section className="card pad" aria-labelledby="who-title">
        <h2 id="who-title">{page.state === 'held' || page.state === 'cancelled' ? words.meetingWhoWas : words.meetingWhoComes}</h2>
        <p className="soft">
          {Object.entries(page.counts)
            .filter(([, n]) => n > 0)
            .map(([standing, n]) => `${INVITEE_STANDINGS[standing as keyof typeof INVITEE_STANDINGS][lang]}: ${n}`)
            .join(' · ')}
        </p>
        <ul className="lined">
          {page.invitees.map((one) => (
            <One key={one.id} one={one} page={page} caseId={caseId} />
          ))}
        </ul>
      </section>
      <section className="card pad" aria-labelledby="agenda-title">
        <h2 id="agenda-title">{words.meetingAgenda}</h2>
        <ol className="enclosures">
          {page.agenda.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </section>
      {page.protocol && <Protocol page={page} />}
      <Unmatched page={page} caseId={caseId} />
      <details>
        <summary>{words.meetingChanges}</summary>
        <ul>
          {page.changes.map((change) => (
            <li key={change.version}>
              <span className="num">{momentText(change.at, lang, today)}</span>{' '}
              {MEETING_ACT_LABELS[change.what as keyof typeof MEETING_ACT_LABELS]?.[lang] ?? words.meetingCall},{' '}
              {people.get(change.by)?.name ?? ''}
            </li>
          ))}
        </ul>
      </details>
      <p className="row wrap">
        {page.previous && (
          <Link to="/cases/$id/meetings/$meeting" params={{ id: caseId, meeting: page.previous }}>
            {words.meetingBefore}
          </Link>
        )}
        {page.next && (
          <Link to="/cases/$id/meetings/$meeting" params={{ id: caseId, meeting: page.next }}>
            {words.meetingNext}
          </Link>
        )}
      </p>
    </main>
  )
}

/** That it came is seen by who sees the meeting; what it says by who may settle it. */
function Unmatched({ page, caseId }: { page: MeetingPage; caseId: string }) {
  const { lang, words } = useHere()
  const today = dayOf(useNow(60_000))
  const open = page.unmatched.filter(({ settled }) => !settled)
  if (open.length === 0) return null
  return (
    <section className="card pad" aria-labelledby="unmatched-title">
      <h2 id="unmatched-title">{words.meetingUnmatched}</h2>
      <ul>
        {open.map(({ reason, at: came }, n) => (
          <li key={`${reason}${came}${n}`}>
            {UNMATCHED_REASONS[reason][lang]}, <span className="num">{momentText(came, lang, today)}</span>
          </li>
        ))}
      </ul>
      {page.allowedActs.includes('mail-set-aside') && (
        <Link className="button quiet" to="/cases/$id/meetings/$meeting/mail" params={{ id: caseId, meeting: page.id }}>
          {words.meetingUnmatchedOpen}
        </Link>
      )}
    </section>
  )
}

/** What a review has besides: which one it is, who coordinates it, the report before it, its sheet of the plan, and what follows from it. */
function OfReview({ caseId, page }: { caseId: string; page: MeetingPage }) {
  const { lang } = useHere()
  const rev = reviewWords(lang)
  const people = usePeople()
  const { data: state } = useReview(caseId)
  const own = state?.held.find(({ meeting }) => meeting === page.id)
  const isComing = page.state === 'draft' || page.state === 'called'
  return (
    <section className="card pad" aria-labelledby="review-title">
      <h2 id="review-title">
        {rev.nth} {own?.nth ?? (isComing ? state?.nth : undefined)}
      </h2>
      {page.coordinator && (
        <p>
          {rev.coordinator}: {people.get(page.coordinator)?.name ?? ''}
        </p>
      )}
      {state && isComing && <Report state={state} mayReport={page.allowedActs.length > 0} />}
      {own?.report && (
        <p>
          {rev.report}: <PaperLinks caseId={caseId} act={own.report} name={rev.report} />
        </p>
      )}
      {own && (
        <p>
          {rev.sheet}: <PaperLinks caseId={caseId} act={own.act} name={rev.sheet} />
        </p>
      )}
      {own && state?.outcome?.meeting === page.id && <Outcome state={state} />}
      {own && state && own.nth === state.held.length && !state.outcome && <p className="soft">{rev.done}</p>}
    </section>
  )
}

function One({ one, page, caseId }: { one: InviteeView; page: MeetingPage; caseId: string }) {
  const { lang, words } = useHere()
  const today = dayOf(useNow(60_000))
  const to = { id: caseId, meeting: page.id }
  const protocol = { waiting: words.meetingWaiting, delivered: words.meetingDelivered, failed: words.meetingFailed }
  return (
    <li>
      <b>{one.organisation ?? one.name}</b>
      {one.organisation && one.organisation !== one.name && `, ${one.name}`} · {one.role}
      <p className="row wrap tags">
        {page.state !== 'draft' && <span className={`tag ${TONES[one.standing]}`}>{INVITEE_STANDINGS[one.standing][lang]}</span>}
        {one.needed && <span className="tag plain">{words.meetingNeeded}</span>}
        {one.protocol && <span className={`tag ${one.protocol === 'failed' ? 'late' : 'plain'}`}>{protocol[one.protocol]}</span>}
      </p>
      {one.code && (
        <p className="soft">
          {words.meetingCode}: <strong className="num">{one.code}</strong>
        </p>
      )}
      {one.answer?.comment && <p className="soft">«{one.answer.comment}»</p>}
      {one.callThem && (
        <p>
          <strong>{words.meetingCallThem}</strong> {one.phone && <a href={`tel:${one.phone}`}>{one.phone}</a>}
        </p>
      )}
      <p className="row wrap">
        {page.allowedActs.includes('answered') && (
          <Link to="/cases/$id/meetings/$meeting/$act" params={{ ...to, act: 'answered' }} search={{ invitee: one.id } as never}>
            {MEETING_ACT_LABELS.answered[lang]}
          </Link>
        )}
        {page.allowedActs.includes('uninvited') && page.invitees.length > 1 && (
          <Link to="/cases/$id/meetings/$meeting/$act" params={{ ...to, act: 'uninvited' }} search={{ invitee: one.id } as never}>
            {MEETING_ACT_LABELS.uninvited[lang]}
          </Link>
        )}
        {page.allowedActs.includes('protocol-handed') && one.protocol && one.protocol !== 'delivered' && (
          <Link to="/cases/$id/meetings/$meeting/$act" params={{ ...to, act: 'protocol-handed' }} search={{ invitee: one.id } as never}>
            {MEETING_ACT_LABELS['protocol-handed'][lang]}
          </Link>
        )}
      </p>
      {one.mails.length > 0 && (
        <details>
          <summary>{words.meetingMails}</summary>
          <ul>
            {one.mails.map((mail) => (
              <li key={`${mail.kind}${mail.at}`}>
                {MAIL_KINDS[mail.kind][lang]}: {MAIL_STATES[mail.state][lang]},{' '}
                <span className="num">{momentText(mail.at, lang, today)}</span>
                {mail.copies > 1 && ` (${words.meetingCopies}: ${mail.copies})`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

function Protocol({ page }: { page: MeetingPage }) {
  const { lang, words } = useHere()
  const today = dayOf(useNow(60_000))
  const save = useMutation({ mutationFn: saveFile })
  const { me } = useHere()
  const navigate = useNavigate()
  const carry = useMutation({
    mutationFn: () => intoPlan(me.person, page),
    onSuccess: () => navigate({ to: '/cases/$id/record/$kind', params: { id: page.caseId, kind: 'plan-signed' } }),
  })
  const { content, number, version, approvedAt, changed } = page.protocol!
  const nameOf = (id: string | undefined) => page.invitees.find((one) => one.id === id)?.name ?? ''
  return (
    <section className="card pad" aria-labelledby="protocol-title">
      <h2 id="protocol-title">
        {words.meetingProtocol} {number && `№ ${number}`} {version > 1 && `(${version})`}
      </h2>
      {approvedAt && <p className="soft num">{momentText(approvedAt, lang, today)}</p>}
      {changed && <p className="note">{changed}</p>}
      {carry.isError && <Failure error={carry.error} words={words} />}
      {save.isError && <Failure error={save.error} words={words} />}
      <p className="row wrap">
        {page.protocol!.files.map((file) => (
          <button
            key={file.id}
            type="button"
            className="button quiet"
            disabled={save.isPending}
            onClick={() => save.mutate(`/api/meetings/${page.id}/files/${file.id}`)}
          >
            {file.type === 'application/pdf' ? 'PDF' : 'DOCX'}
          </button>
        ))}
        {approvedAt && content.measures.length > 0 && page.allowedActs.includes('protocol-corrected') && (
          <button type="button" className="button quiet" disabled={carry.isPending} onClick={() => carry.mutate()}>
            {words.meetingIntoPlan}
          </button>
        )}
      </p>
      {content.needs.length > 0 && <h3 className="gap">{words.meetingNeeds}</h3>}
      <ul className="enclosures">
        {content.needs.map((need) => (
          <li key={need}>{need}</li>
        ))}
      </ul>
      {content.measures.length > 0 && <h3 className="gap">{words.meetingMeasures}</h3>}
      <ol className="enclosures">
        {content.measures.map((measure) => (
          <li key={`${measure.action}${measure.due}`}>
            {measure.action}. {nameOf(measure.invitee) || measure.responsible},{' '}
            <time dateTime={measure.due}>{dayText(measure.due, lang, today)}</time>
          </li>
        ))}
      </ol>
      {content.dissent.map((one) => (
        <p key={`${one.invitee}${one.reasons}`}>
          {nameOf(one.invitee)}: {one.demands && `${DEMANDS[one.demands][lang]}. `}
          {one.reasons}
        </p>
      ))}
    </section>
  )
}
