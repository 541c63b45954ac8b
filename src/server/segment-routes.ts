// Segmentation: zones as somebody confirmed them, verdicts, what was seen between zones.

import { createRoute, z } from '@hono/zod-openapi'
import {
  SegmentFlowsSchema,
  SegmentPairSchema,
  SegmentationSchema,
  ZonesFileSchema,
  ZonesKeepSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const Zone = z.string().min(1).max(100)
const Language = z.enum(['en', 'fr'])

const VIEW = createRoute({
  method: 'get',
  path: '/api/segmentation',
  responses: answers('How the zones stand: verdicts and findings', SegmentationSchema),
})
const PAIR = createRoute({
  method: 'get',
  path: '/api/segmentation/pairs/{from}/{to}',
  request: { params: z.object({ from: Zone, to: Zone }) },
  responses: answers('The way from one zone to another, with its proof', SegmentPairSchema),
})
const FLOWS = createRoute({
  method: 'get',
  path: '/api/segmentation/flows',
  responses: answers('What was seen, beside what filters and conduits allow', SegmentFlowsSchema),
})
const ZONES = createRoute({
  method: 'get',
  path: '/api/segmentation/zones',
  request: { query: z.object({ version: z.coerce.number().int().positive().optional() }) },
  responses: answers('The zones file that stands, or an earlier one', ZonesFileSchema),
})
const PROPOSAL = createRoute({
  method: 'get',
  path: '/api/segmentation/proposal',
  request: { query: z.object({ language: Language.optional() }) },
  responses: answers('Zones proposed from the devices; nobody confirmed them', ZonesFileSchema),
})
const KEEP = createRoute({
  method: 'post',
  path: '/api/segmentation/zones',
  request: jsonBody(ZonesKeepSchema),
  responses: answers('The zones file that stands now', ZonesFileSchema),
})

export function addSegmentRoutes(app: ApiApp, { segmentation, language }: Station): void {
  app.openapi(VIEW, async (c) => c.json(await segmentation.view(), 200))
  app.openapi(PAIR, async (c) => {
    const { from, to } = c.req.valid('param')
    return c.json(await segmentation.pair(from, to), 200)
  })
  app.openapi(FLOWS, async (c) => c.json(await segmentation.flows(), 200))
  app.openapi(ZONES, async (c) =>
    c.json(await segmentation.zones(c.req.valid('query').version), 200),
  )
  app.openapi(PROPOSAL, async (c) =>
    c.json(await segmentation.proposal(c.req.valid('query').language ?? language), 200),
  )
  app.openapi(KEEP, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await segmentation.keep(c.req.valid('json'), who), 200)
  })
}
