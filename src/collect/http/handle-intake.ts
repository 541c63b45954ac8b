// One HTTP request that brings lines or events: who sends is checked, lines go into the intake as they come, and
// success is answered once they are on disk.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { reasonOf } from '../../core/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language, Words } from '../../words/index.ts'
import { LineWriter } from '../files/line-writer.ts'
import { TextReader } from '../files/text-reader.ts'
import type { Intake } from '../intake.ts'
import { answer, discardRest } from './answer.ts'
import { BODY_LIMITS, bodyOf } from './body.ts'
import type { BodyLimits } from './body.ts'
import { HecEvents } from './hec-events.ts'
import { HEC, Refusal } from './refusal.ts'
import { routeOf } from './route.ts'
import type { Route } from './route.ts'
import { tokenOf } from './token.ts'

export type HttpIntakeOptions = {
  readonly intake: Intake
  /** Name of the source that has this token, else null. Compares in constant time. */
  readonly checkToken: (token: string) => Promise<string | null>
  /** Language of what senders are told when something is wrong. */
  readonly language: Language
  /** Trouble that is ours, not the sender's: the intake's or the token check's. */
  readonly onTrouble: (reason: string) => void
  readonly limits?: Partial<BodyLimits>
}

/** False at once when the address is not for events; else resolves when the answer was given. */
export type HandleIntake = (
  request: IncomingMessage,
  response: ServerResponse,
) => false | Promise<true>

export function createHttpIntake(options: HttpIntakeOptions): HandleIntake {
  const intake = new HttpIntake(options)
  return (request, response) => {
    const route = routeOf(request.url)
    return route === null ? false : intake.serve(route, request, response)
  }
}

type Success = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

/** `{"acks":[0,1]}` of the acknowledgement endpoint. */
const AcksSchema = z.object({ acks: z.array(z.number().int().nonnegative()).max(10_000) })
const MAX_ACKS_BYTES = 256 * 1024

class HttpIntake {
  readonly #options: HttpIntakeOptions
  readonly #say: Words['collect']['http']
  readonly #limits: BodyLimits
  #nextAck = 0

  constructor(options: HttpIntakeOptions) {
    this.#options = options
    this.#say = wordsOf(options.language).collect.http
    this.#limits = { ...BODY_LIMITS, ...options.limits }
  }

  async serve(route: Route, request: IncomingMessage, response: ServerResponse): Promise<true> {
    try {
      const { status, body } = await this.#take(route, request)
      answer(response, status, body)
    } catch (thrown) {
      const refusal = thrown instanceof Refusal ? thrown : this.#ownTrouble(thrown, request)
      answer(response, refusal.status, { text: refusal.message, code: refusal.code })
      discardRest(request)
    }
    return true
  }

  async #take(route: Route, request: IncomingMessage): Promise<Success> {
    if (!route.methods.includes(request.method ?? '')) {
      throw new Refusal(
        405,
        HEC.invalidData,
        this.#say.methodWrong({ expected: route.methods.join(', ') }),
      )
    }
    if (route.kind === 'health')
      return { status: 200, body: { text: this.#say.healthy(), code: HEC.healthy } }
    const source = `http/${await this.#nameOf(request)}`
    if (route.kind === 'acks') return this.#acks(request)
    const lines =
      route.kind === 'events'
        ? await this.#events(request, source)
        : await this.#lines(request, route, source)
    if (lines === 0) throw new Refusal(400, HEC.noData, this.#say.noData())
    await this.#options.intake.synced()
    return { status: 200, body: this.#success(request, route) }
  }

  async #nameOf(request: IncomingMessage): Promise<string> {
    const token = tokenOf(request.headers.authorization)
    if (token === null) throw new Refusal(401, HEC.tokenRequired, this.#say.tokenRequired())
    const name = await this.#options.checkToken(token)
    if (name === null) throw new Refusal(403, HEC.tokenWrong, this.#say.tokenWrong())
    return name
  }

  async #events(request: IncomingMessage, source: string): Promise<number> {
    const events = new HecEvents(this.#options.intake, source, this.#say)
    for await (const chunk of bodyOf(request, this.#limits, this.#say)) {
      events.push(chunk)
      if (!events.isWilling()) await this.#options.intake.drained()
    }
    events.end()
    return events.lines
  }

  async #lines(request: IncomingMessage, { query }: Route, source: string): Promise<number> {
    const { intake } = this.#options
    const writer = new LineWriter(intake, { kind: 'http', source })
    writer.setContext(envelopeOf(query))
    const reader = new TextReader(writer)
    for await (const chunk of bodyOf(request, this.#limits, this.#say)) {
      reader.push(chunk)
      if (!writer.isWilling()) await intake.drained()
    }
    reader.end()
    return writer.takeCounts().lines
  }

  /** Every id ever given out stands for events that were on disk before it was given. */
  async #acks(request: IncomingMessage): Promise<Success> {
    const chunks: Buffer[] = []
    for await (const chunk of bodyOf(
      request,
      { ...this.#limits, maxBytes: MAX_ACKS_BYTES },
      this.#say,
    ))
      chunks.push(chunk)
    const asked = AcksSchema.safeParse(parseJson(Buffer.concat(chunks).toString('utf8')))
    if (!asked.success) throw new Refusal(400, HEC.invalidData, this.#say.noData())
    return {
      status: 200,
      body: { acks: Object.fromEntries(asked.data.acks.map((id) => [id, true])) },
    }
  }

  /** Exactly as HEC says it; with an id for a client that asks by naming its channel. */
  #success(request: IncomingMessage, { query }: Route): Success['body'] {
    const success = { text: 'Success', code: HEC.success }
    const hasChannel =
      request.headers['x-splunk-request-channel'] !== undefined || query.has('channel')
    if (!hasChannel) return success
    this.#nextAck += 1
    return { ...success, ackId: this.#nextAck - 1 }
  }

  #ownTrouble(thrown: unknown, request: IncomingMessage): Refusal {
    // A sender that went away hears nothing, and is no trouble of ours.
    if (!request.destroyed || request.complete) this.#options.onTrouble(reasonOf(thrown))
    return new Refusal(503, HEC.busy, this.#say.notStored())
  }
}

/** What a raw request says of its lines in its address. */
function envelopeOf(query: URLSearchParams): string {
  const given: [string, string][] = []
  for (const name of ['time', 'host', 'source', 'sourcetype', 'index']) {
    const value = query.get(name)
    if (value !== null && value !== '') given.push([name, value.slice(0, 1024)])
  }
  return given.length === 0 ? '' : JSON.stringify(Object.fromEntries(given))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
