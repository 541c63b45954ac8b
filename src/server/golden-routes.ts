// Groups of devices: what they should say, who works on them; digests of images that makers publish.

import { createRoute, z } from '@hono/zod-openapi'
import {
  GoldenAskSchema,
  GoldenFileAskSchema,
  GoldenNameSchema,
  GoldenSchema,
  GoldensSchema,
  HashAskSchema,
  HashesTakenSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import type { Station } from './station.ts'

/** A body to these addresses is a file: it is bounded by itself. */
export const GOLDEN_FILE_PATH = '/api/golden-configurations'
export const HASHES_PATH = '/api/firmware-hashes'

const FILE = {
  required: true,
  content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
} as const
const NAME = z.object({ name: GoldenNameSchema })

const LIST = createRoute({
  method: 'get',
  path: '/api/golden',
  responses: answers('Groups of devices and what they should say', GoldensSchema),
})
const SET = createRoute({
  method: 'post',
  path: '/api/golden/{name}',
  request: { params: NAME, ...jsonBody(GoldenAskSchema) },
  responses: answers('The group', GoldenSchema),
})
const REMOVE = createRoute({
  method: 'delete',
  path: '/api/golden/{name}',
  request: { params: NAME },
  responses: answers('The group is gone', z.object({})),
})
const CONFIG = createRoute({
  method: 'post',
  path: GOLDEN_FILE_PATH,
  request: { query: GoldenFileAskSchema, body: FILE },
  responses: answers('The group with its known-good configuration', GoldenSchema),
})
const HASHES = createRoute({
  method: 'post',
  path: HASHES_PATH,
  request: { query: HashAskSchema, body: FILE },
  responses: answers('Digests that were taken, and lines that were not', HashesTakenSchema),
})

export function addGoldenRoutes(app: ApiApp, { devices }: Station): void {
  app.openapi(LIST, async (c) => c.json(await devices.golden(), 200))
  app.openapi(SET, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await devices.setGolden(c.req.valid('param').name, c.req.valid('json'), who), 200)
  })
  app.openapi(REMOVE, async (c) => {
    await devices.removeGolden(c.req.valid('param').name)
    return c.json({}, 200)
  })
  app.openapi(CONFIG, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(
      await withFile(c.req.raw.body, (bytes) =>
        devices.setGoldenConfig(bytes, c.req.valid('query'), who),
      ),
      200,
    )
  })
  app.openapi(HASHES, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(
      await withFile(c.req.raw.body, (bytes) =>
        devices.addHashes(bytes, c.req.valid('query').source, who),
      ),
      200,
    )
  })
}
