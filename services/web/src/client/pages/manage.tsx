/** What is kept of the organisation, as one list: each line one page. */
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useHere } from '../me.tsx'
import { KEPT_PAGES } from '../kept-pages.ts'
import { adminWords } from '../words-of/admin.ts'
import { manageWords } from '../words-of/manage.ts'

export function ManagePage() {
  const { me, lang, words } = useHere()
  const say = { ...adminWords(lang), ...manageWords(lang) }
  useEffect(() => void (document.title = `${words.manage} · Тірек`), [words])
  return (
    <main id="content" className="narrow">
      <h1>{words.manage}</h1>
      <p>{say.manageLead}</p>
      <ul className="card acts">
        {KEPT_PAGES.filter(({ work }) => me.may.includes(work)).map(({ to, title, hint }) => (
          <li key={to}>
            <Link to={to as '/'}>
              {title === 'agencies' ? words.agencies : say[title]}
              <small className="hint">{say[hint]}</small>
            </Link>
          </li>
        ))}
      </ul>
    </main>
  )
}
