// Lists of tools: what is loaded, files of a list, what this organisation allows.

import { createRoute, z } from '@hono/zod-openapi'
import { ToolAllowAskSchema, ToolLoadAskSchema, ToolStateSchema } from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import type { Station } from './station.ts'

/** A body to this address is bounded by itself. */
export const TOOL_LISTS_PATH = '/api/tool-lists'

const STATE = createRoute({
  method: 'get',
  path: TOOL_LISTS_PATH,
  responses: answers('Lists of tools that are loaded, and tools that are allowed', ToolStateSchema),
})
const LOAD = createRoute({
  method: 'post',
  path: TOOL_LISTS_PATH,
  request: {
    query: ToolLoadAskSchema,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: answers('What is loaded now', ToolStateSchema),
})
const ALLOW = createRoute({
  method: 'post',
  path: '/api/allowed-tools',
  request: jsonBody(ToolAllowAskSchema),
  responses: answers('It is allowed', ToolStateSchema),
})
const DISALLOW = createRoute({
  method: 'delete',
  path: '/api/allowed-tools/{tool}',
  request: { params: z.object({ tool: z.string().max(200) }) },
  responses: answers('It is not allowed any more', ToolStateSchema),
})

export function addToolRoutes(app: ApiApp, { tools }: Station): void {
  app.openapi(STATE, async (c) => c.json(await tools.state(), 200))
  app.openapi(LOAD, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(
      await withFile(c.req.raw.body, (bytes) => tools.load(bytes, c.req.valid('query'), who)),
      200,
    )
  })
  app.openapi(ALLOW, async (c) =>
    c.json(await tools.allow(c.req.valid('json'), c.get('identity')?.name ?? ''), 200),
  )
  app.openapi(DISALLOW, async (c) => c.json(await tools.disallow(c.req.valid('param').tool), 200))
}
