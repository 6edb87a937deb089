/** Rights of the people of a case: what the family agreed to, what may be corrected, what is given out. */
import type { CasePage as CaseAnswer } from '@tirek/contract/answers'
import { CONSENT_PURPOSES, CONSENT_TEXTS, type ConsentPurpose } from '@tirek/procedure/rights/consent'
import { dayOf } from '@tirek/procedure/time'
import { useMutation } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { saveFile } from '../api.ts'
import { useCase, useTimeline } from '../case-data.ts'
import { useHere, useNow } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { dayText, momentText } from '../when.ts'
import { CONSENT_STATES } from '../words.ts'

const REQUEST_HOLDS_MS = 30 * 86_400_000

export function RightsPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const now = useNow(60_000)
  const found = useCase(id)
  const timeline = useTimeline(id)
  const save = useMutation({ mutationFn: saveFile })
  useEffect(() => void (document.title = `${words.rights} · Тірек`), [words])
  if (found.isPending || timeline.isPending) return <Loading words={words} />
  if (!found.data)
    return (
      <main id="content" className="narrow">
        <Failure alone error={found.error} words={words} onAgain={() => void found.refetch()} />
      </main>
    )
  const { summary, allowedActs, heldSince, mayExport: give = false } = found.data
  const may = (kind: string) => (allowedActs as readonly string[]).includes(kind)
  const granted = (timeline.data?.items ?? []).filter(
    (item) =>
      item.kind === 'access-asked' && !item.withdrawn && item.form?.['granted'] === true && now - item.recordedAt <= REQUEST_HOLDS_MS,
  )
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {summary.number}
        </Link>
      </p>
      <h1>{words.rights}</h1>
      <section className="card pad" aria-labelledby="consent-title">
        <h2 id="consent-title">{words.consent}</h2>
        <ConsentList found={found.data} />
        <p className="row wrap">
          {(['consent-given', 'consent-refused', 'consent-withdrawn'] as const).filter(may).map((kind) => (
            <Act
              key={kind}
              id={id}
              kind={kind}
              text={
                { 'consent-given': words.consentGive, 'consent-refused': words.consentRefuse, 'consent-withdrawn': words.consentWithdraw }[
                  kind
                ]
              }
            />
          ))}
        </p>
        {CONSENT_TEXTS.map((one) => (
          <details key={one.id}>
            <summary>
              {words.consentText} {one.id}
            </summary>
            <p>{one.text[lang]}</p>
            <small className="num">{one.hash}</small>
          </details>
        ))}
      </section>
      <section className="card pad" aria-labelledby="correct-title">
        <h2 id="correct-title">{words.correction}</h2>
        <p>{words.correctionLead}</p>
        <p className="row wrap">
          {may('child-corrected') && <Act id={id} kind="child-corrected" text={words.correct} />}
          {may('correction-refused') && <Act id={id} kind="correction-refused" text={words.correctRefused} />}
        </p>
      </section>
      <section className="card pad" aria-labelledby="give-title">
        <h2 id="give-title">{words.giveOut}</h2>
        <p>{words.giveOutLead}</p>
        {save.isError && <Failure error={save.error} words={words} />}
        {give && granted.length === 0 && <p className="soft">{words.giveOutFirst}</p>}
        {give &&
          granted.map((item) => (
            <div key={item.id} className="gap">
              <p>
                {String(item.form?.['askedBy'] ?? '')}, {momentText(item.recordedAt, lang)}
              </p>
              <p className="row wrap">
                {(['html', 'json'] as const).map((format) => (
                  <button
                    key={format}
                    type="button"
                    className="button quiet"
                    disabled={save.isPending}
                    onClick={() => save.mutate(`/api/cases/${id}/export?request=${item.id}&format=${format}`)}
                  >
                    {format === 'html' ? words.giveOutPage : words.giveOutData}
                  </button>
                ))}
              </p>
            </div>
          ))}
        <p className="row wrap">{may('access-asked') && <Act id={id} kind="access-asked" text={words.giveOutAsk} />}</p>
      </section>
      <section className="card pad" aria-labelledby="hold-title">
        <h2 id="hold-title">{words.keeping}</h2>
        <p>{heldSince ? `${words.erasureHeld}: ${dayText(dayOf(heldSince), lang)} ${dayOf(heldSince).slice(0, 4)}` : words.keepingLead}</p>
        <p className="row wrap">
          {may('erasure-held') && <Act id={id} kind="erasure-held" text={heldSince ? words.letErase : words.holdErasure} />}
        </p>
      </section>
    </main>
  )
}

function Act({ id, kind, text }: { id: string; kind: string; text: string }) {
  return (
    <Link className="button quiet" to="/cases/$id/record/$kind" params={{ id, kind }}>
      {text}
    </Link>
  )
}

/** One line for each purpose, those that nobody spoke of too; `short`: these together. */
export function ConsentList({ found, short = false }: { found: CaseAnswer; short?: boolean }) {
  const { lang, words } = useHere()
  const said = new Map(found.consents.map((one) => [one.purpose, one]))
  const all = Object.keys(CONSENT_PURPOSES) as ConsentPurpose[]
  const unasked = all.filter((purpose) => !said.has(purpose))
  return (
    <ul className="consents">
      {all.map((purpose) => {
        const one = said.get(purpose)
        if (short && !one) return null
        const tone = one?.state === 'given' ? 'kept' : one?.state === 'refused' || one?.state === 'withdrawn' ? 'late' : 'plain'
        return (
          <li key={purpose}>
            {CONSENT_PURPOSES[purpose][lang]}{' '}
            <span className={`tag ${tone}`}>{one ? CONSENT_STATES[one.state]![lang] : words.consentNotAsked}</span>
            {one && (
              <small className="num">
                {dayText(dayOf(one.at), lang)} {dayOf(one.at).slice(0, 4)}
                {one.until && `, ${words.keptUntil} ${dayText(one.until, lang)} ${one.until.slice(0, 4)}`}
              </small>
            )}
          </li>
        )
      })}
      {short && unasked.length > 0 && (
        <li>
          <small>
            {words.consentsNotAsked}: {unasked.map((purpose) => CONSENT_PURPOSES[purpose][lang]).join(', ')}
          </small>
        </li>
      )}
    </ul>
  )
}
