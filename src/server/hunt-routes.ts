// Questions over stored events.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import type { HuntResult } from '../hunt/index.ts'
import {
  EventDetailSchema,
  HuntFieldListSchema,
  HuntHistogramSchema,
  HuntRowsSchema,
  HuntSchema,
  HuntSearchSchema,
  HuntTopRequestSchema,
  HuntTopSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { huntRefusal } from './problems.ts'
import type { Station } from './station.ts'

const FIELDS = createRoute({
  method: 'get',
  path: '/api/hunt/fields',
  responses: answers('Fields to ask for, with their meaning', HuntFieldListSchema),
})
const SEARCH = createRoute({
  method: 'post',
  path: '/api/hunt/search',
  request: jsonBody(HuntSearchSchema),
  responses: answers('Events that fit, a page at a time', HuntRowsSchema),
})
const HISTOGRAM = createRoute({
  method: 'post',
  path: '/api/hunt/histogram',
  request: jsonBody(HuntSchema),
  responses: answers('How many events over time', HuntHistogramSchema),
})
const TOP = createRoute({
  method: 'post',
  path: '/api/hunt/top',
  request: jsonBody(HuntTopRequestSchema),
  responses: answers('The most frequent values of a field', HuntTopSchema),
})
const EVENT = createRoute({
  method: 'get',
  path: '/api/hunt/event/{batch}/{line}',
  request: {
    params: z.object({
      batch: z.string().max(200),
      line: z.coerce.number<string>().int().min(0).max(4_294_967_295),
    }),
  },
  responses: answers('One event with every field and the line as it came', EventDetailSchema),
})

export function addHuntRoutes(app: ApiApp, { hunt }: Station): void {
  app.openapi(FIELDS, (c) => c.json({ fields: [...hunt.fields()] }, 200))
  app.openapi(SEARCH, async (c) =>
    c.json(found(await hunt.search(c.req.valid('json'), c.req.raw.signal)), 200),
  )
  app.openapi(HISTOGRAM, async (c) =>
    c.json(found(await hunt.histogram(c.req.valid('json'), c.req.raw.signal)), 200),
  )
  app.openapi(TOP, async (c) =>
    c.json(found(await hunt.top(c.req.valid('json'), c.req.raw.signal)), 200),
  )
  app.openapi(EVENT, async (c) => {
    const place = c.req.valid('param')
    const detail = found(await hunt.event(place))
    if (detail === undefined)
      throw new VigieError('NOT_FOUND', { what: `${place.batch}/${place.line}` })
    return c.json(detail, 200)
  })
}

function found<T>(result: HuntResult<T>): T {
  if (!result.ok) throw huntRefusal(result.problem)
  return result.value
}
