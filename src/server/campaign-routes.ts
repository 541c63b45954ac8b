// Campaigns: what belongs together, how far it reaches, what analysts do with it.

import { createRoute, z } from '@hono/zod-openapi'
import {
  CampaignActSchema,
  CampaignDetailSchema,
  CampaignListSchema,
  IncidentAskSchema,
  IncidentFileAskSchema,
  IncidentTakenSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import { PageQuerySchema, answerPage, pageAnswers } from './page-answer.ts'
import type { Station } from './station.ts'

const Named = { params: z.object({ id: z.string().max(60) }) }
const Viewed = z.object({ others: z.stringbool().default(false) })

const LIST = createRoute({
  method: 'get',
  path: '/api/campaigns',
  responses: answers('Campaigns, the newest first', CampaignListSchema),
})
const DETAIL = createRoute({
  method: 'get',
  path: '/api/campaigns/{id}',
  request: { ...Named, query: Viewed },
  responses: answers('One campaign, its scope, and why it belongs together', CampaignDetailSchema),
})
const PAGE = createRoute({
  method: 'get',
  path: '/api/campaigns/{id}/page',
  request: { ...Named, query: Viewed.extend(PageQuerySchema.shape) },
  responses: pageAnswers('The page for decision-makers'),
})
const ACT = createRoute({
  method: 'post',
  path: '/api/campaigns/acts',
  request: jsonBody(CampaignActSchema),
  responses: answers(
    'It is done; the act can be taken back',
    z.object({ act: z.string(), campaign: z.string() }),
  ),
})
const UNDO = createRoute({
  method: 'post',
  path: '/api/campaigns/acts/{id}/undo',
  request: Named,
  responses: answers('It is as it was', z.object({})),
})
const INCIDENT = createRoute({
  method: 'post',
  path: '/api/campaigns/incidents',
  request: jsonBody(IncidentAskSchema),
  responses: answers('The incident is written down and compared', z.object({ report: z.string() })),
})

/** A body to this address is a file: it is bounded by itself. */
export const INCIDENT_FILE_PATH = '/api/campaigns/incident-files'
const INCIDENT_FILE = createRoute({
  method: 'post',
  path: INCIDENT_FILE_PATH,
  request: {
    query: IncidentFileAskSchema,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: answers('The report is taken in and compared', IncidentTakenSchema),
})

export function addCampaignRoutes(app: ApiApp, station: Station): void {
  const { campaigns } = station
  app.openapi(LIST, async (c) => c.json(await campaigns.list(), 200))
  app.openapi(DETAIL, async (c) => {
    const { others } = c.req.valid('query')
    return c.json(await campaigns.detail(c.req.valid('param').id, others), 200)
  })
  app.openapi(PAGE, (c) => {
    const { others, ...asked } = c.req.valid('query')
    return answerPage(c, station, asked, (language) =>
      campaigns.page(c.req.valid('param').id, others, language),
    )
  })
  app.openapi(ACT, async (c) =>
    c.json(await campaigns.act(c.req.valid('json'), c.get('identity')?.name ?? ''), 200),
  )
  app.openapi(UNDO, async (c) => {
    await campaigns.undo(c.req.valid('param').id, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(INCIDENT, async (c) =>
    c.json(
      { report: await campaigns.incident(c.req.valid('json'), c.get('identity')?.name ?? '') },
      200,
    ),
  )
  app.openapi(INCIDENT_FILE, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(
      await withFile(c.req.raw.body, (bytes) =>
        campaigns.importIncident(bytes, c.req.valid('query'), who),
      ),
      200,
    )
  })
}
