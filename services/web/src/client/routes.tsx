/** Every page and its address. Forms load when they are opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Shell } from './shell.tsx'
import { LostPage } from './pages/lost.tsx'
import { FirstPage } from './pages/first.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: LostPage })

const today = createRoute({ getParentRoute: () => root, path: '/', component: FirstPage })
const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  component: lazyRouteComponent(() => import('./pages/cases.tsx'), 'CasesPage'),
})
const request = createRoute({
  getParentRoute: () => root,
  path: '/new',
  component: lazyRouteComponent(() => import('./pages/new-request.tsx'), 'NewRequestPage'),
})
const notices = createRoute({
  getParentRoute: () => root,
  path: '/notices',
  component: lazyRouteComponent(() => import('./pages/notices.tsx'), 'NoticesPage'),
})
const oneCase = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('./pages/case.tsx'), 'CasePage'),
})
const acts = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/record',
  component: lazyRouteComponent(() => import('./pages/choose-act.tsx'), 'ChooseActPage'),
})
const record = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/record/$kind',
  component: lazyRouteComponent(() => import('./pages/record.tsx'), 'RecordPage'),
})

const readers = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/readers',
  component: lazyRouteComponent(() => import('./pages/readers.tsx'), 'ReadersPage'),
})
const trail = createRoute({
  getParentRoute: () => root,
  path: '/trail',
  component: lazyRouteComponent(() => import('./pages/trail.tsx'), 'TrailPage'),
})

const rights = createRoute({
  getParentRoute: () => root,
  path: '/cases/$id/rights',
  component: lazyRouteComponent(() => import('./pages/rights.tsx'), 'RightsPage'),
})
const erasures = createRoute({
  getParentRoute: () => root,
  path: '/erasures',
  component: lazyRouteComponent(() => import('./pages/erasures.tsx'), 'ErasuresPage'),
})

const danger = createRoute({
  getParentRoute: () => root,
  path: '/danger/$number',
  component: lazyRouteComponent(() => import('./pages/danger.tsx'), 'DangerPage'),
})
const handOvers = createRoute({
  getParentRoute: () => root,
  path: '/hand-overs',
  component: lazyRouteComponent(() => import('./pages/hand-overs.tsx'), 'HandOversPage'),
})
const openings = createRoute({
  getParentRoute: () => root,
  path: '/openings',
  component: lazyRouteComponent(() => import('./pages/openings.tsx'), 'OpeningsPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    today,
    cases,
    request,
    notices,
    oneCase,
    acts,
    record,
    rights,
    erasures,
    readers,
    trail,
    danger,
    handOvers,
    openings,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
