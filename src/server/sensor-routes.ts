// Sensors: who they are and how they are, inviting one, revoking one.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import {
  SensorInviteSchema,
  SensorInvitedSchema,
  SensorListSchema,
  SensorNameSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const LIST = createRoute({
  method: 'get',
  path: '/api/sensors',
  responses: answers(
    'Sensors with last contact, lag, spool, clock and certificate',
    SensorListSchema,
  ),
})
const INVITE = createRoute({
  method: 'post',
  path: '/api/sensors',
  request: jsonBody(SensorInviteSchema),
  responses: answers('The code that enrols the sensor, once', SensorInvitedSchema),
})
const REVOKE = createRoute({
  method: 'post',
  path: '/api/sensors/{name}/revoke',
  request: { params: z.object({ name: SensorNameSchema }) },
  responses: answers('The sensor is cut off', z.object({})),
})

export function addSensorRoutes(app: ApiApp, { sensors }: Station): void {
  app.openapi(LIST, async (c) => c.json(await sensors.list(), 200))
  app.openapi(INVITE, async (c) => {
    const { name, address } = c.req.valid('json')
    return c.json(await sensors.invite(name, address), 200)
  })
  app.openapi(REVOKE, async (c) => {
    const { name } = c.req.valid('param')
    if (!(await sensors.revoke(name))) throw new VigieError('NOT_FOUND', { what: name })
    return c.json({}, 200)
  })
}
