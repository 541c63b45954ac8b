// One account, address, device or source.

import { createRoute } from '@hono/zod-openapi'
import { EntityAskSchema, EntityDetailSchema } from '../model/index.ts'
import { answers } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const GET = createRoute({
  method: 'get',
  path: '/api/entity',
  request: { query: EntityAskSchema },
  responses: answers(
    'What it is, what was found on it, and what is usual for it',
    EntityDetailSchema,
  ),
})

export function addEntityRoutes(app: ApiApp, { entity }: Station): void {
  app.openapi(GET, async (c) => c.json(await entity(c.req.valid('query')), 200))
}
