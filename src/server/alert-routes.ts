// Alerts: searched, opened, changed, and a change taken back.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import {
  AlertChangeSchema,
  AlertChangedSchema,
  AlertDetailSchema,
  AlertFilterSchema,
  AlertListSchema,
  AlertUndoSchema,
  AlertUndoneSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const SEARCH = createRoute({
  method: 'post',
  path: '/api/alerts/search',
  request: jsonBody(AlertFilterSchema),
  responses: answers('Alerts that fit, newest first, and the same by rule', AlertListSchema),
})
const CHANGE = createRoute({
  method: 'post',
  path: '/api/alerts/change',
  request: jsonBody(AlertChangeSchema),
  responses: answers('How many changed, and the word that takes it back', AlertChangedSchema),
})
const UNDO = createRoute({
  method: 'post',
  path: '/api/alerts/undo',
  request: jsonBody(AlertUndoSchema),
  responses: answers('How many are as they were', AlertUndoneSchema),
})
const GET = createRoute({
  method: 'get',
  path: '/api/alerts/{id}',
  request: { params: z.object({ id: z.string().max(200) }) },
  responses: answers('An alert with its history and evidence', AlertDetailSchema),
})

export function addAlertRoutes(app: ApiApp, { alerts }: Station): void {
  app.openapi(SEARCH, async (c) => c.json(await alerts.search(c.req.valid('json')), 200))
  app.openapi(CHANGE, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await alerts.change(c.req.valid('json'), who), 200)
  })
  app.openapi(UNDO, async (c) => {
    const { undo } = c.req.valid('json')
    const changed = await alerts.undo(undo, c.get('identity')?.name ?? '')
    if (changed === undefined) throw new VigieError('NOT_FOUND', { what: undo })
    return c.json({ changed }, 200)
  })
  app.openapi(GET, async (c) => {
    const { id } = c.req.valid('param')
    const detail = await alerts.get(id)
    if (detail === undefined) throw new VigieError('NOT_FOUND', { what: id })
    return c.json(detail, 200)
  })
}
