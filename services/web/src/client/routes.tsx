/** Every page, its address, and the work it is for. Forms load when they are opened. */
import type { Work } from '@tirek/policy/work'
import { createRootRoute, createRoute, createRouter, notFound, lazyRouteComponent } from '@tanstack/react-router'
import { Shell } from './shell.tsx'
import { LostPage } from './pages/lost.tsx'
import { FirstPage } from './pages/first.tsx'

/** What is no id names no page: the server need not be asked. */
function mustBeACase(id: string): void {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw notFound()
}

const root = createRootRoute({ component: Shell, notFoundComponent: LostPage })

const today = createRoute({ getParentRoute: () => root, path: '/', component: FirstPage })
const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  staticData: { work: 'list cases' },
  component: lazyRouteComponent(() => import('./pages/cases.tsx'), 'CasesPage'),
})
const request = createRoute({
  getParentRoute: () => root,
  path: '/new',
  staticData: { work: 'register a request' },
  component: lazyRouteComponent(() => import('./pages/new-request.tsx'), 'NewRequestPage'),
})
const fromPaper = createRoute({
  getParentRoute: () => root,
  path: '/from-paper',
  staticData: { work: 'enter from paper' },
  component: lazyRouteComponent(() => import('./pages/from-paper.tsx'), 'FromPaperPage'),
})
const notices = createRoute({
  getParentRoute: () => root,
  path: '/notices',
  component: lazyRouteComponent(() => import('./pages/notices.tsx'), 'NoticesPage'),
})
const oneCase = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/case.tsx'), 'CasePage'),
})
const acts = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/record',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/choose-act.tsx'), 'ChooseActPage'),
})
const hour = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/hour',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/hour.tsx'), 'HourPage'),
})
const plan = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/plan',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/plan.tsx'), 'PlanPage'),
})
const record = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/record/$kind',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/record.tsx'), 'RecordPage'),
})

const family = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/family',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/family.tsx'), 'FamilyPage'),
})

const mustBeAMeeting = (params: { id: string; meeting: string }): void => {
  mustBeACase(params.id)
  mustBeACase(params.meeting)
}
const meetings = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/meetings',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/meetings.tsx'), 'MeetingsPage'),
})
const meetingCall = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/meetings/call',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/meeting-form.tsx'), 'MeetingCallPage'),
})
const meeting = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/meetings/$meeting',
  beforeLoad: ({ params }) => mustBeAMeeting(params),
  component: lazyRouteComponent(() => import('./pages/meeting.tsx'), 'MeetingBoardPage'),
})
const meetingMail = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/meetings/$meeting/mail',
  beforeLoad: ({ params }) => mustBeAMeeting(params),
  component: lazyRouteComponent(() => import('./pages/meeting-mail.tsx'), 'MeetingMailPage'),
})
const meetingAct = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/meetings/$meeting/$act',
  beforeLoad: ({ params }) => mustBeAMeeting(params),
  component: lazyRouteComponent(() => import('./pages/meeting-form.tsx'), 'MeetingActPage'),
})

const mustBeAReferral = (params: { id: string; referral: string }): void => {
  mustBeACase(params.id)
  mustBeACase(params.referral)
}
const referrals = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/referrals',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/referrals.tsx'), 'ReferralsPage'),
})
const referralNew = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/referrals/new',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/referral-new.tsx'), 'ReferralNewPage'),
})
const referral = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/referrals/$referral',
  beforeLoad: ({ params }) => mustBeAReferral(params),
  component: lazyRouteComponent(() => import('./pages/referral.tsx'), 'ReferralBoardPage'),
})
const referralAct = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/referrals/$referral/$act',
  beforeLoad: ({ params }) => mustBeAReferral(params),
  component: lazyRouteComponent(() => import('./pages/referral-act.tsx'), 'ReferralActPage'),
})

const readers = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/readers',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/readers.tsx'), 'ReadersPage'),
})
const trail = createRoute({
  getParentRoute: () => root,
  path: '/trail',
  staticData: { work: 'read the trail' },
  component: lazyRouteComponent(() => import('./pages/trail.tsx'), 'TrailPage'),
})

const rights = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/rights',
  beforeLoad: ({ params }) => mustBeACase(params.id),
  component: lazyRouteComponent(() => import('./pages/rights.tsx'), 'RightsPage'),
})
const erasures = createRoute({
  getParentRoute: () => root,
  path: '/erasures',
  staticData: { work: 'approve erasures' },
  component: lazyRouteComponent(() => import('./pages/erasures.tsx'), 'ErasuresPage'),
})

