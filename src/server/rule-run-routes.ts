// Rules over stored events: ask, watch, stop, resume.

import { createRoute, z } from '@hono/zod-openapi'
import { HistoryAskSchema, HistoryRunListSchema, HistoryRunSchema } from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const ID = { params: z.object({ id: z.string().max(200) }) }

const RUNS = createRoute({
  method: 'get',
  path: '/api/rule-runs',
  responses: answers(
    'The last runs of rules over stored events, newest first',
    HistoryRunListSchema,
  ),
})
const RUN = createRoute({
  method: 'post',
  path: '/api/rule-runs',
  request: jsonBody(HistoryAskSchema),
  responses: answers('The run, under way', HistoryRunSchema),
})
const STOP = createRoute({
  method: 'post',
  path: '/api/rule-runs/{id}/stop',
  request: ID,
  responses: answers('The run as it ended', HistoryRunSchema),
})
const RESUME = createRoute({
  method: 'post',
  path: '/api/rule-runs/{id}/resume',
  request: ID,
  responses: answers('The run, under way again from where it had come', HistoryRunSchema),
})

export function addRuleRunRoutes(app: ApiApp, { rules }: Station): void {
  app.openapi(RUNS, async (c) => c.json(await rules.runs(), 200))
  app.openapi(RUN, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await rules.run(c.req.valid('json'), who), 200)
  })
  app.openapi(STOP, async (c) => c.json(await rules.stopRun(c.req.valid('param').id), 200))
  app.openapi(RESUME, async (c) => c.json(await rules.resumeRun(c.req.valid('param').id), 200))
}
