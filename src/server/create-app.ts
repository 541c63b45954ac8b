// The whole HTTP surface of a station as one app, without its socket.

import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { HTTPException } from 'hono/http-exception'
import { systemClock } from '../core/index.ts'
import type { Clock } from '../core/index.ts'
import { addAlertRoutes } from './alert-routes.ts'
import { addAnswerPage } from './answer-page.ts'
import { createApiApp } from './api-app.ts'
import type { ApiApp, ServerEnv } from './api-app.ts'
import { SENSITIVE_PATH, addBlindRoutes } from './blind-routes.ts'
import { INCIDENT_FILE_PATH, addCampaignRoutes } from './campaign-routes.ts'
import { CASE_FILE_PATH, addCaseRoutes } from './case-routes.ts'
import { PLAYBOOK_PATH } from './case-together-routes.ts'
import { addCollectionRoutes } from './collection-routes.ts'
import { consoleFiles } from './console-files.ts'
import { CONFIG_PATH, RECORDS_FILE_PATH, addDeviceRoutes } from './device-routes.ts'
import { addEntityRoutes } from './entity-routes.ts'
import { addEvidenceRoutes } from './evidence-routes.ts'
import { addExerciseRoutes } from './exercise-routes.ts'
import { KNOWLEDGE_PATH, SCAN_PATH, addExposureRoutes } from './exposure-routes.ts'
import { GOLDEN_FILE_PATH, HASHES_PATH, addGoldenRoutes } from './golden-routes.ts'
import { checkHost, checkOrigin, securityHeaders, setHeaders } from './guard-request.ts'
import { addHuntRoutes } from './hunt-routes.ts'
import { identify, identityOf } from './identify.ts'
import { IDENTITY_IMPORT_PATH, addIdentityRoutes } from './identity-routes.ts'
import { IMPORT_PATH, addIndicatorRoutes } from './indicator-routes.ts'
import { LIVE_DEFAULTS, addLiveRoute } from './live-route.ts'
import type { LiveOptions } from './live-route.ts'
import { NETWORK_PACK_PATH, addNetworkRoutes } from './network-routes.ts'
import { REPORT_PATH, addNoticeRoutes } from './notice-routes.ts'
import { refusal, refusalOf, unexpected } from './problems.ts'
import type { Refusal } from './problems.ts'
import { createRateLimit } from './rate-limit.ts'
import type { RateLimit } from './rate-limit.ts'
import { addReadinessRoutes } from './readiness-routes.ts'
import { addReportUpRoutes } from './report-up-routes.ts'
import { addRuleRunRoutes } from './rule-run-routes.ts'
import { addSegmentRoutes } from './segment-routes.ts'
import { addSensorRoutes } from './sensor-routes.ts'
import { addSessionRoutes } from './session-routes.ts'
import { addShareContentRoutes } from './share-content-routes.ts'
import { PREVIEW_PATH, PUBLISH_PATH, addShareRoutes } from './share-routes.ts'
import { addStationRoutes } from './station-routes.ts'
import type { Station } from './station.ts'
import { addThresholdRoutes } from './threshold-routes.ts'
import { TOOL_LISTS_PATH, addToolRoutes } from './tool-routes.ts'
import { addWorkbenchRoutes } from './workbench-routes.ts'

export type AppOptions = {
  readonly station: Station
  /** Host names this station answers to, beside loopback. */
  readonly hosts?: readonly string[]
  /** Folder of the built console. */
  readonly consoleFolder: string
  readonly clock?: Clock
  readonly live?: Partial<LiveOptions>
}

const FILE_PATHS = new Set([
  IMPORT_PATH,
  IDENTITY_IMPORT_PATH,
  SCAN_PATH,
  KNOWLEDGE_PATH,
  NETWORK_PACK_PATH,
  TOOL_LISTS_PATH,
  CASE_FILE_PATH,
  PLAYBOOK_PATH,
  INCIDENT_FILE_PATH,
  CONFIG_PATH,
  RECORDS_FILE_PATH,
  GOLDEN_FILE_PATH,
  HASHES_PATH,
  PUBLISH_PATH,
  PREVIEW_PATH,
  SENSITIVE_PATH,
  REPORT_PATH,
])
const MOST_BODY_BYTES = 256 * 1024
const TRIES = { each: 10, all: 60 }