const danger = createRoute({
  getParentRoute: () => root,
  path: '/danger/$number',
  staticData: { work: 'break the glass' },
  component: lazyRouteComponent(() => import('./pages/danger.tsx'), 'DangerPage'),
})
const handOvers = createRoute({
  getParentRoute: () => root,
  path: '/hand-overs',
  staticData: { work: 'answer offers' },
  component: lazyRouteComponent(() => import('./pages/hand-overs.tsx'), 'HandOversPage'),
})
const openings = createRoute({
  getParentRoute: () => root,
  path: '/openings',
  staticData: { work: 'review broken glass' },
  component: lazyRouteComponent(() => import('./pages/openings.tsx'), 'OpeningsPage'),
})
const agencies = createRoute({
  getParentRoute: () => root,
  path: '/agencies',
  staticData: { work: 'keep the directory' },
  component: lazyRouteComponent(() => import('./pages/agencies.tsx'), 'AgenciesPage'),
})
const manage = createRoute({
  getParentRoute: () => root,
  path: '/manage',
  staticData: { work: 'see absences and duty' },
  component: lazyRouteComponent(() => import('./pages/manage.tsx'), 'ManagePage'),
})
const absences = createRoute({
  getParentRoute: () => root,
  path: '/absences',
  staticData: { work: 'see absences and duty' },
  component: lazyRouteComponent(() => import('./pages/absences.tsx'), 'AbsencesPage'),
})
const duty = createRoute({
  getParentRoute: () => root,
  path: '/duty',
  staticData: { work: 'see absences and duty' },
  component: lazyRouteComponent(() => import('./pages/duty.tsx'), 'DutyPage'),
})
const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  staticData: { work: 'keep the directory' },
  component: lazyRouteComponent(() => import('./pages/people.tsx'), 'PeoplePage'),
})
const personNew = createRoute({
  getParentRoute: () => root,
  path: '/people/new',
  staticData: { work: 'keep the directory' },
  component: lazyRouteComponent(() => import('./pages/person.tsx'), 'PersonPage'),
})
const person = createRoute({
  getParentRoute: () => root,
  path: '/people/$person',
  staticData: { work: 'keep the directory' },
  beforeLoad: ({ params }) => mustBeACase(params.person),
  component: lazyRouteComponent(() => import('./pages/person.tsx'), 'PersonPage'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  staticData: { work: 'see own settings' },
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
})
const calendar = createRoute({
  getParentRoute: () => root,
  path: '/calendar',
  staticData: { work: 'see the directory' },
  component: lazyRouteComponent(() => import('./pages/calendar.tsx'), 'CalendarPage'),
})
const letters = createRoute({
  getParentRoute: () => root,
  path: '/letters',
  staticData: { work: 'look after letters' },
  component: lazyRouteComponent(() => import('./pages/letters.tsx'), 'LettersPage'),
})
const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  staticData: { work: 'see what runs' },
  component: lazyRouteComponent(() => import('./pages/system.tsx'), 'SystemPage'),
})
const journal = createRoute({
  getParentRoute: () => root,
  path: '/journals/$name',
  staticData: { work: 'read journals' },
  component: lazyRouteComponent(() => import('./pages/journal.tsx'), 'JournalPage'),
})
const journalRow = createRoute({
  getParentRoute: () => root,
  path: '/journals/$name/new',
  staticData: { work: 'write journals' },
  component: lazyRouteComponent(() => import('./pages/journal-row.tsx'), 'JournalRowPage'),
})
const journalEntry = createRoute({
  getParentRoute: () => root,
  path: '/journals/$name/$entry',
  staticData: { work: 'read journals' },
  beforeLoad: ({ params }) => mustBeACase(params.entry),
  component: lazyRouteComponent(() => import('./pages/journal-entry.tsx'), 'JournalEntryPage'),
})
const figures = createRoute({
  getParentRoute: () => root,
  path: '/figures',
  component: lazyRouteComponent(() => import('./pages/figures.tsx'), 'FiguresPage'),
})
const figureCases = createRoute({
  getParentRoute: () => root,
  path: '/figures/cases',
  staticData: { work: 'list cases' },
  component: lazyRouteComponent(() => import('./pages/figure-cases.tsx'), 'FigureCasesPage'),
})
const team = createRoute({
  getParentRoute: () => root,
  path: '/team',
  staticData: { work: 'team work list' },
  component: lazyRouteComponent(() => import('./pages/team.tsx'), 'TeamPage'),
})
const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  staticData: { work: 'team work list' },
  component: lazyRouteComponent(() => import('./pages/approvals.tsx'), 'ApprovalsPage'),
})
const organisations = createRoute({
  getParentRoute: () => root,
  path: '/organisations',
  staticData: { work: 'keep the directory' },
  component: lazyRouteComponent(() => import('./pages/organisations.tsx'), 'OrganisationsPage'),
})
const organisationNew = createRoute({
  getParentRoute: () => root,
  path: '/organisations/new',
  staticData: { work: 'keep the directory' },
  component: lazyRouteComponent(() => import('./pages/organisation.tsx'), 'OrganisationPage'),
})
const organisation = createRoute({
  getParentRoute: () => root,
  path: '/organisations/$organisation',
  staticData: { work: 'keep the directory' },
  beforeLoad: ({ params }) => mustBeACase(params.organisation),
  component: lazyRouteComponent(() => import('./pages/organisation.tsx'), 'OrganisationPage'),
})
const quarantine = createRoute({
  getParentRoute: () => root,
  path: '/quarantine',
  staticData: { work: 'see the directory' },
  component: lazyRouteComponent(() => import('./pages/quarantine.tsx'), 'QuarantinePage'),
})
const running = createRoute({
  getParentRoute: () => root,
  path: '/running',
  staticData: { work: 'see what runs' },
  component: lazyRouteComponent(() => import('./pages/running.tsx'), 'RunningPage'),
})
const editions = createRoute({
  getParentRoute: () => root,
  path: '/editions',
  staticData: { work: 'list editions' },
  component: lazyRouteComponent(() => import('./pages/editions.tsx'), 'EditionsPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    today,
    cases,
    request,
    fromPaper,
    notices,
    oneCase,
    acts,
    hour,
    plan,
    family,
    meetings,
    meetingCall,
    meeting,
    meetingMail,
    meetingAct,
    referrals,
    referralNew,
    referral,
    referralAct,
    record,
    rights,
    erasures,
    readers,
    trail,
    danger,
    handOvers,
    openings,
    agencies,
    manage,
    absences,
    duty,
    people,
    personNew,
    person,
    settings,
    calendar,
    letters,
    journal,
    journalRow,
    journalEntry,
    figures,
    figureCases,
    team,
    approvals,
    editions,
    organisations,
    organisationNew,
    organisation,
    quarantine,
    running,
    system,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    /** Whoever may not do it does not see the page. */
    work?: Work
  }
}
