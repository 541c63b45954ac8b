// Addresses of the rooms that say how an organisation stands: cases, devices, readiness, exposure, identity, sharing, evidence.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
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

const members = createRoute({
  getParentRoute: () => root,
  path: '/readiness/members',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/readiness/members-screen.tsx'),
    'MembersScreen',
  ),
})

const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  validateSearch: search.validateCases,
  component: lazyRouteComponent(() => import('./screens/cases/cases-screen.tsx'), 'CasesScreen'),
})

const caseReport = createRoute({
  getParentRoute: () => root,
  path: '/cases/report',
  validateSearch: search.validateCases,
  component: lazyRouteComponent(() => import('./screens/cases/report-screen.tsx'), 'ReportScreen'),
})

const devices = createRoute({
  getParentRoute: () => root,
  path: '/devices',
  validateSearch: search.validateDevices,
  component: lazyRouteComponent(
    () => import('./screens/devices/devices-screen.tsx'),
    'DevicesScreen',
  ),
})

const deviceChanges = createRoute({
  getParentRoute: () => root,
  path: '/devices/changes',
  validateSearch: search.validateDeviceChanges,
  component: lazyRouteComponent(
    () => import('./screens/devices/changes-screen.tsx'),
    'ChangesScreen',
  ),
})

const changeRecords = createRoute({
  getParentRoute: () => root,
  path: '/devices/records',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/devices/records-screen.tsx'),
    'RecordsScreen',
  ),
})

const collection = createRoute({
  getParentRoute: () => root,
  path: '/devices/collection',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/devices/collection-screen.tsx'),
    'CollectionScreen',
  ),
})

const compare = createRoute({
  getParentRoute: () => root,
  path: '/devices/compare',
  validateSearch: search.validateCompare,
  component: lazyRouteComponent(
    () => import('./screens/devices/compare-screen.tsx'),
    'CompareScreen',
  ),
})

const zones = createRoute({
  getParentRoute: () => root,
  path: '/devices/zones',
  validateSearch: search.validateZones,
  component: lazyRouteComponent(() => import('./screens/zones/zones-screen.tsx'), 'ZonesScreen'),
})

const zonesEdit = createRoute({
  getParentRoute: () => root,
  path: '/devices/zones/edit',
  validateSearch: search.validateZonesEdit,
  component: lazyRouteComponent(() => import('./screens/zones/edit-screen.tsx'), 'EditScreen'),
})

const peers = createRoute({
  getParentRoute: () => root,
  path: '/sharing',
  validateSearch: search.validatePeers,
  component: lazyRouteComponent(() => import('./screens/sharing/peers-screen.tsx'), 'PeersScreen'),
})

const received = createRoute({
  getParentRoute: () => root,
  path: '/sharing/received',
  validateSearch: search.validateReceived,
  component: lazyRouteComponent(
    () => import('./screens/sharing/received-screen.tsx'),
    'ReceivedScreen',
  ),
})

const outbox = createRoute({
  getParentRoute: () => root,
  path: '/sharing/outbox',
  validateSearch: search.validateOutbox,
  component: lazyRouteComponent(
    () => import('./screens/sharing/outbox-screen.tsx'),
    'OutboxScreen',
  ),
})

const given = createRoute({
  getParentRoute: () => root,
  path: '/sharing/given',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(() => import('./screens/sharing/given-screen.tsx'), 'GivenScreen'),
})

const blind = createRoute({
  getParentRoute: () => root,
  path: '/sharing/blind',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(() => import('./screens/sharing/blind-screen.tsx'), 'BlindScreen'),
})

const exposure = createRoute({
  getParentRoute: () => root,
  path: '/exposure',
  validateSearch: search.validateExposure,
  component: lazyRouteComponent(
    () => import('./screens/exposure/exposure-screen.tsx'),
    'ExposureScreen',
  ),
})

const week = createRoute({
  getParentRoute: () => root,
  path: '/exposure/week',
  validateSearch: search.validateWeek,
  component: lazyRouteComponent(() => import('./screens/exposure/week-screen.tsx'), 'WeekScreen'),
})

const assets = createRoute({
  getParentRoute: () => root,
  path: '/exposure/assets',
  validateSearch: search.validateAssets,
  component: lazyRouteComponent(
    () => import('./screens/exposure/assets-screen.tsx'),
    'AssetsScreen',
  ),
})

const files = createRoute({
  getParentRoute: () => root,
  path: '/exposure/files',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(() => import('./screens/exposure/files-screen.tsx'), 'FilesScreen'),
})

const identity = createRoute({
  getParentRoute: () => root,
  path: '/identity',
  validateSearch: search.validateIdentity,
  component: lazyRouteComponent(
    () => import('./screens/identity/identity-screen.tsx'),
    'IdentityScreen',
  ),
})

const accounts = createRoute({
  getParentRoute: () => root,
  path: '/identity/accounts',
  validateSearch: search.validateAccounts,
  component: lazyRouteComponent(
    () => import('./screens/identity/accounts-screen.tsx'),
    'AccountsScreen',
  ),
})

const critical = createRoute({
  getParentRoute: () => root,
  path: '/identity/critical',
  validateSearch: search.validateCritical,
  component: lazyRouteComponent(
    () => import('./screens/identity/critical-screen.tsx'),
    'CriticalScreen',
  ),
})

const exports = createRoute({
  getParentRoute: () => root,
  path: '/identity/files',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/identity/exports-screen.tsx'),
    'ExportsScreen',
  ),
})

/** Where proofs of readiness point: one check. */
const check = createRoute({
  getParentRoute: () => root,
  path: '/identity/$check',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/identity', search: { check: params.check } })
  },
})

const evidence = createRoute({
  getParentRoute: () => root,
  path: '/evidence',
  validateSearch: search.validateNothing,
  component: lazyRouteComponent(
    () => import('./screens/evidence/evidence-screen.tsx'),
    'EvidenceScreen',
  ),
})

export const postureRoutes = [
  peers,
  received,
  outbox,
  given,
  blind,
  cases,
  caseReport,
  devices,
  deviceChanges,
  changeRecords,
  collection,
  compare,
  zones,
  zonesEdit,
  evidence,
  identity,
  accounts,
  critical,
  exports,
  check,
  exposure,
  week,
  assets,
  files,
  readiness,
  gaps,
  logs,
  plans,
  members,
] as const
