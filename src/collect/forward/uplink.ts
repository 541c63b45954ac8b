// The station as a sensor sees it: HTTPS with both certificates, one connection for each queue.

import { createHash } from 'node:crypto'
import { Agent } from 'node:https'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { Greeting, SensorQueue, SensorReport, Sighting, Standing } from '../../model/index.ts'
import { MOST_CONTENT_BYTES } from '../../model/sensor-content.ts'
import { CertificateAnswerSchema, GreetingSchema, StandingSchema } from '../../model/sensor.ts'
import { STATION_NAME } from '../sensors/authority.ts'
import { renewProof } from '../sensors/invitation.ts'
import { ask } from './ask.ts'
import type { Answer, Ask } from './ask.ts'
import { makeKey, offerKey } from './identity.ts'
import type { Identity } from './identity.ts'
import type { Pace } from './pace.ts'

const pack = promisify(zstdCompress)
/** Measured on firewall lines: level 1 packs nearly as well as 3, in half the time. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } } as const

export type SentPiece =
  | { readonly kind: 'taken' | 'conflict'; readonly standing: Standing }
  /** The station finds the bytes altered. */
  | { readonly kind: 'damaged' }

export type PieceToSend = {
  readonly queue: SensorQueue
  readonly seq: number
  readonly segment: string
  readonly bytes: Buffer
}

/** The station answered, and it is not yes. */
export class NotTaken extends Error {
  readonly status: number

  constructor({ status, body }: Answer) {
    super(`HTTP ${status} ${reasonIn(body)}`.trim())
    this.status = status
  }

  /** Trying again does not help: the sensor is revoked, or its certificate too old. */
  get isFinal(): boolean {
    return this.status === 401 || this.status === 403
  }
}

function reasonIn(body: unknown): string {
  return typeof body === 'object' && body !== null && 'reason' in body ? String(body.reason) : ''
}

export class Uplink {
  #identity: Identity
  #agents = new Map<string, Agent>()
  readonly #pace: Pace | undefined

  constructor(identity: Identity, pace: Pace | undefined) {
    this.#identity = identity
    this.#pace = pace
  }

  get identity(): Identity {
    return this.#identity
  }

  /** Throws NotTaken, or what broke the link. */
  async greet(report: SensorReport): Promise<Greeting> {
    const answer = await this.#ask('greet', { path: '/sensor/greet', body: json(report) })
    if (answer.status !== 200) throw new NotTaken(answer)
    return GreetingSchema.parse(answer.body)
  }

  /** Throws NotTaken, or what broke the link; the station may have the piece then. */
  async send({ queue, seq, segment, bytes }: PieceToSend): Promise<SentPiece> {
    const body = await pack(bytes, LEVEL)
    const pace = this.#pace
    const piece = {
      path: `/sensor/pieces/${queue}/${seq}`,
      body,
      headers: {
        'content-encoding': 'zstd',
        'vigie-segment': segment,
        'vigie-sha256': createHash('sha256').update(bytes).digest('hex'),
      },
      ...(pace === undefined ? {} : { pace: (taken: number) => pace.take(taken, queue) }),
    }
    const send = () => this.#ask(queue, piece)
    const answer = await (pace !== undefined && queue === 'priority' ? pace.first(send) : send())
    if (answer.status === 422) return { kind: 'damaged' }
    if (answer.status !== 200 && answer.status !== 409) throw new NotTaken(answer)
    const standing = StandingSchema.parse(answer.body)
    return { kind: answer.status === 200 ? 'taken' : 'conflict', standing }
  }

  /** The station's content, as it is signed; nothing of it is trusted yet. Throws as `greet` does. */
  async content(): Promise<string> {
    const answer = await this.#ask('greet', {
      path: '/sensor/content',
      body: json({}),
      mostAnswerBytes: MOST_CONTENT_BYTES,
    })
    if (answer.status !== 200) throw new NotTaken(answer)
    return JSON.stringify(answer.body)
  }

  /** Throws as `greet` does. */
  async sight(sightings: readonly Sighting[]): Promise<void> {
    const answer = await this.#ask('sightings', {
      path: '/sensor/sightings',
      body: json({ sightings }),
    })
    if (answer.status !== 200) throw new NotTaken(answer)
  }

  /** A new key and certificate; nothing is kept here until `become`. */
  async renew(): Promise<Identity> {
    const key = makeKey()
    const body = json(offerKey(key, renewProof(this.#identity.name)))
    const answer = await this.#ask('greet', { path: '/sensor/renew', body })
    if (answer.status !== 200) throw new NotTaken(answer)
    const { certificate, authority } = CertificateAnswerSchema.parse(answer.body)
    return { ...this.#identity, key, certificate, authority }
  }

  /** Requests from now on are made with this identity. */
  become(identity: Identity): void {
    this.#identity = identity
    const before = this.#agents
    this.#agents = new Map()
    // What is under way ends on its own connection.
    for (const agent of before.values()) setTimeout(() => agent.destroy(), 60_000).unref()
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy()
  }

  #ask(use: SensorQueue | 'greet' | 'sightings', request: Ask): Promise<Answer> {
    const { hostname, port } = new URL(`https://${this.#identity.station}`)
    return ask(
      {
        host: hostname.replace(/^\[|\]$/g, ''),
        port: port === '' ? 443 : Number(port),
        agent: this.#agent(use),
      },
      request,
    )
  }

  #agent(use: string): Agent {
    const known = this.#agents.get(use)
    if (known !== undefined) return known
    const { authority, certificate, key } = this.#identity
    const made = new Agent({
      keepAlive: true,
      maxSockets: 1,
      ca: authority,
      cert: certificate,
      key,
      servername: STATION_NAME,
      minVersion: 'TLSv1.3',
    })
    this.#agents.set(use, made)
    return made
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}
