/** What happened? Every act that may be recorded on this case now: those a term waits for first, the others by what they are about. */
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ACT_GROUPS, groupOfAct } from '../act-groups.ts'
import { useActNames, useCase, useTimeline, type ActName } from '../case-data.ts'
import { barOf } from '../comes-first.ts'
import { useHere } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { actWords } from '../words-of/acts.ts'

export function ChooseActPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { me, lang, words } = useHere()
  const choose = actWords(lang)
  const found = useCase(id)
  const timeline = useTimeline(id)
  const names = useActNames()
  useEffect(() => void (document.title = `${words.record} · Тірек`), [words])
  if (found.isPending || timeline.isPending || names.isPending) return <Loading words={words} />
  const error = found.error ?? names.error
  const allowed = new Set<string>(found.data?.allowedActs ?? [])
  // Both kinds of contact are one page.
  if (allowed.has('contact-made')) allowed.delete('contact-attempted')
  const awaited = new Set<string>((found.data?.deadlines ?? []).filter((deadline) => deadline.state === 'open').map(({ act }) => act))
  // What could only be refused is not offered. Where the timeline did not come nothing is known against it.
  const isBarred = (act: ActName) =>
    found.data !== undefined &&
    timeline.data !== undefined &&
    barOf(act.kind, found.data, timeline.data.items, me.role, act.roles) !== undefined
  const acts = (names.data ?? []).filter((act) => allowed.has(act.kind) && !isBarred(act))
  const groups = [
    { title: choose.awaited, of: acts.filter(({ kind }) => awaited.has(kind)) },
    ...ACT_GROUPS.map((group) => ({
      title: choose[group],
      of: acts.filter(({ kind }) => !awaited.has(kind) && groupOfAct(kind) === group),
    })),
  ].filter(({ of }) => of.length > 0)
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {found.data?.summary.number}
        </Link>
      </p>
      <h1>{words.chooseAct}</h1>
      {error && <Failure error={error} words={words} />}
      {acts.length === 0 && !error && <p>{words.actsNone}</p>}
      {groups.map(({ title, of }) => (
        <section key={title} className="group">
          <h2>{title}</h2>
          <ul className="card acts">
            {of.map((act) => (
              <li key={act.kind}>
                <Act id={id} act={act} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  )
}

function Act({ id, act }: { id: string; act: ActName }) {
  const { lang } = useHere()
  return act.kind === 'family-drawn' ? (
    <Link to="/cases/$id/family" params={{ id }}>
      {act.label[lang]}
    </Link>
  ) : (
    <Link to="/cases/$id/record/$kind" params={{ id, kind: act.kind }}>
      {act.label[lang]}
    </Link>
  )
}
