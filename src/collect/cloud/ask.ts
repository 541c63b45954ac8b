// One request to a provider, signed, bounded in time and size, tried again where that may help.

import { setTimeout as sleep } from 'node:timers/promises'
import { reasonOf } from '../../core/index.ts'
import { queryText } from './fill.ts'
import type { Filled, Values } from './fill.ts'
import type { PostForm, Signer } from './sign-in.ts'
import { CloudFailure } from './trouble.ts'
import type { CloudTrouble } from './trouble.ts'

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export type AskOptions = {
  readonly signer: Signer
  /** Waits until the account may ask again. */
  readonly pace: () => Promise<void>
  readonly signal: AbortSignal
  /** The request waits; said once for each wait. */
  readonly onWait: (trouble: CloudTrouble) => void
  readonly nowMs: () => number
}

const TIMEOUT_MS = 60_000
/** For what is fetched whole, however large. */
const LONG_TIMEOUT_MS = 3_600_000
const MOST_BYTES = 64 * 1024 * 1024
/** Tries of one request beside the first. */
const TRIES = 4
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 120_000
const MOST_SAID = 300
/** What a provider's name may be written with to be asked without encryption: this machine itself. */
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])

export class Asker {
  readonly #options: AskOptions

  constructor(options: AskOptions) {
    this.#options = options
  }

  /** The answer, which is a success or one of `good`. Throws CloudFailure, or what the signal aborts with. */
  async ask(request: Filled, good: (answer: Answer) => boolean = () => false): Promise<Answer> {
    const { signal } = this.#options
    return this.#tries(
      request,
      async (signed) => answerOf(await responded(signed, signal, TIMEOUT_MS)),
      good,
    )
  }

  async #tries(
    request: Filled,
    once: (signed: Filled) => Promise<Answer | CloudFailure>,
    good: (answer: Answer) => boolean = () => false,
  ): Promise<Answer> {
    refuseOpenLine(request.url)
    for (let tried = 0; ; tried += 1) {
      await this.#options.pace()
      const { headers } = await this.#options.signer.sign(request)
      const all = { ...lowered(request.headers), ...lowered(headers) }
      const met = await once({ ...request, headers: all })
      if (!(met instanceof CloudFailure) && (met.status < 300 || good(met))) return met
      const trouble = met instanceof CloudFailure ? met.trouble : troubleOf(met)
      const waitMs = this.#waitOf(trouble, met, tried)
      if (waitMs === undefined) throw new CloudFailure(trouble)
      if (waitMs > 0) this.#options.onWait(trouble)
      await sleep(waitMs, undefined, { signal: this.#options.signal })
    }
  }

  /** The bytes of an answer that is too large to hold; tried again as `ask` does. */
  async open(request: Filled): Promise<ReadableStream<Uint8Array>> {
    let body: ReadableStream<Uint8Array> | null = null
    await this.#tries(request, async (signed) => {
      const response = await responded(signed, this.#options.signal, LONG_TIMEOUT_MS)
      if (response instanceof CloudFailure || response.status >= 300) return answerOf(response)
      body = response.body
      return { status: response.status, headers: response.headers, text: '' }
    })
    return body ?? new ReadableStream({ start: (controller) => controller.close() })
  }

  /** Milliseconds until another try, or undefined where none helps. */
  #waitOf(trouble: CloudTrouble, met: Answer | CloudFailure, tried: number): number | undefined {
    if (trouble.code === 'refused')
      return tried === 0 && this.#options.signer.renew() ? 0 : undefined
    if (!isPassing(trouble) || tried >= TRIES) return undefined
    const asked = met instanceof CloudFailure ? undefined : retryAfterMs(met, this.#options.nowMs())
    const ownMs = FIRST_WAIT_MS * 2 ** tried * (1 + Math.random() / 2)
    return Math.min(asked ?? ownMs, LONGEST_WAIT_MS)
  }
}

/** After a rest, what half a minute allows may be asked for at once. */
const REST_MS = 30_000

/** Spreads the requests of an account, whichever stream they are for. */
export function paceOf(requestsPerMinute: number, signal: AbortSignal): () => Promise<void> {
  let nextMs = Number.NEGATIVE_INFINITY
  return async () => {
    const now = performance.now()
    const waitMs = nextMs - now
    nextMs = Math.max(nextMs, now - REST_MS) + 60_000 / requestsPerMinute
    if (waitMs > 0) await sleep(waitMs, undefined, { signal })
  }
}

