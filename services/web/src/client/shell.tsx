/** What is around every page: who is here, where one can go, which language. Without a session: the way in. */
import type { Lang } from '@tirek/contract/roles'
import type { Work } from '@tirek/policy/work'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useMatches } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { ageOf, ask, Refused, SESSION, SESSION_KEY, SIGNED_OUT, speak } from './api.ts'
import { isKept } from './kept-pages.ts'
import { drafts, HereContext, setClock, useHere, type Me } from './me.tsx'
import { Failure, Loading, NotForRole } from './parts/states.tsx'
import { WaitingBar } from './parts/waiting.tsx'
import { useWaiting } from './sending.ts'
import { firstLang, storedLang, storeLang } from './spoken.ts'
import { wordsOf } from './words.ts'

/** What is seen of each language's name, and the rest of it for those who listen. */
const LANGS: readonly { lang: Lang; seen: string; rest: string }[] = [
  { lang: 'ru', seen: 'Рус', rest: 'ский' },
  { lang: 'kk', seen: 'Қаз', rest: 'ақша' },
  { lang: 'en', seen: 'Eng', rest: 'lish' },
]

export function Shell() {
  const [chosen, choose] = useState(storedLang)
  const queries = useQueryClient()
  const wasHere = useRef(Boolean(queries.getQueryData(SESSION_KEY)))
  const session = useQuery({
    queryKey: SESSION_KEY,
    queryFn: async ({ signal }) => {
      const me = await ask<Me>(SESSION, { again: wasHere.current, signal }).catch((error: unknown) => {
        if (error instanceof Refused && error.problem.status === 401) return null
        throw error
      })
      if (me) {
        setClock(me.now + ageOf(me))
        wasHere.current = true
      }
      return me
    },
    refetchInterval: 60_000,
    staleTime: 30_000,
  })
  const { refetch } = session
  useEffect(() => drafts.dropOld(), [])
  useEffect(() => {
    const look = () => void refetch()
    window.addEventListener(SIGNED_OUT, look)
    return () => window.removeEventListener(SIGNED_OUT, look)
  }, [refetch])
  const me = session.data
  // A person's own language counts where nothing was chosen on this device.
  const shown = chosen ?? me?.lang ?? firstLang()
  const words = wordsOf(shown)
  speak(shown)
  const needs = useMatches({ select: (matches) => matches.at(-1)?.staticData.work })
  useEffect(() => void (document.documentElement.lang = shown), [shown])

  const setLang = (next: Lang) => {
    storeLang(next)
    choose(next)
    speak(next)
    void queries.invalidateQueries()
  }

  if (session.isPending)
    return (
      <>
        <BareTop />
        <Loading words={words} />
      </>
    )
  // A look again that found no connection takes no page away from whoever types.
  if (session.isError && session.data === undefined)
    return (
      <>
        <BareTop />
        <main>
          <Failure alone error={session.error} words={words} onAgain={() => void session.refetch()} />
        </main>
      </>
    )
  if (!me) return <Door lang={shown} setLang={setLang} ended={wasHere.current} />
  return (
    <HereContext value={{ me, lang: shown, words, setLang }}>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <Top me={me} lang={shown} setLang={setLang} />
      <WaitingBar />
      {needs && !me.may.includes(needs) ? <NotForRole words={words} /> : <Outlet />}
    </HereContext>
  )
}

/** As it stands in the skeleton, and as high: nothing moves when the rest comes. */
const BareTop = () => (
  <div className="top">
    <b className="brand">Тірек</b>
  </div>
)

