// A provider on this machine: answers over HTTP as it is told, and remembers what it was asked.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'

export type Asked = {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
export type Reply = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it stands, bytes, or anything else as JSON. */
  readonly body?: unknown
}

export type Provider = {
  readonly url: string
  readonly asked: Asked[]
  answer: (asked: Asked) => Reply | Promise<Reply>
  readonly close: () => Promise<void>
}

export async function startProvider(answer: Provider['answer']): Promise<Provider> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1')
      const one: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      }
      asked.push(one)
      const { status = 200, headers = {}, body = '' } = await provider.answer(one)
      const isPlain = typeof body === 'string' || Buffer.isBuffer(body)
      response.writeHead(status, headers)
      response.end(isPlain ? body : JSON.stringify(body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const provider: Provider = {
    url: `http://127.0.0.1:${port}`,
    asked,
    answer,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return provider
}
