// Where sensors come in: HTTPS on a port of its own. Without a certificate of ours only enrolling is open.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { Socket } from 'node:net'
import { closeNow, listenOn, reasonOf } from '../../core/index.ts'
import {
  EnrolRequestSchema,
  KeyOfferSchema,
  SealedContentSchema,
  SensorReportSchema,
  SightingsSchema,
} from '../../model/index.ts'
import type { CertificateAnswer, Greeting, SealedContent } from '../../model/index.ts'
import type { Authority, SensorSubject } from './authority.ts'
import {
  DoorRefusal,
  answerJson,
  doorRoute,
  jsonBody,
  pieceBody,
  visitorOf,
} from './door-request.ts'
import type { DoorRoute, Visitor } from './door-request.ts'
import { enrolProof, renewProof } from './invitation.ts'
import { isProven } from './key-proof.ts'
import type { SensorRegistry } from './registry.ts'
import { Seats } from './seats.ts'
import { standings, takePiece } from './take-piece.ts'
import type { PieceContext, Taken } from './take-piece.ts'

export type DoorOptions = PieceContext & {
  readonly host: string
  readonly port: number
  readonly authority: Authority
  readonly registry: SensorRegistry
  /** What sensors work with: the newest there is. */
  readonly content: () => Promise<DoorContent>
  readonly onTrouble: (cause: unknown) => void
}

export type DoorContent = {
  readonly version: number
  /** As `sealContent` gives it. */
  readonly sealed: string
}

export type Door = {
  readonly port: number
  /** Ends the connections of a sensor now. */
  readonly disconnect: (name: string) => void
  readonly close: () => Promise<void>
}

const MAX_CONNECTIONS = 1024
const HANDSHAKE_TIMEOUT_MS = 15_000
const HEADERS_TIMEOUT_MS = 20_000
/** Silence after which a connection is given up; a slow link is not silent. */
const IDLE_MS = 120_000
/** Longer than sensors are silent, so that a connection is not made for each greeting. */
const KEEP_ALIVE_MS = 60_000
/** Pieces that are read and written at the same time. */
const PIECES_AT_ONCE = 4

/** Throws ADDRESS_IN_USE when the port is taken. Port 0 takes any free one. */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const visits = new Map<Socket, string>()
  const desk = new Desk(options, visits)
  const { key, cert } = options.authority.station
  const server = createServer(
    {
      key,
      cert,
      ca: options.authority.certificate,
      requestCert: true,
      // Whoever has none may still enrol; every other request asks for it.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: 0,
    },
    (request, response) => void desk.serve(request, response),
  )
  server.maxConnections = MAX_CONNECTIONS
  server.timeout = IDLE_MS
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.on('secureConnection', (socket) => socket.once('close', () => visits.delete(socket)))
  const port = await listenOn(server, {
    listener: 'sensors',
    host: options.host,
    port: options.port,
  })
  return {
    port,
    disconnect: (name) => {
      for (const [socket, who] of visits) if (who === name) socket.destroy()
    },
    close: () => closeNow(server),
  }
}

/** Answers requests, one of a sensor's queue at a time. */
class Desk {
  readonly #options: DoorOptions
  readonly #visits: Map<Socket, string>
  readonly #seats = new Seats(PIECES_AT_ONCE)
  readonly #busy = new Set<string>()

  constructor(options: DoorOptions, visits: Map<Socket, string>) {
    this.#options = options
    this.#visits = visits
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { status, body } = await this.#answer(request)
      answerJson(response, status, body)
    } catch (thrown) {
      const isKnown = thrown instanceof DoorRefusal
      if (!isKnown && !request.destroyed) this.#options.onTrouble(thrown)
      // What was not read of the body is not waited for.
      if (!request.complete) response.setHeader('connection', 'close')
      answerJson(response, isKnown ? thrown.status : 503, {
        reason: isKnown ? reasonOf(thrown) : '',
      })
    }
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const route = doorRoute(request)
    if (route === undefined) throw new DoorRefusal(404, 'no such address')
    if (route.kind === 'enrol') return { status: 200, body: await this.#enrol(request) }
    const visitor = await this.#visitor(request)
    if (route.kind === 'piece') return this.#piece(request, visitor, route)
    return { status: 200, body: await this.#small(request, visitor, route.kind) }
  }

  #small(
    request: IncomingMessage,
    visitor: Visitor,
    kind: 'greet' | 'renew' | 'content' | 'sightings',
  ): Promise<unknown> {
    switch (kind) {
      case 'greet':
        return this.#greet(request, visitor)
      case 'renew':
        return this.#renew(request, visitor)
      case 'content':
        return this.#content(request)
      case 'sightings':
        return this.#sightings(request, visitor)
      default:
        return kind satisfies never
    }
  }

