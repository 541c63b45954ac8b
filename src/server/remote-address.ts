// The address a request came from; '' where there is no socket, as in tests.

import type { Context } from 'hono'
import { z } from 'zod'

const BindingsSchema = z.object({
  incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }),
})

export function remoteAddress(c: Context): string {
  const read = BindingsSchema.safeParse(c.env)
  return read.success ? read.data.incoming.socket.remoteAddress : ''
}