export function createApp(options: AppOptions): ApiApp {
  const { station, clock = systemClock } = options
  const { answerHost } = station.notices
  const hosts = [...(options.hosts ?? []), ...(answerHost === undefined ? [] : [answerHost])]
  const app = createApiApp()
  const tries = createRateLimit(clock, TRIES)
  app.onError((thrown, c) => answerTrouble(thrown, c, { station, clock }))
  app.notFound((c) =>
    answer(c, refusal(404, 'NO_SUCH_ADDRESS', { path: c.req.path.slice(0, 200) })),
  )
  app.use(securityHeaders)
  app.use(checkHost(hosts))
  app.use(checkOrigin)
  app.use(
    '/api/*',
    noStore,
    compress(),
    besideFiles(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: tooLarge })),
    besideFiles(jsonOnly),
  )
  app.use('/api/*', identify(station.auth, tries))
  addRooms(app, station, tries)
  addLiveRoute(app, station, {
    options: { ...LIVE_DEFAULTS, ...options.live },
    isStillIn: async (c) => (await identityOf(c, station.auth, tries)) !== undefined,
  })
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Vigie', version: station.version, description: 'The HTTP API of a station.' },
  })
  app.all('/api/*', (c) => c.notFound())
  app.get('*', consoleFiles(options.consoleFolder))
  return app
}

function addRooms(app: ApiApp, station: Station, tries: RateLimit): void {
  addSessionRoutes(app, station, tries)
  addStationRoutes(app, station)
  addRuleRunRoutes(app, station)
  addWorkbenchRoutes(app, station)
  addSensorRoutes(app, station)
  addAlertRoutes(app, station)
  addCaseRoutes(app, station)
  addHuntRoutes(app, station)
  addIndicatorRoutes(app, station)
  addEvidenceRoutes(app, station)
  addIdentityRoutes(app, station)
  addReadinessRoutes(app, station)
  addExerciseRoutes(app, station)
  addExposureRoutes(app, station)
  addNetworkRoutes(app, station)
  addToolRoutes(app, station)
  addDeviceRoutes(app, station)
  addCollectionRoutes(app, station)
  addGoldenRoutes(app, station)
  addSegmentRoutes(app, station)
  addShareRoutes(app, station)
  addShareContentRoutes(app, station)
  addBlindRoutes(app, station)
  addThresholdRoutes(app, station)
  addReportUpRoutes(app, station)
  addEntityRoutes(app, station)
  addNoticeRoutes(app, station)
  addCampaignRoutes(app, station)
  addAnswerPage(app, station.notices, tries)
}

/** What a station says is for those who asked, and true only now. */
const noStore: MiddlewareHandler<ServerEnv> = async (c, next) => {
  await next()
  c.header('cache-control', 'no-store')
}

const jsonOnly: MiddlewareHandler<ServerEnv> = async (c, next) => {
  const type = c.req.header('content-type') ?? ''
  if (c.req.method === 'POST' && !/^application\/json(?:\s*;|$)/iu.test(type))
    throw refusal(415, 'BODY_NOT_JSON', undefined)
  await next()
}

/** A file that is imported is bounded where it is read. */
function besideFiles(check: MiddlewareHandler<ServerEnv>): MiddlewareHandler<ServerEnv> {
  return (c, next) => (FILE_PATHS.has(c.req.path) ? next() : check(c, next))
}

function tooLarge(): never {
  throw refusal(413, 'BODY_TOO_LARGE', { most: `${MOST_BODY_BYTES / 1024} KiB` })
}

type Rim = { readonly station: Station; readonly clock: Clock }

function answerTrouble(thrown: Error, c: Context, { station, clock }: Rim): Response {
  const known =
    thrown instanceof HTTPException && thrown.status === 400
      ? refusal(400, 'BODY_NOT_JSON', undefined)
      : refusalOf(thrown)
  if (known !== undefined) return answer(c, known)
  // The one who asked is gone: there is nobody to tell.
  if (c.req.raw.signal.aborted) return c.body(null, 503)
  const trouble = unexpected(clock.nowMs())
  station.onTrouble({ id: trouble.id, path: c.req.path, cause: thrown })
  return answer(c, trouble.refusal)
}

function answer(c: Context, { status, body, headers }: Refusal): Response {
  c.res = c.json(body, status, { ...headers, 'cache-control': 'no-store' })
  setHeaders(c)
  return c.res
}
