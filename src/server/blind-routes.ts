// Blind matching: what is asked and met here, and at a hub what is asked of it.

import { createRoute, z } from '@hono/zod-openapi'
import {
  BlindBudgetAskSchema,
  BlindDecisionSchema,
  BlindStateSchema,
  BlindSwitchSchema,
  SensitiveAddedSchema,
  SensitiveAskSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import type { Station } from './station.ts'

/** A body to this address is a file: it is bounded by itself. */
export const SENSITIVE_PATH = '/api/share/blind/values'

const Done = z.object({})

const STATE = createRoute({
  method: 'get',
  path: '/api/share/blind',
  responses: answers('What is asked blindly, what was met, who asked how much', BlindStateSchema),
})
const SWITCH = createRoute({
  method: 'post',
  path: '/api/share/blind/hubs',
  request: jsonBody(BlindSwitchSchema),
  responses: answers('The hub is asked, or no more', Done),
})
const DECIDE = createRoute({
  method: 'post',
  path: '/api/share/blind/decisions',
  request: jsonBody(BlindDecisionSchema),
  responses: answers('How many hits were decided', z.object({ decided: z.number().int() })),
})
const ADD = createRoute({
  method: 'post',
  path: SENSITIVE_PATH,
  request: {
    query: SensitiveAskSchema,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: answers('Sensitive values that are matched from now on', SensitiveAddedSchema),
})
const REMOVE = createRoute({
  method: 'post',
  path: '/api/share/blind/removals',
  request: jsonBody(z.object({ id: z.string().max(300) })),
  responses: answers('The value is matched no more', Done),
})
const ROTATE = createRoute({
  method: 'post',
  path: '/api/share/blind/epochs',
  responses: answers('New keys hold; the former are destroyed', Done),
})
const BUDGET = createRoute({
  method: 'post',
  path: '/api/share/blind/budgets',
  request: jsonBody(BlindBudgetAskSchema),
  responses: answers('The member may ask so much', Done),
})

export function addBlindRoutes(app: ApiApp, { share }: Station): void {
  app.openapi(STATE, async (c) => c.json(await share.blind(), 200))
  app.openapi(SWITCH, async (c) => {
    await share.switchBlind(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(DECIDE, async (c) => {
    const { hits, tell } = c.req.valid('json')
    const decided = await share.decideBlind(hits, tell, c.get('identity')?.name ?? '')
    return c.json({ decided }, 200)
  })
  app.openapi(ADD, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(
      await withFile(c.req.raw.body, (bytes) =>
        share.addSensitive(bytes, c.req.valid('query'), who),
      ),
      200,
    )
  })
  app.openapi(REMOVE, async (c) => {
    await share.removeSensitive(c.req.valid('json').id, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(ROTATE, async (c) => {
    await share.rotateBlind(c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(BUDGET, async (c) => {
    await share.setBlindBudget(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
}
