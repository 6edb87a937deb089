/** The pages by which an organisation is kept, each with the work that opens it. Small: the head of every page knows them. */
import type { Work } from '@tirek/policy/work'
import type { AdminWord } from './words-of/admin.ts'
import type { ManageWord } from './words-of/manage.ts'

export const KEPT_PAGES: readonly { to: string; title: ManageWord | AdminWord | 'agencies'; hint: ManageWord | AdminWord; work: Work }[] = [
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

const placeOf = (path: string): string => path.split('/')[1] ?? ''
// The book of agencies has its own place in the head.
const PLACES = new Set(KEPT_PAGES.map(({ to }) => placeOf(to)).filter((place) => place !== 'agencies'))

/** Does the page of this path stand behind the list of what is kept? */
export const isKept = (pathname: string): boolean => PLACES.has(placeOf(pathname))