  async #content(request: IncomingMessage): Promise<SealedContent> {
    await jsonBody(request)
    const { sealed } = await this.#options.content()
    return SealedContentSchema.parse(JSON.parse(sealed))
  }

  async #sightings(request: IncomingMessage, visitor: Visitor): Promise<object> {
    const told = SightingsSchema.safeParse(await jsonBody(request))
    if (!told.success) throw new DoorRefusal(400, 'sightings expected')
    await this.#options.registry.sighted(visitor, told.data.sightings)
    return {}
  }

  async #enrol(request: IncomingMessage): Promise<CertificateAnswer> {
    const offer = EnrolRequestSchema.safeParse(await jsonBody(request))
    if (!offer.success || !isProven(offer.data, enrolProof(offer.data.secret)))
      throw new DoorRefusal(400, 'a key and its proof expected')
    const subject = await this.#options.registry.enrol(offer.data.secret, offer.data.publicKey)
    if (subject === undefined) throw new DoorRefusal(403, 'code')
    return this.#certificate(offer.data.publicKey, subject)
  }

  async #visitor(request: IncomingMessage): Promise<Visitor> {
    const visitor = visitorOf(request)
    if (visitor === undefined) throw new DoorRefusal(401, 'certificate')
    this.#visits.set(request.socket, visitor.name)
    if (!(await this.#options.registry.isEnrolled(visitor))) throw new DoorRefusal(403, 'revoked')
    return visitor
  }

  async #greet(request: IncomingMessage, visitor: Visitor): Promise<Greeting> {
    const { registry, clock } = this.#options
    const report = SensorReportSchema.safeParse(await jsonBody(request))
    if (!report.success) throw new DoorRefusal(400, 'a report expected')
    await registry.seen(visitor, report.data, visitor.certificateExpires)
    const standing = await standings(this.#options, visitor.name)
    return { nowMs: clock.nowMs(), ...(await this.#offered()), ...standing }
  }

  /** A sensor forwards also while there is no content to be had. */
  async #offered(): Promise<Pick<Greeting, 'content'>> {
    try {
      return { content: (await this.#options.content()).version }
    } catch (cause) {
      this.#options.onTrouble(cause)
      return {}
    }
  }

  async #renew(request: IncomingMessage, visitor: Visitor): Promise<CertificateAnswer> {
    const offer = KeyOfferSchema.safeParse(await jsonBody(request))
    if (!offer.success || !isProven(offer.data, renewProof(visitor.name)))
      throw new DoorRefusal(400, 'a key and its proof expected')
    return this.#certificate(offer.data.publicKey, visitor)
  }

  async #certificate(
    publicKey: string,
    { name, enrolment }: SensorSubject,
  ): Promise<CertificateAnswer> {
    const { authority } = this.#options
    const certificate = await authority.sign(publicKey, { name, enrolment })
    return { name, certificate, authority: authority.certificate }
  }

  /** A second try beside the first would hold its bytes in memory for nothing: it is asked to come again. */
  async #piece(request: IncomingMessage, { name }: Visitor, route: PieceRoute): Promise<Answer> {
    const queue = `${name}/${route.queue}`
    if (this.#busy.has(queue)) throw new DoorRefusal(503, 'busy')
    this.#busy.add(queue)
    try {
      return await this.#seats.take(() => this.#take(request, name, route))
    } finally {
      this.#busy.delete(queue)
    }
  }

  async #take(
    request: IncomingMessage,
    sensor: string,
    { queue, seq }: PieceRoute,
  ): Promise<Answer> {
    await this.#options.intake.drained()
    if (request.socket.destroyed) throw new DoorRefusal(503, 'gone')
    const { 'vigie-segment': segment, 'vigie-sha256': sha256 } = request.headers
    if (
      typeof segment !== 'string' ||
      typeof sha256 !== 'string' ||
      !/^[\w-]{1,100}$/.test(segment)
    )
      throw new DoorRefusal(400, 'a segment and its digest expected')
    const bytes = await pieceBody(request)
    return answerOf(await takePiece(this.#options, { sensor, queue, seq, segment, sha256, bytes }))
  }
}

type Answer = { readonly status: number; readonly body: unknown }
type PieceRoute = Extract<DoorRoute, { readonly kind: 'piece' }>

function answerOf(taken: Taken): Answer {
  if (taken.kind === 'damaged') throw new DoorRefusal(422, 'digest or seals do not hold')
  return { status: taken.kind === 'taken' ? 200 : 409, body: taken.standing }
}
