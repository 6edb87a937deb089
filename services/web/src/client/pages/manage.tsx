/** What is kept of the organisation, as one list: each line one page. */
import type { Work } from '@tirek/policy/work'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useHere } from '../me.tsx'
import { adminWords, type AdminWord } from '../words-of/admin.ts'
import { manageWords, type ManageWord } from '../words-of/manage.ts'

const PAGES: readonly { to: string; title: ManageWord | AdminWord | 'agencies'; hint: ManageWord | AdminWord; work: Work }[] = [
  { to: '/team', title: 'team', hint: 'boardLead', work: 'team work list' },
  { to: '/approvals', title: 'approvals', hint: 'approvalsLead', work: 'team work list' },
  { to: '/figures', title: 'figures', hint: 'figuresLead', work: 'see figures' },
  { to: '/figures', title: 'figures', hint: 'figuresLead', work: 'compare figures' },
  { to: '/journals/visitors', title: 'journals', hint: 'journalsLead', work: 'read journals' },
  { to: '/absences', title: 'absences', hint: 'absencesLead', work: 'see absences and duty' },
  { to: '/duty', title: 'duty', hint: 'dutyLead', work: 'see absences and duty' },
  { to: '/organisations', title: 'organisations', hint: 'organisationsLead', work: 'keep the directory' },
  { to: '/people', title: 'people', hint: 'peopleLead', work: 'keep the directory' },
  { to: '/settings', title: 'settings', hint: 'settingsLead', work: 'see own settings' },
  { to: '/editions', title: 'editions', hint: 'editionsLead', work: 'list editions' },
  { to: '/calendar', title: 'calendar', hint: 'calendarLead', work: 'see the directory' },
  { to: '/quarantine', title: 'quarantine', hint: 'quarantineLead', work: 'see the directory' },
  { to: '/letters', title: 'letters', hint: 'lettersLead', work: 'look after letters' },
  { to: '/system', title: 'system', hint: 'systemLead', work: 'see what runs' },
  { to: '/running', title: 'running', hint: 'runningLead', work: 'see what runs' },
  { to: '/agencies', title: 'agencies', hint: 'agenciesHint', work: 'keep the directory' },
]

export function ManagePage() {
  const { me, lang, words } = useHere()
  const say = { ...adminWords(lang), ...manageWords(lang) }
  useEffect(() => void (document.title = `${words.manage} · Тірек`), [words])
  return (
    <main id="content" className="narrow">
      <h1>{words.manage}</h1>
      <p>{say.manageLead}</p>
      <ul className="card acts">
        {PAGES.filter(({ work }) => me.may.includes(work)).map(({ to, title, hint }) => (
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
