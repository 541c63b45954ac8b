// Splunk HEC events: JSON objects one after another, each with an `event` member. Stored is the event: the text where
// it is a string, else its JSON. What the envelope says of it goes beside it as context.

import type { Words } from '../../words/index.ts'
import { JsonFramer } from '../files/json-framer.ts'
import type { Intake, OriginHandle } from '../intake.ts'
import { membersOf } from './json-members.ts'
import type { Span } from './json-members.ts'
import { HEC, Refusal } from './refusal.ts'

/** What is kept of the envelope, in this order. */
const KEPT = ['time', 'host', 'source', 'sourcetype', 'index', 'fields'] as const
const QUOTE = 34

export class HecEvents {
  lines = 0
  readonly #framer: JsonFramer
  readonly #intake: Intake
  readonly #source: string
  readonly #say: Words['collect']['http']
  #number = 0
  #handle: OriginHandle
  #willing = true

  constructor(intake: Intake, source: string, say: Words['collect']['http']) {
    this.#intake = intake
    this.#source = source
    this.#say = say
    this.#handle = intake.open({ kind: 'http', source, context: '' })
    this.#framer = new JsonFramer((bytes, start, end) => this.#take(bytes, start, end))
  }

  /** Throws a Refusal at the first thing that is no event. */
  push(chunk: Buffer): void {
    this.#framer.push(chunk)
  }

  end(): void {
    this.#framer.end()
  }

  isWilling(): boolean {
    const willing = this.#willing
    this.#willing = true
    return willing
  }

  #take(bytes: Buffer, start: number, end: number): void {
    this.#number += 1
    const number = this.#number
    const members = membersOf(bytes, start, end)
    if (members === null) throw this.#invalid()
    const event = members.get('event')
    if (event === undefined)
      throw new Refusal(400, HEC.eventRequired, this.#say.eventRequired({ number }))
    this.#describe(bytes, members)
    if (bytes[event.start] === QUOTE) {
      const text = Buffer.from(this.#textOf(bytes, event), 'utf8')
      this.#write(text, 0, text.length)
    } else {
      const isNull = bytes.toString('latin1', event.start, event.end) === 'null'
      this.#write(bytes, event.start, isNull ? event.start : event.end)
    }
  }

  #textOf(bytes: Buffer, { start, end }: Span): string {
    try {
      return String(JSON.parse(bytes.toString('utf8', start, end)))
    } catch {
      throw this.#invalid()
    }
  }

  /** Events with the same envelope share an origin. */
  #describe(bytes: Buffer, members: ReadonlyMap<string, Span>): void {
    const context = contextOf(bytes, members)
    if (context === this.#handle.origin.context) return
    if (!isJson(context)) throw this.#invalid()
    this.#handle = this.#intake.open({ kind: 'http', source: this.#source, context })
  }

  #write(bytes: Buffer, start: number, end: number): void {
    if (end === start) {
      throw new Refusal(400, HEC.eventBlank, this.#say.eventBlank({ number: this.#number }))
    }
    this.lines += 1
    if (!this.#intake.write(this.#handle, bytes, start, end)) this.#willing = false
  }

  #invalid(): Refusal {
    return new Refusal(400, HEC.invalidData, this.#say.invalidData({ number: this.#number }))
  }
}

function contextOf(bytes: Buffer, members: ReadonlyMap<string, Span>): string {
  const kept: string[] = []
  for (const name of KEPT) {
    const span = members.get(name)
    if (span !== undefined) kept.push(`"${name}":${bytes.toString('utf8', span.start, span.end)}`)
  }
  return kept.length === 0 ? '' : `{${kept.join(',')}}`
}

function isJson(context: string): boolean {
  if (context === '') return true
  try {
    JSON.parse(context)
    return true
  } catch {
    return false
  }
}
