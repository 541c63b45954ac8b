// Overview, sources and rules.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import {
  AnalyticListSchema,
  CoverageSchema,
  OverviewSchema,
  RuleDetailSchema,
  RuleListSchema,
  SourceListSchema,
  SourceParserSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const OVERVIEW = createRoute({
  method: 'get',
  path: '/api/overview',
  responses: answers('What needs someone now, and how the station is', OverviewSchema),
})
const SOURCES = createRoute({
  method: 'get',
  path: '/api/sources',
  responses: answers('Where lines come from, with rate, lag and silence', SourceListSchema),
})
const SET_PARSER = createRoute({
  method: 'post',
  path: '/api/sources/{name}',
  request: { params: z.object({ name: z.string().max(1000) }), ...jsonBody(SourceParserSchema) },
  responses: answers('The parser is set', z.object({})),
})
const RULES = createRoute({
  method: 'get',
  path: '/api/rules',
  responses: answers('Rules with their state, hits and cost', RuleListSchema),
})
const ANALYTICS = createRoute({
  method: 'get',
  path: '/api/analytics',
  responses: answers('Analytics with their last run', AnalyticListSchema),
})
const COVERAGE = createRoute({
  method: 'get',
  path: '/api/coverage',
  responses: answers('What could be found with the logs that arrive', CoverageSchema),
})
const RULE = createRoute({
  method: 'get',
  path: '/api/rules/{id}',
  request: { params: z.object({ id: z.string().max(1000) }) },
  responses: answers('A rule with its text', RuleDetailSchema),
})

export function addStationRoutes(
  app: ApiApp,
  { overview, sources, rules, analytics }: Station,
): void {
  app.openapi(OVERVIEW, async (c) => c.json(await overview(), 200))
  app.openapi(SOURCES, async (c) => c.json(await sources.list(), 200))
  app.openapi(SET_PARSER, async (c) => {
    const { name } = c.req.valid('param')
    const { parser } = c.req.valid('json')
    const isKnown = await sources.setParser(name, parser, c.get('identity')?.name ?? '')
    if (!isKnown)
      throw new VigieError('NOT_FOUND', { what: parser === null ? name : `${name}, ${parser}` })
    return c.json({}, 200)
  })
  app.openapi(RULES, async (c) => c.json(await rules.list(), 200))
  app.openapi(ANALYTICS, async (c) => c.json(await analytics(), 200))
  app.openapi(COVERAGE, async (c) => c.json(await rules.coverage(), 200))
  app.openapi(RULE, async (c) => {
    const { id } = c.req.valid('param')
    const rule = await rules.get(id)
    if (rule === undefined) throw new VigieError('NOT_FOUND', { what: id })
    return c.json(rule, 200)
  })
}
