/** What comes next after closure was asked for: said on the spot, before the case is opened again. */
import type { CasePage } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useHere, useNow, usePeople } from '../me.tsx'
import { dayText } from '../when.ts'
import { formWords } from '../words-of/forms.ts'
import { Rule } from '../parts/rule.tsx'

/** `found`: the case as it is now; `months` of monitoring that were chosen. */
export function AfterClosure({ found, months }: { found: CasePage; months?: number | undefined }) {
  const { me, lang } = useHere()
  const frm = formWords(lang)
  const people = usePeople()
  const today = dayOf(useNow(60_000))
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])
  const approval = found.deadlines.find(({ row, state }) => row === 'closure-approval' && state === 'open')
  const supervisor = people.get(found.summary.manager ?? me.person)?.supervisor
  const name = supervisor && people.get(supervisor)?.name
  return (
    <section className="note kept" role="status" tabIndex={-1} ref={box}>
      <h2>{frm.askedTitle}</h2>
      <p>
        {frm.askedWhat}
        {name && `: ${name}`}
        {approval?.dueDay && (
          <>
            , {frm.askedBy} <time dateTime={approval.dueDay}>{dayText(approval.dueDay, lang, today)}</time>
          </>
        )}{' '}
        (<Rule code="CP-60" />
        ).
      </p>
      <p>{frm.askedMeanwhile}</p>
      {months !== undefined && (
        <p>
          {frm.askedThen}: {months} (<Rule code="CP-62" />
          ).
        </p>
      )}
      <p>{frm.askedReturned}</p>
      <p>
        <Link className="button" to="/cases/$id" params={{ id: found.summary.id }}>
          {frm.toCase}
        </Link>
      </p>
    </section>
  )
}
