// Addresses. Each screen is loaded when it is first opened; its whole state stands in its search parameters.

import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { noticeRoutes } from './notice-routes.ts'
import { postureRoutes } from './posture-routes.ts'
import { root } from './root-route.ts'
import * as search from './search-params.ts'

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(
    () => import('./screens/overview/overview-screen.tsx'),
    'OverviewScreen',
  ),
})

const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  validateSearch: search.validateAlerts,
  component: lazyRouteComponent(() => import('./screens/alerts/alerts-screen.tsx'), 'AlertsScreen'),
})

const alert = createRoute({
  getParentRoute: () => root,
  path: '/alerts/$id',
  component: lazyRouteComponent(() => import('./screens/alerts/alert-page.tsx'), 'AlertPage'),
})

const entity = createRoute({
  getParentRoute: () => root,
  path: '/entity',
  validateSearch: search.validateEntity,
  component: lazyRouteComponent(() => import('./screens/entity/entity-screen.tsx'), 'EntityScreen'),
})

const hunt = createRoute({
  getParentRoute: () => root,
  path: '/hunt',
  validateSearch: search.validateHunt,
  component: lazyRouteComponent(() => import('./screens/hunt/hunt-screen.tsx'), 'HuntScreen'),
})

const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  validateSearch: search.validateSources,
  component: lazyRouteComponent(
    () => import('./screens/sources/sources-screen.tsx'),
    'SourcesScreen',
  ),
})

const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  validateSearch: search.validateRules,
  component: lazyRouteComponent(() => import('./screens/rules/rules-screen.tsx'), 'RulesScreen'),
})

const indicators = createRoute({
  getParentRoute: () => root,
  path: '/indicators',
  validateSearch: search.validateIndicators,
  component: lazyRouteComponent(
    () => import('./screens/indicators/indicators-screen.tsx'),
    'IndicatorsScreen',
  ),
})

const sensors = createRoute({
  getParentRoute: () => root,
  path: '/sources/sensors',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/sensors/sensors-screen.tsx'),
    'SensorsScreen',
  ),
})

const coverage = createRoute({
  getParentRoute: () => root,
  path: '/rules/coverage',
  validateSearch: search.validateCoverage,
  component: lazyRouteComponent(
    () => import('./screens/coverage/coverage-screen.tsx'),
    'CoverageScreen',
  ),
})

const analytics = createRoute({
  getParentRoute: () => root,
  path: '/rules/analytics',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/analytics/analytics-screen.tsx'),
    'AnalyticsScreen',
  ),
})

const background = createRoute({
  getParentRoute: () => root,
  path: '/rules/background',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/background/background-screen.tsx'),
    'BackgroundScreen',
  ),
})

const exercise = createRoute({
  getParentRoute: () => root,
  path: '/rules/exercise',
  validateSearch: search.validateExercise,
  component: lazyRouteComponent(
    () => import('./screens/exercise/exercise-screen.tsx'),
    'ExerciseScreen',
  ),
})

const workbench = createRoute({
  getParentRoute: () => root,
  path: '/rules/write',
  validateSearch: search.validateWorkbench,
  component: lazyRouteComponent(
    () => import('./screens/workbench/workbench-screen.tsx'),
    'WorkbenchScreen',
  ),
})

export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([
      overview,
      alerts,
      alert,
      entity,
      hunt,
      sources,
      sensors,
      rules,
      workbench,
      coverage,
      analytics,
      background,
      exercise,
      indicators,
      ...postureRoutes,
      ...noticeRoutes,
    ]),
    parseSearch: search.parseSearch,
    stringifySearch: search.stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadDelay: 100,
  })
}

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- the library is told of our routes by merging
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
