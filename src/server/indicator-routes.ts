// Indicators: lists, values, imports. A list comes as a file of any length, so its body is streamed, not JSON.

import { createRoute, z } from '@hono/zod-openapi'
import {
  ImportAskSchema,
  ImportedSchema,
  IndicatorListsSchema,
  IndicatorSearchesSchema,
  IndicatorsSchema,
  ListNameSchema,
} from '../model/index.ts'
import { answers } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import type { Station } from './station.ts'

/** A body to this address is a file: it is bounded by itself. */
export const IMPORT_PATH = '/api/indicator-imports'

const LISTS = createRoute({
  method: 'get',
  path: '/api/indicator-lists',
  responses: answers('Lists of indicators', IndicatorListsSchema),
})
const SEARCHES = createRoute({
  method: 'get',
  path: '/api/indicator-searches',
  responses: answers('Searches of stored events, newest first', IndicatorSearchesSchema),
})
const SEARCH = createRoute({
  method: 'get',
  path: '/api/indicators',
  request: {
    query: z.object({
      text: z.string().max(2048).default(''),
      list: ListNameSchema.optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
  },
  responses: answers('Indicators whose value holds the text', IndicatorsSchema),
})
const FIND = createRoute({
  method: 'get',
  path: '/api/indicators/{value}',
  request: { params: z.object({ value: z.string().max(2048) }) },
  responses: answers('What is known of one value', IndicatorsSchema),
})
const IMPORT = createRoute({
  method: 'post',
  path: IMPORT_PATH,
  request: {
    query: ImportAskSchema,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: answers('What was kept, and what could not be used', ImportedSchema),
})
const REMOVE = createRoute({
  method: 'delete',
  path: '/api/indicator-lists/{list}',
  request: { params: z.object({ list: ListNameSchema }) },
  responses: answers('The list is gone', z.object({})),
})

export function addIndicatorRoutes(app: ApiApp, { indicators }: Station): void {
  app.openapi(LISTS, async (c) => c.json(await indicators.lists(), 200))
  app.openapi(SEARCHES, async (c) => c.json(await indicators.searches(), 200))
  app.openapi(SEARCH, async (c) => {
    const { list, ...search } = c.req.valid('query')
    const asked = list === undefined ? search : { ...search, list }
    return c.json(await indicators.search(asked), 200)
  })
  app.openapi(FIND, async (c) => c.json(await indicators.find(c.req.valid('param').value), 200))
  app.openapi(IMPORT, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(
      await withFile(c.req.raw.body, (bytes) =>
        indicators.importList(bytes, c.req.valid('query'), who),
      ),
      200,
    )
  })
  app.openapi(REMOVE, async (c) => {
    await indicators.remove(c.req.valid('param').list)
    return c.json({}, 200)
  })
}