function Top({ me, lang, setLang }: { me: Me; lang: Lang; setLang(lang: Lang): void }) {
  const words = wordsOf(lang)
  const may = (work: Work) => me.may.includes(work)
  const { pathname } = useLocation()
  const notices = useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: ({ signal }) => ask<{ unread: number }>('/api/notices?limit=1', { again: true, signal }),
    refetchInterval: 30_000,
    retry: false,
  })
  const unread = notices.data?.unread ?? 0
  const count = unread > 0 && <span className="count">{unread}</span>
  // On a phone the sections, who is here and the way out open by a button; on a desk all of it stands there.
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => setOpen(false), [pathname])
  return (
    <header
      className="top"
      onKeyDown={({ key }) => {
        if (key !== 'Escape' || !isOpen) return
        setOpen(false)
        button.current?.focus()
      }}
    >
      <Link to="/" className="brand">
        Тірек
      </Link>
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-expanded={isOpen}
        aria-controls="sections"
        onClick={() => setOpen(!isOpen)}
      >
        {words.openMenu}
        {count && (
          <>
            <span className="hidden">, {words.notices}</span> {count}
          </>
        )}
      </button>
      <nav id="sections" aria-label={words.menu}>
        {may('own work list') && (
          <Link to="/" activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
            {words.today}
          </Link>
        )}
        {may('list cases') && (
          <Link to="/cases" activeProps={{ 'aria-current': 'page' }}>
            {words.cases}
          </Link>
        )}
        {may('read the trail') && (
          <Link to="/trail" activeProps={{ 'aria-current': 'page' }}>
            {words.trail}
          </Link>
        )}
        <Link to="/notices" activeProps={{ 'aria-current': 'page' }}>
          {words.notices}
          {count}
        </Link>
        {/* Everybody who cares for cases may ask; only these two are ever offered one. */}
        {(me.role === 'head' || me.role === 'supervisor') && (
          <Link to="/hand-overs" activeProps={{ 'aria-current': 'page' }}>
            {words.handOversShort}
          </Link>
        )}
        {may('review broken glass') && (
          <Link to="/openings" activeProps={{ 'aria-current': 'page' }}>
            {words.openingsShort}
          </Link>
        )}
        {may('approve erasures') && (
          <Link to="/erasures" activeProps={{ 'aria-current': 'page' }}>
            {words.erasures}
          </Link>
        )}
        {may('see absences and duty') && (
          <Link to="/manage" aria-current={isKept(pathname) || undefined} activeProps={{ 'aria-current': 'page' }}>
            {words.manage}
          </Link>
        )}
        {may('keep the directory') && (
          <Link to="/agencies" activeProps={{ 'aria-current': 'page' }}>
            {words.agencies}
          </Link>
        )}
      </nav>
      <div className="me">
        <span className="who">
          {me.name} <span className="role">· {me.roleName[lang]}</span>
        </span>
        <LangSwitch lang={lang} setLang={setLang} label={words.language} />
        <Leave />
      </div>
    </header>
  )
}

function LangSwitch({ lang, setLang, label }: { lang: Lang; setLang(lang: Lang): void; label: string }) {
  return (
    <div className="langs" role="group" aria-label={label}>
      {LANGS.map((one) => (
        <button key={one.lang} type="button" lang={one.lang} aria-pressed={one.lang === lang} onClick={() => setLang(one.lang)}>
          {one.seen}
          <span className="hidden">{one.rest}</span>
        </button>
      ))}
    </div>
  )
}

/** What took long to write: lost at sign-out like every draft, so it is said first. */
const LONG = /\/(assessment-finished|plan-signed|review-report-handed-in)$/

/** What waits to be sent, and long forms that are not finished, would be gone: then it is asked once more. */
function Leave() {
  const { me, words } = useHere()
  const waits = useWaiting(me.person).length
  const [long, setLong] = useState<number>()
  const tryToLeave = () => {
    const unfinished = drafts.names(me.person, '').filter((name) => LONG.test(name)).length
    if (waits + unfinished > 0) setLong(unfinished)
    else void leave()
  }
  if (long === undefined || waits + long === 0)
    return (
      <button type="button" className="plain" onClick={tryToLeave}>
        {words.signOut}
      </button>
    )
  return (
    <span role="alert">
      {waits > 0 && `${words.leaveLoses}: ${waits}. `}
      {long > 0 && `${words.leaveLosesLong}: ${long}. `}
      <button type="button" className="plain" onClick={() => void leave()}>
        {words.leaveAnyway}
      </button>
      <button type="button" className="plain" onClick={() => setLong(undefined)}>
        {words.cancel}
      </button>
    </span>
  )
}

async function leave(): Promise<void> {
  await drafts.dropAll()
  // Before the session ends: the device is told nothing more.
  await import('./push.ts').then(({ stopPush }) => stopPush()).catch(() => {})
  await fetch('/auth/sign-out', { method: 'POST', redirect: 'error', signal: AbortSignal.timeout(5_000) }).catch(() => {})
  window.location.assign('/')
}

/** The page of those who are not signed in: one thing to do. */
function Door({ lang, setLang, ended }: { lang: Lang; setLang(lang: Lang): void; ended: boolean }) {
  const words = wordsOf(lang)
  const { pathname, searchStr } = useLocation()
  const search = new URLSearchParams(searchStr)
  const signIn = search.get('sign-in')
  // How the last sign-in went is no part of where one was.
  search.delete('sign-in')
  const to = encodeURIComponent(`${pathname}${search.size > 0 ? `?${search}` : ''}`)
  return (
    <>
      <header className="top">
        <b className="brand">Тірек</b>
        <div className="me">
          <LangSwitch lang={lang} setLang={setLang} label={words.language} />
        </div>
      </header>
      <main id="content" className="door">
        <h1>Тірек</h1>
        <p>{words.signInLead}</p>
        {(signIn || ended) && (
          <p className="note soon" role="status">
            {signIn === 'wait' ? words.signInWait : ended ? words.sessionEnded : words.signInAgain}
          </p>
        )}
        <a className="button" href={`/auth/sign-in?to=${to}&lang=${lang}`}>
          {words.signIn}
        </a>
      </main>
    </>
  )
}
