/** The hour: the only loud thing. What is left, who knows, who will know next, one button. */
import type { DeadlineView } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import { useCase } from '../case-data.ts'
import { Confirmed } from './confirmed.tsx'
import { ladderOf, leftOf } from '../hour.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { momentText, timeText } from '../when.ts'
import { TOLD } from '../words.ts'
import { Rule } from './rule.tsx'

export function HourCard({
  caseId,
  number,
  manager,
  deadline,
  onCasePage = false,
  onForm = false,
  whole: isWhole = false,
}: {
  caseId: string
  number: string
  manager?: string | undefined
  deadline: DeadlineView
  onCasePage?: boolean
  onForm?: boolean
  /** All rungs of the ladder, not the next two. */
  whole?: boolean
}) {
  const { me, lang, words } = useHere()
  const people = usePeople()
  const now = useNow(1_000)
  // Lists tell neither the steps nor who may record: the case does.
  const whole = useCase(caseId)
  const mayRecord = (whole.data?.allowedActs as readonly string[] | undefined)?.includes(deadline.act) ?? true
  const { steps } = whole.data?.deadlines.find(({ key }) => key === deadline.key) ?? deadline
  const due = deadline.due ?? now
  const left = leftOf(due, now)
  const timeOf = (at: number) => (dayOf(at) === dayOf(now) ? timeText(at) : momentText(at, lang, dayOf(now)))
  const nameOf = (role: string): string => {
    if (role === 'case-manager' && manager) return manager === me.person ? words.you : (people.get(manager)?.name ?? TOLD[role]![lang])
    const above = role === 'supervisor' && manager ? people.get(people.get(manager)?.supervisor ?? '') : undefined
    if (above) return above.id === me.person ? words.you : `${above.name}, ${TOLD[role]![lang]}`
    return TOLD[role]?.[lang] ?? role
  }
  const ladder = ladderOf(deadline.steps.length > 0 ? deadline.steps : steps, isWhole ? Number.POSITIVE_INFINITY : 2)
  return (
    <section className="hour" aria-label={`${words.hourTitle}: ${words.caseWord} ${number}`}>
      <div className="clock num" role="timer" aria-label={`${left.late ? words.hourLate : words.hourLeft} ${left.text}`}>
        <span aria-hidden="true">{left.text}</span>
        <small aria-hidden="true">{left.late ? words.hourLate : words.hourLeft}</small>
      </div>
      <div className="what">
        <h2>
          {words.hourTitle}
          {!onCasePage && !onForm && (
            <>
              {': '}
              <Link className="nowrap" to="/cases/$id" params={{ id: caseId }}>
                {words.caseWord} {number}
              </Link>
            </>
          )}
        </h2>
        <p className="soft">
          {words.hourReceived} {timeOf(deadline.from)}, {words.hourDue} {timeOf(due)}. <Rule code={deadline.rule} />
        </p>
      </div>
      {!onForm && (
        <Link className="button" to="/cases/$id/hour" params={{ id: caseId }} search={{ hour: deadline.hour } as never}>
          {mayRecord ? words.hourRecord : words.hourLook}
        </Link>
      )}
      {ladder.length === 0 && whole.isLoading && (
        // As much room as they mostly take, told and next: what stands below does not jump when they come.
        <div className="ladder awaited" aria-hidden="true">
          {[['on-duty'], ['case-manager'], ['next-in-line', 'supervisor']].map((roles) => (
            <span key={roles.join()} className="tag plain">
              {timeOf(due)} {words.willKnow}: {roles.map((role) => TOLD[role]![lang]).join(', ')}
            </span>
          ))}
        </div>
      )}
      {ladder.length > 0 && (
        <ol className="ladder" aria-label={words.whoKnows}>
          {ladder.map((rung) => (
            <li
              key={`${rung.at}${rung.whom.join()}${rung.state}`}
              className={`tag ${rung.state === 'told' ? 'kept' : rung.state === 'next' ? 'soon' : 'plain'}`}
            >
              <span className="num">{timeOf(rung.at)}</span> {rung.state === 'told' ? words.told : words.willKnow}:{' '}
              {rung.whom.map(nameOf).join(', ')}
            </li>
          ))}
        </ol>
      )}
      {(!onForm || isWhole) && <Confirmed caseId={caseId} deadlineKey={deadline.key} timeOf={timeOf} />}
    </section>
  )
}
