// Rules, analytics and checks between hubs and stations: what came, what is in use, what a person decides, what members answered.

import { createRoute, z } from '@hono/zod-openapi'
import { ContentDecisionSchema, SharedContentSchema } from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const STATE = createRoute({
  method: 'get',
  path: '/api/share/content',
  responses: answers(
    'Rules, analytics and checks that hubs sent, and those that this hub gave out',
    SharedContentSchema,
  ),
})
const DECIDE = createRoute({
  method: 'post',
  path: '/api/share/content/decisions',
  request: jsonBody(ContentDecisionSchema),
  responses: answers('It is put to use, or taken out of use', z.object({})),
})

export function addShareContentRoutes(app: ApiApp, { share }: Station): void {
  app.openapi(STATE, async (c) => c.json(await share.content(), 200))
  app.openapi(DECIDE, async (c) => {
    await share.decideContent(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
}