/** Posts a form and reads the JSON of the answer: how tokens are asked for. */
export function formPoster(signal: AbortSignal): PostForm {
  return async (url, form: Values) => {
    const address = new URL(url)
    refuseOpenLine(address)
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const met = await fetched(
      { method: 'POST', url: address, headers, body: queryText(form) },
      signal,
    )
    if (met instanceof CloudFailure) throw met
    if (met.status >= 300) {
      const { status } = met
      // A wrong secret is told by 400 and 401 alike (RFC 6749 section 5.2).
      throw new CloudFailure(
        status < 500 && status !== 429
          ? { code: 'refused', status, said: said(met) }
          : troubleOf(met),
      )
    }
    return parsed(met)
  }
}

/** Throws CloudFailure. Numbers of more digits than a double holds are kept as they stand. */
export function parsed({ text }: Pick<Answer, 'text'>): unknown {
  try {
    return LONG_NUMBER.test(text) ? JSON.parse(text, keepLongNumbers) : JSON.parse(text)
  } catch (cause) {
    throw new CloudFailure({ code: 'unreadable', reason: `no JSON: ${reasonOf(cause)}` })
  }
}

const LONG_NUMBER = /[:[,]\s*-?\d[\d.]{15,}/

function keepLongNumbers(
  this: unknown,
  _key: string,
  value: unknown,
  context?: { source?: string },
): unknown {
  const source = context?.source
  if (typeof value !== 'number' || source === undefined || String(value) === source) return value
  return (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON(source)
}

/** Signing may write a header again, in other letters. */
function lowered(headers: Values): Values {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}

async function fetched(request: Filled, signal: AbortSignal): Promise<Answer | CloudFailure> {
  return answerOf(await responded(request, signal, TIMEOUT_MS))
}

async function responded(
  { url, method, headers, body }: Filled,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Response | CloudFailure> {
  try {
    return await fetch(url, {
      method,
      headers: { Accept: 'application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      ...(body === undefined ? {} : { body }),
    })
  } catch (thrown) {
    if (signal.aborted) throw thrown
    return unreachable(url.host, thrown)
  }
}

async function answerOf(met: Response | CloudFailure): Promise<Answer | CloudFailure> {
  if (met instanceof CloudFailure) return met
  try {
    return { status: met.status, headers: met.headers, text: await textOf(met) }
  } catch (thrown) {
    return thrown instanceof CloudFailure
      ? thrown
      : unreachable(URL.parse(met.url)?.host ?? '', thrown)
  }
}

function unreachable(host: string, thrown: unknown): CloudFailure {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown
  return new CloudFailure({ code: 'unreachable', reason: `${host}: ${reasonOf(cause)}` })
}

/** Stops at the limit, whatever the provider said of the length. */
async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    if (bytes > MOST_BYTES) throw new CloudFailure({ code: 'too_large', limitBytes: MOST_BYTES })
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function refuseOpenLine(url: URL): void {
  if (url.protocol === 'https:' || OWN_NAMES.has(url.hostname)) return
  throw new CloudFailure({ code: 'leads_elsewhere', host: url.origin })
}

function troubleOf(answer: Answer): CloudTrouble {
  const { status, headers } = answer
  if (status === 401 || status === 403) return { code: 'refused', status, said: said(answer) }
  if (status === 429) return { code: 'throttled' }
  if (status >= 300 && status < 400) {
    const to = URL.parse(headers.get('location') ?? '')?.host ?? '?'
    return { code: 'leads_elsewhere', host: to }
  }
  return { code: 'answered', status, said: said(answer) }
}

function said({ text }: Answer): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, MOST_SAID)
}

function isPassing(trouble: CloudTrouble): boolean {
  if (trouble.code === 'answered') return trouble.status >= 500 || trouble.status === 408
  return trouble.code === 'throttled' || trouble.code === 'unreachable'
}

/** `Retry-After` in seconds or as a date, or Okta's `X-Rate-Limit-Reset` in seconds since 1970. */
function retryAfterMs({ status, headers }: Answer, nowMs: number): number | undefined {
  const after = headers.get('retry-after')
  if (after !== null) {
    const ms = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - nowMs
    return Number.isFinite(ms) ? Math.max(ms, 0) : undefined
  }
  const reset = Number(headers.get('x-rate-limit-reset'))
  return status === 429 && reset > 0 ? Math.max(reset * 1000 - nowMs, 1000) : undefined
}
