/** Is everything well? What needs somebody, with what to do at night; then every process, the figures and the task queues. */
import type { Figure, SystemHealth } from '@tirek/contract/system'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import '../admin.css'
import { ask } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { Fold } from '../parts/fold.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { isDeserted, secondsOf, troubleOf, troublesOf, type Line } from '../system-lines.ts'
import { timeText } from '../when.ts'
import { adminWords, FIGURE_WORDS, LEANED_ON, NIGHT } from '../words-of/admin.ts'
import { manageWords, PARTS } from '../words-of/manage.ts'

const TONES = { ok: 'kept', unwell: 'soon', away: 'late' } as const

export function SystemPage() {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const adm = adminWords(lang)
  useNow(15_000)
  const found = useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => ask<SystemHealth>('/api/system', { again: true, signal }),
    refetchInterval: 15_000,
    staleTime: 0,
  })
  useEffect(() => void (document.title = `${say.system} · Тірек`), [say])
  if (found.isPending) return <Loading words={words} />
  const health = found.data
  const troubles = health ? troublesOf(health) : []
  const deserted = troubles.filter(({ of }) => of === 'queue').map(({ name }) => name)
  const urgent = troubles.filter(({ tone }) => tone === 'late').length
  return (
    <main id="content" className="narrow">
      <h1>{say.system}</h1>
      {found.isError && <Failure error={found.error} words={words} onAgain={() => void found.refetch()} />}
      {health && (
        <>
          <div role="status" className={`note ${urgent > 0 ? 'late' : troubles.length > 0 ? 'soon' : 'kept'}`}>
            <b>{troubles.length > 0 ? `${adm.toDo}: ${troubles.length - Math.max(0, deserted.length - 1)}` : say.systemWell}</b>
            {troubles.length === 0 && <p>{adm.nothingToDo}</p>}
            {troubles.length > 0 && (
              <ul className="night">
                {troubles
                  .filter(({ of }) => of !== 'queue')
                  .map((line) => (
                    <Trouble key={`${line.of}${line.name}`} line={line} />
                  ))}
                {/* Of all queues the same is to be done: it is said once. */}
                {deserted.length > 0 && <Trouble line={{ of: 'queue', name: deserted.join(', ') }} />}
              </ul>
            )}
            <p className="soft">
              {say.lookedAt} {timeText(found.dataUpdatedAt)}
            </p>
          </div>
          <Processes processes={health.processes} />
          <Figures figures={health.figures} />
          <Queues queues={health.queues} />
        </>
      )}
      <p className="row wrap">
        <Link to="/running">{adm.running}</Link>
        <Link to="/letters">{say.letters}</Link>
      </p>
    </main>
  )
}

function Trouble({ line: { of, name } }: { line: Pick<Line, 'of' | 'name'> }) {
  const { lang } = useHere()
  const adm = adminWords(lang)
  const [title, night] =
    of === 'process'
      ? [PARTS[name]?.name[lang] ?? name, NIGHT[name]?.[lang]]
      : of === 'part'
        ? [LEANED_ON[name]?.name[lang] ?? name, LEANED_ON[name]?.night[lang]]
        : of === 'figure'
          ? [FIGURE_WORDS[name as Figure].name[lang], FIGURE_WORDS[name as Figure].night[lang]]
          : [`${adm.queue} ${name}`, adm.queueEmpty]
  return (
    <li>
      <b>{title}</b>
      <span>
        <span className="hidden">{adm.night}: </span>
        {night}
      </span>
    </li>
  )
}

