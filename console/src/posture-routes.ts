// Addresses of the rooms that say how an organisation stands: readiness, exposure, identity, evidence.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import * as search from './search-params.ts'

const readiness = createRoute({
  getParentRoute: () => root,
  path: '/readiness',
  validateSearch: search.validateReadiness,
  component: lazyRouteComponent(
    () => import('./screens/readiness/readiness-screen.tsx'),
    'ReadinessScreen',
  ),
})

const gaps = createRoute({
  getParentRoute: () => root,
  path: '/readiness/gaps',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(() => import('./screens/readiness/gaps-screen.tsx'), 'GapsScreen'),
})

const logs = createRoute({
  getParentRoute: () => root,
  path: '/readiness/logs',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(() => import('./screens/readiness/logs-screen.tsx'), 'LogsScreen'),
})

const plans = createRoute({
  getParentRoute: () => root,
  path: '/readiness/plans',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/readiness/plans-screen.tsx'),
    'PlansScreen',
  ),
})

export const postureRoutes = [readiness, gaps, logs, plans] as const
