// Addresses of notices, campaigns, reports, and rules of hubs, within sharing.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import * as search from './search-params.ts'

const notices = createRoute({
  getParentRoute: () => root,
  path: '/sharing/notices',
  validateSearch: search.validateNotices,
  component: lazyRouteComponent(
    () => import('./screens/notices/notices-screen.tsx'),
    'NoticesScreen',
  ),
})

const told = createRoute({
  getParentRoute: () => root,
  path: '/sharing/told',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(() => import('./screens/notices/told-screen.tsx'), 'ToldScreen'),
})

const registration = createRoute({
  getParentRoute: () => root,
  path: '/sharing/registration',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/notices/registration-screen.tsx'),
    'RegistrationScreen',
  ),
})

const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/sharing/campaigns',
  validateSearch: search.validateCampaigns,
  component: lazyRouteComponent(
    () => import('./screens/campaigns/campaigns-screen.tsx'),
    'CampaignsScreen',
  ),
})

const content = createRoute({
  getParentRoute: () => root,
  path: '/sharing/content',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/sharing/content-screen.tsx'),
    'ContentScreen',
  ),
})

const reports = createRoute({
  getParentRoute: () => root,
  path: '/sharing/reports',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/sharing/reports-screen.tsx'),
    'ReportsScreen',
  ),
})

export const noticeRoutes = [notices, told, registration, campaigns, content, reports] as const
