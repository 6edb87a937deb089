/** RS-01: strict quarantine of a territory, declared and ended by a document. */
import type { Organisation, Quarantine } from '@tirek/contract/people'
import { dayOf } from '@tirek/procedure/time'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { useAll } from '../manage-data.ts'
import { QUARANTINE } from '../manage-forms.ts'
import { useHere, useNow } from '../me.tsx'
import { AskedOnceMore } from '../parts/asked-once-more.tsx'
import { SmallForm } from '../parts/small-form.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { dayText } from '../when.ts'
import { adminWords } from '../words-of/admin.ts'

const LIST = '/api/quarantine'

export function QuarantinePage() {
  const { me, lang, words } = useHere()
  const adm = adminWords(lang)
  const today = dayOf(useNow(60_000))
  const queries = useQueryClient()
  const list = useAll<Quarantine>(LIST)
  const organisations = useAll<Organisation>('/api/organisations')
  useEffect(() => void (document.title = `${adm.quarantine} · Тірек`), [adm])
  if (list.isPending || organisations.isPending) return <Loading words={words} />
  const all = (list.data ?? []).toSorted((a, b) => b.fromDay.localeCompare(a.fromDay))
  const over = (one: Quarantine) => one.toDay !== null && one.toDay !== undefined && one.toDay < today
  const groups = [
    [adm.quarantineNow, all.filter((one) => one.fromDay <= today && !over(one))],
    [adm.quarantineLater, all.filter((one) => one.fromDay > today)],
    [adm.quarantineBefore, all.filter(over)],
  ] as const
  const may = me.may.includes('declare quarantine')
  const territories = [
    // A head declares it for the territory of the own organisation.
    ...new Set(
      (organisations.data ?? []).filter((one) => me.role === 'administrator' || one.id === me.organisation).map((one) => one.territory),
    ),
  ].toSorted((a, b) => a.localeCompare(b, lang))
  return (
    <main id="content" className="narrow">
      <h1>{adm.quarantine}</h1>
      <p>{adm.quarantineLead}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {list.isSuccess && groups[0][1].length === 0 && (
        <p className="note kept" role="status">
          {adm.quarantineNone}
        </p>
      )}
      {groups.map(
        ([title, of], group) =>
          of.length > 0 && (
            <section key={title} className="group">
              <h2>{title}</h2>
              <ul className="card tasks">
                {of.map((one) => (
                  <li key={one.id} className="task">
                    <span className="title">{one.territory}</span>
                    {group === 0 && <span className="tag soon">{adm.quarantineNow}</span>}
                    <span className="why">
                      <span className="num">
                        {dayText(one.fromDay, lang, today)} – {one.toDay ? dayText(one.toDay, lang, today) : adm.untilRevoked}
                      </span>
                      {` · ${adm.document}: ${one.document}`}
                      {group === 0 && may && territories.includes(one.territory) && one.toDay !== today && <End one={one} today={today} />}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
      {may && (
        <details>
          <summary>{adm.quarantineDeclare}</summary>
          <SmallForm
            name="quarantine"
            title={adm.quarantineDeclare}
            schema={QUARANTINE}
            first={territories.length === 1 ? { territory: territories[0] } : {}}
            ids={(path) => (path[0] === 'territory' ? territories.map((one) => ({ value: one, label: one })) : undefined)}
            button={adm.quarantineDeclare}
            send={(answers, key) => ask(LIST, { method: 'POST', body: answers, key })}
            done={() => queries.invalidateQueries({ queryKey: ['all', LIST] })}
          >
            <p className="note soon">{adm.quarantineSure}</p>
          </SmallForm>
        </details>
      )}
    </main>
  )
}

function End({ one, today }: { one: Quarantine; today: string }) {
  const adm = adminWords(useHere().lang)
  const queries = useQueryClient()
  const end = async () => {
    await ask(`${LIST}/${one.id}`, { method: 'PATCH', body: { toDay: today } })
    await queries.invalidateQueries({ queryKey: ['all', LIST] })
  }
  return <AskedOnceMore label={adm.quarantineEnd} what={one.territory} sure={adm.quarantineEndSure} yes={adm.quarantineEndYes} act={end} />
}
