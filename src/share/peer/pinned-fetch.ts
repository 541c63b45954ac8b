// `fetch` to exactly one peer: mutual TLS, and the peer's key is compared with the pinned one before a byte is sent.

import type { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import { pinOf } from './station-key.ts'
import type { StationKey } from './station-key.ts'

export type PinnedPeer = {
  /** `host:port` */
  readonly address: string
  readonly pin: string
}

/** What answers has another key than the one that was pinned, or a certificate that is not valid now. */
export class KeyChangedError extends Error {}

const CONNECT_MS = 15_000
/** Silence after which a request is given up; longer than a hub holds a question open. */
const IDLE_MS = 60_000

/** More than any reader here takes of one answer. */
const MOST_MIB = 65

export type PinnedLink = {
  readonly fetch: typeof fetch
  readonly close: () => void
}

export function pinnedLink(peer: PinnedPeer, own: StationKey, signal?: AbortSignal): PinnedLink {
  const agent = new PinningAgent(peer, own)
  return {
    fetch: async (input, init) => ask(new URL(requestUrl(input)), init ?? {}, { agent, signal }),
    close: () => agent.destroy(),
  }
}

function requestUrl(input: Parameters<typeof fetch>[0]): string {
  return input instanceof Request ? input.url : String(input)
}

class PinningAgent extends Agent {
  readonly #peer: PinnedPeer
  readonly #own: StationKey

  constructor(peer: PinnedPeer, own: StationKey) {
    super({ keepAlive: true, maxSockets: 4 })
    this.#peer = peer
    this.#own = own
  }

  override createConnection(
    _options: unknown,
    done?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const { hostname, port } = new URL(`https://${this.#peer.address}`)
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port === '' ? 443 : port),
      key: this.#own.key,
      cert: this.#own.certificate,
      minVersion: 'TLSv1.3',
      timeout: CONNECT_MS,
      // The pin decides, below.
      rejectUnauthorized: false,
    })
    const refuse = (error: Error) => {
      socket.destroy()
      done?.(error, socket)
    }
    socket.once('error', refuse)
    socket.once('timeout', () => refuse(new Error(`no answer within ${CONNECT_MS / 1000} s`)))
    socket.once('secureConnect', () => {
      const problem = trouble(socket.getPeerX509Certificate(), this.#peer.pin)
      socket.off('error', refuse)
      socket.setTimeout(0)
      if (problem === undefined) done?.(null, socket)
      else refuse(new KeyChangedError(problem))
    })
    return undefined
  }
}

function trouble(certificate: X509Certificate | undefined, pin: string): string | undefined {
  if (certificate === undefined) return 'no certificate'
  const met = pinOf(certificate)
  if (met !== pin) return `${met.slice(0, 16)}…`
  const nowMs = Date.now()
  if (nowMs > Date.parse(certificate.validTo)) return `certificate until ${certificate.validTo}`
  return undefined
}

type Way = { readonly agent: Agent; readonly signal: AbortSignal | undefined }

async function ask(url: URL, init: RequestInit, { agent, signal }: Way): Promise<Response> {
  const body = typeof init.body === 'string' ? Buffer.from(init.body) : undefined
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      url,
      {
        agent,
        method: init.method ?? 'GET',
        headers: {
          ...Object.fromEntries(new Headers(init.headers)),
          ...(body === undefined ? {} : { 'content-length': String(body.length) }),
        },
        timeout: IDLE_MS,
        ...(signal === undefined ? {} : { signal }),
      },
      (message) => {
        const headers = new Headers()
        for (const [name, value] of Object.entries(message.headers))
          if (value !== undefined) headers.set(name, String(value))
        const status = message.statusCode ?? 502
        const isRedirect = status >= 300 && status < 400
        if (isRedirect) {
          message.destroy()
          return reject(new Error(`a redirect (${status}), which is not followed`))
        }
        const isEmpty = status === 204 || status < 200
        const stream = isEmpty ? null : Readable.toWeb(Readable.from(bounded(message)))
        resolve(new Response(stream as ReadableStream | null, { status, headers }))
      },
    )
    request.once('timeout', () => request.destroy(new Error('no answer for a minute')))
    request.once('error', reject)
    request.end(body)
  })
}

/** A peer that was trusted once may send without end. */
async function* bounded(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  let bytes = 0
  const pieces: AsyncIterable<Buffer> = message
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > MOST_MIB * 1_048_576) throw new Error(`an answer of more than ${MOST_MIB} MiB`)
    yield piece
  }
}
