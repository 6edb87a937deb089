/** One referral: what is waited for and whose turn it is, what happened, how it was delivered, what went. */
import { DEMANDS } from '@tirek/contract/forms/meeting-codes'
import { REFERRAL_ACT_LABELS, REFERRAL_BODIES, REFERRAL_QUESTIONS, REFERRAL_STATES } from '@tirek/contract/forms/referral-codes'
import type { ReferralPage } from '@tirek/contract/referrals'
import { isAwaited } from '@tirek/procedure/referrals/facts'
import { REFERRAL_ROWS } from '@tirek/procedure/referrals/rows'
import { dayOf } from '@tirek/procedure/time'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useHere, useNow } from '../me.tsx'
import { ReferralLine } from '../parts/referral-line.tsx'
import { ReferralReplies } from '../parts/referral-replies.tsx'
import { ReferralPacket } from '../parts/referral-packet.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { BESIDE_PACKET, useReferral } from '../referral-data.ts'
import { waitsFor } from '../referral-line.ts'
import { capital, dayText } from '../when.ts'
import { referralWords } from '../words-of/referrals.ts'

export function ReferralBoardPage() {
  const { referral } = useParams({ strict: false }) as { referral: string }
  const { lang, words } = useHere()
  const ref = referralWords(lang)
  const found = useReferral(referral)
  useEffect(() => void (document.title = `${ref.title} · Тірек`), [ref])
  if (found.isPending) return <Loading words={words} />
  if (!found.data)
    return (
      <main id="content" className="narrow">
        <Failure alone error={found.error} words={words} onAgain={() => void found.refetch()} />
      </main>
    )
  return <Board page={found.data} />
}

function Board({ page }: { page: ReferralPage }) {
  const { lang, words } = useHere()
  const ref = referralWords(lang)
  // Where the packet is what is asked for, it stands right below.
  const isForPacket = waitsFor(page).what === 'packet'
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id/referrals" params={{ id: page.caseId }}>
          ← {ref.title}, {words.casePrefix} {page.caseNumber}
        </Link>
      </p>
      <div>
        <h1>
          {ref.of}: {REFERRAL_BODIES[page.body][lang]}
        </h1>
        <p>
          <span className={`tag ${page.isOverdue ? 'late' : 'plain'}`}>{capital(REFERRAL_STATES[page.state][lang])}</span> {ref.asked}:{' '}
          {REFERRAL_QUESTIONS[page.question][lang]}
        </p>
      </div>
      <Now page={page} />
      {isForPacket && <ReferralPacket page={page} />}
      <section aria-labelledby="line-title">
        <h2 id="line-title">{ref.happened}</h2>
        <ReferralLine page={page} />
      </section>
      <ReferralReplies page={page} />
      {!isForPacket && <ReferralPacket page={page} />}
      <Written page={page} />
    </main>
  )
}