function Processes({ processes }: { processes: SystemHealth['processes'] }) {
  const { lang } = useHere()
  const say = manageWords(lang)
  const adm = adminWords(lang)
  const states = { ok: say.partWell, unwell: adm.notWell, away: say.partAway }
  const well = processes.filter(({ state }) => state === 'ok')
  const rows = (of: SystemHealth['processes']) => (
    <ul className="card tasks beside">
      {of.map(({ name, state, parts }) => (
        <li key={name} className="task">
          <span className="title">{PARTS[name]?.name[lang] ?? name}</span>
          <span className={`tag ${TONES[state]}`}>{states[state]}</span>
          <span className="why">
            {PARTS[name]?.waits[lang]}{' '}
            {Object.entries(parts)
              .filter(([, one]) => one === 'away')
              .map(([part]) => `${LEANED_ON[part]?.name[lang] ?? part}: ${adm.partsOf}`)
              .join('; ')}
          </span>
        </li>
      ))}
    </ul>
  )
  return (
    <section className="group" aria-labelledby="processes">
      <h2 id="processes">{adm.processes}</h2>
      {well.length < processes.length && rows(processes.filter(({ state }) => state !== 'ok'))}
      {well.length > 0 && <Fold summary={`${adm.processesWell}: ${well.length}`}>{rows(well)}</Fold>}
    </section>
  )
}

/** “4 с”, “12 мин”, “3 ч”. */
function waitText(seconds: number, lang: 'ru' | 'kk' | 'en'): string {
  const units = { ru: ['с', 'мин', 'ч'], kk: ['с', 'мин', 'сағ'], en: ['s', 'min', 'h'] }[lang]
  if (seconds < 120) return `${Math.round(seconds)} ${units[0]}`
  return seconds < 7_200 ? `${Math.round(seconds / 60)} ${units[1]}` : `${Math.round(seconds / 3_600)} ${units[2]}`
}

function Figures({ figures }: { figures: SystemHealth['figures'] }) {
  const { lang } = useHere()
  const adm = adminWords(lang)
  const all = (Object.keys(FIGURE_WORDS) as Figure[]).map((figure) => {
    const value = figures[figure]
    return { figure, value, tone: value === undefined ? undefined : troubleOf(figure, value) }
  })
  const over = all.filter(({ tone }) => tone)
  const rows = (of: typeof all) => (
    <ul className="card figures">
      {of.map(({ figure, value, tone }) => {
        const seconds = value === undefined ? undefined : secondsOf(figure, value)
        const text = value === undefined ? adm.unknown : seconds === undefined ? String(value) : waitText(seconds, lang)
        return (
          <li key={figure}>
            <span>{FIGURE_WORDS[figure].name[lang]}</span>
            <span className={`num nowrap ${tone ? `tag ${tone}` : ''}`}>{tone ? `⚠ ${text}` : text}</span>
          </li>
        )
      })}
    </ul>
  )
  return (
    <section className="group" aria-labelledby="figures">
      <h2 id="figures">{adm.figures}</h2>
      {over.length > 0 && rows(over)}
      <Fold summary={`${adm.figuresUsual}: ${all.length - over.length}`}>{rows(all.filter(({ tone }) => !tone))}</Fold>
    </section>
  )
}

function Queues({ queues }: { queues: SystemHealth['queues'] }) {
  const { lang } = useHere()
  const adm = adminWords(lang)
  const served = queues.filter((one) => !isDeserted(one))
  const rows = (of: SystemHealth['queues']) => (
    <ul className="card figures">
      {of.map((one) => {
        const asked = one.seconds === undefined ? adm.never : `${waitText(one.seconds, lang)} ${adm.ago}`
        return (
          <li key={`${one.queue}${one.type}`}>
            <span>
              <b translate="no">{one.queue}</b> <small>{one.type === 'workflow' ? adm.typeWorkflow : adm.typeActivity}</small>
              <br />
              <small className="num">
                {adm.workers}: {one.workers}
              </small>
            </span>
            <span className="num nowrap">
              <span className="hidden">{adm.lastAsked}: </span>
              {isDeserted(one) ? <span className="tag late">⚠ {asked}</span> : asked}
            </span>
          </li>
        )
      })}
    </ul>
  )
  return (
    <section className="group" aria-labelledby="queues">
      <h2 id="queues">{adm.queues}</h2>
      {queues.length === 0 && <p className="note soon">{adm.queuesNone}</p>}
      {served.length < queues.length && rows(queues.filter(isDeserted))}
      {served.length > 0 && <Fold summary={`${adm.queuesServed}: ${served.length}`}>{rows(served)}</Fold>}
    </section>
  )
}
