// Networks: what is known of them, what an address belongs to, packs as files.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import { AddressNetworkSchema, NetworkLoadAskSchema, NetworkStateSchema } from '../model/index.ts'
import { answers } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import type { Station } from './station.ts'

/** A body to this address is a file: it is bounded by itself. */
export const NETWORK_PACK_PATH = '/api/networks/packs'

const STATE = createRoute({
  method: 'get',
  path: '/api/networks',
  responses: answers('What is known of networks, from when and from whom', NetworkStateSchema),
})
const FIND = createRoute({
  method: 'get',
  path: '/api/networks/{address}',
  request: { params: z.object({ address: z.string().max(100) }) },
  responses: answers('What the address belongs to', AddressNetworkSchema),
})
const LOAD = createRoute({
  method: 'post',
  path: NETWORK_PACK_PATH,
  request: {
    query: NetworkLoadAskSchema,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: answers('What is known now', NetworkStateSchema),
})

export function addNetworkRoutes(app: ApiApp, { networks }: Station): void {
  app.openapi(STATE, async (c) => c.json(await networks.state(), 200))
  app.openapi(FIND, async (c) => {
    const { address } = c.req.valid('param')
    const found = await networks.find(address)
    if (found === undefined)
      throw new VigieError('BAD_REQUEST', { met: address, expected: '203.0.113.7, 2001:db8::1' })
    return c.json(found, 200)
  })
  app.openapi(LOAD, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(
      await withFile(c.req.raw.body, (bytes) => networks.load(bytes, c.req.valid('query'), who)),
      200,
    )
  })
}