/** The one thing to know on top: what is waited for, till when, whose turn it is, and what may be done. */
function Now({ page }: { page: ReferralPage }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  const today = dayOf(useNow(60_000))
  const { whose, what } = waitsFor(page)
  const texts = {
    packet: ref.waitPacket,
    sending: ref.waitSending,
    'another-way': ref.waitAnotherWay,
    receipt: ref.waitReceipt,
    answer: ref.waitAnswer,
    more: ref.waitMore,
    'go-on': ref.waitGoOn,
    placement: ref.waitPlacement,
    seen: ref.waitSeen,
    nothing: ref.waitNothing,
  }
  const at = { id: page.caseId, referral: page.id }
  const may = new Set<string>(page.allowedActs)
  const loud = {
    packet: 'packet-made',
    sending: 'sent',
    'another-way': 'sent',
    more: may.has('sent') ? 'sent' : 'changed',
    placement: 'placement-confirmed',
    seen: 'nothing-follows',
  }[what as string]
  // What ends it stands last.
  const placeOf = (act: string) => (act === loud ? 0 : act === 'withdrawn' ? 2 : 1)
  const goesOn = what === 'go-on' && may.has('nothing-follows') && (page.state === 'returned' || page.nextBody !== undefined)
  return (
    <section className={`note ${page.isOverdue || page.toWithdraw ? 'late' : whose === 'us' ? 'soon' : ''}`} aria-labelledby="now-title">
      <h2 id="now-title">{ref.nowTitle}</h2>
      {page.toWithdraw && <p>{REFERRAL_ROWS['case-ended'].text[lang]}</p>}
      {!page.toWithdraw && <p>{texts[what]}</p>}
      {page.state === 'withdrawn' && page.reason && <p>{page.reason}</p>}
      {whose !== 'nobody' && (
        <p className="soft">
          {ref.turn}: {whose === 'us' ? ref.ours : (page.to?.name ?? REFERRAL_BODIES[page.body][lang])}
          {page.dueDay && isAwaited(page.state) && (
            <>
              {' · '}
              {page.isOverdue ? ref.answerLate : ref.answerBy} <span className="num">{dayText(page.dueDay, lang, today)}</span>
            </>
          )}
        </p>
      )}
      <p className="row wrap">
        {goesOn && (
          <Link
            className="button"
            to="/cases/$id/referrals/new"
            params={{ id: page.caseId }}
            search={
              {
                previous: page.id,
                question: page.question,
                body: page.state === 'returned' ? page.body : (page.nextBody ?? page.body),
                ...(page.meeting && { meeting: page.meeting }),
              } as never
            }
          >
            {page.state === 'returned' ? ref.referAgain : ref.referOn}
          </Link>
        )}
        {page.allowedActs
          .filter((act) => !BESIDE_PACKET.has(act))
          .toSorted((a, b) => placeOf(a) - placeOf(b))
          .map((act) => (
            <Link
              key={act}
              className={act === 'withdrawn' ? undefined : `button ${act === loud ? '' : 'quiet'}`}
              to="/cases/$id/referrals/$referral/$act"
              params={{ ...at, act }}
            >
              {act === 'sent' && page.sendings.length > 0 ? ref.sendAgain : REFERRAL_ACT_LABELS[act][lang]}
            </Link>
          ))}
      </p>
    </section>
  )
}

/** To whom and what was written. */
function Written({ page }: { page: ReferralPage }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  const { to } = page
  return (
    <section className="card pad" aria-labelledby="letter-title">
      <h2 id="letter-title">{ref.letter}</h2>
      <dl className="written">
        {to && (
          <>
            <dt>{ref.addressee}</dt>
            <dd>
              {to.name}
              {to.contact && `, ${to.contact}`}
              <br />
              {to.phone && <a href={`tel:${to.phone}`}>{to.phone}</a>}
              {to.phone && ' · '}
              {to.email ? `${to.email} (${to.mayReceiveFiles ? ref.getsFiles : ref.getsLink})` : ref.onlyPaper}
            </dd>
            {to.powers && (
              <>
                <dt>{ref.powers}</dt>
                <dd>{to.powers}</dd>
              </>
            )}
          </>
        )}
        {page.outOfOrder && (
          <>
            <dt>{ref.outOfOrder}</dt>
            <dd>{page.outOfOrder}</dd>
          </>
        )}
      </dl>
      <p className="letter">{page.letter}</p>
      {page.demands.length > 0 && (
        <>
          <h3>{ref.demands}</h3>
          <ul className="papers">
            {page.demands.map((one) => (
              <li key={`${one.who}${one.demands}${one.reasons}`}>
                <b>{one.who}</b>: {DEMANDS[one.demands][lang]}. {one.reasons}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="row wrap">
        {page.meeting && (
          <Link to="/cases/$id/meetings/$meeting" params={{ id: page.caseId, meeting: page.meeting }}>
            {ref.decidedBy}
          </Link>
        )}
        {page.previous && (
          <Link to="/cases/$id/referrals/$referral" params={{ id: page.caseId, referral: page.previous }}>
            {ref.followsFrom}
          </Link>
        )}
        {page.next && (
          <Link to="/cases/$id/referrals/$referral" params={{ id: page.caseId, referral: page.next }}>
            {ref.goesOn}
          </Link>
        )}
      </p>
    </section>
  )
}
