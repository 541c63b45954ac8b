// Reads one stream of a provider page by page: a span of time after the other, or along the provider's own references.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Intake, OriginHandle } from '../intake.ts'
import { parsed } from './ask.ts'
import type { Answer, Asker } from './ask.ts'
import type { PollStream } from './collector.ts'
import { fillRequest, spanValues } from './fill.ts'
import type { Filled, Values } from './fill.ts'
import { arrayAt, at, timeOf } from './members.ts'
import { nextOf, refuseOtherHost } from './next-page.ts'
import type { Next } from './next-page.ts'
import type { StreamState } from './stream-state.ts'
import { CloudFailure } from './trouble.ts'
import type { CloudTrouble } from './trouble.ts'

export type StreamParts = {
  readonly asker: Asker
  readonly intake: Intake
  readonly origin: OriginHandle
  readonly state: StreamState
  readonly values: Values
  readonly signal: AbortSignal
  readonly nowMs: () => number
  readonly onTrouble: (trouble: CloudTrouble) => void
  /** Something was read to its end. */
  readonly onRead: () => void
}

const DAY_MS = 86_400_000

const LATE_EVERY_MS = 30 * 60_000
/** Events in a span beyond which the next is shorter, and below which it is longer. */
const [MANY, FEW] = [5000, 1000]
const FIRST_SPAN_MS = 3_600_000
const SHORTEST_SPAN_MS = 60_000

/** What is known of a stream only while it is being read. */
type Pace = { spanMs: number; lateMs: number }

/** Reads until the signal; throws CloudFailure where a pause is needed, and goes on where it was when called again. */
export async function readPolled(stream: PollStream, parts: StreamParts): Promise<never> {
  await prepare(stream, parts)
  const pace = { spanMs: Math.min(FIRST_SPAN_MS, stream.window_s * 1000), lateMs: parts.nowMs() }
  for (;;) {
    const isBehind = stream.follows
      ? await follow(stream, parts)
      : await readSpan(stream, parts, pace)
    parts.onRead()
    if (!isBehind) await sleep(stream.poll_s * 1000, undefined, { signal: parts.signal })
  }
}

async function prepare(
  { prepare: first }: PollStream,
  { asker, values }: StreamParts,
): Promise<void> {
  if (first === undefined) return
  const { done } = first
  await asker.ask(
    fillRequest(first.request, values),
    ({ text }) => done !== undefined && text.includes(done),
  )
}

/** True where more of the past waits. */
async function readSpan(stream: PollStream, parts: StreamParts, pace: Pace): Promise<boolean> {
  const { state, nowMs } = parts
  sayGap(stream, parts)
  const lastMs = nowMs() - stream.settle_s * 1000
  const toMs = Math.min(lastMs, state.untilMs + pace.spanMs)
  if (toMs <= state.untilMs) return false
  const isLate = nowMs() - pace.lateMs >= LATE_EVERY_MS
  const backMs = Math.max(stream.overlap_s, isLate ? stream.late_s : 0) * 1000
  const events = await readPages(stream, parts, { fromMs: state.fromMs(backMs), toMs })
  if (isLate) pace.lateMs = nowMs()
  if (events > MANY) pace.spanMs = Math.max(pace.spanMs / 2, SHORTEST_SPAN_MS)
  else if (events < FEW) pace.spanMs = Math.min(pace.spanMs * 2, stream.window_s * 1000)
  state.untilMs = toMs
  // Where events tell no time, only their number bounds what is remembered.
  if (stream.time !== undefined)
    state.forget(toMs - Math.max(stream.overlap_s, stream.late_s) * 1000)
  state.note(parts.intake)
  return toMs < lastMs
}

function sayGap(stream: PollStream, { state, nowMs, onTrouble }: StreamParts): void {
  const keptMs = nowMs() - stream.keeps_days * DAY_MS
  if (state.untilMs >= keptMs) return
  const [from, to] = [new Date(state.untilMs).toISOString(), new Date(keptMs).toISOString()]
  onTrouble({ code: 'gap', from, to })
  state.untilMs = keptMs
}

type Span = { readonly fromMs: number; readonly toMs: number }

/** How many events there were, seen or not. */
async function readPages(stream: PollStream, parts: StreamParts, span: Span): Promise<number> {
  const values = { ...parts.values, ...spanValues(span.fromMs, span.toMs) }
  const met = new Set<string>()
  let events = 0
  let request: Filled | undefined = fillRequest(stream.request, values)
  while (request !== undefined) {
    const answer: Answer = await parts.asker.ask(request)
    const page = parsed(answer)
    events += await takePage(stream, parts, page, { elseMs: span.toMs })
    const { headers } = answer
    const next: Next | undefined = nextOf(stream, { request, headers, page, values })
    if (next !== undefined && met.has(next.reference)) throw new CloudFailure({ code: 'repeats' })
    if (next !== undefined) met.add(next.reference)
    request = next?.request
  }
  return events
}

/** One page along the provider's references. True where the page held events. */
async function follow(stream: PollStream, parts: StreamParts): Promise<boolean> {
  const { state, values, nowMs } = parts
  if (state.next === undefined) sayGap(stream, parts)
  const fromMs = state.fromMs(stream.overlap_s * 1000)
  const all = { ...values, ...spanValues(fromMs, nowMs()) }
  const first = fillRequest(stream.request, all)
  const request = state.next === undefined ? first : { ...first, url: new URL(state.next) }
  const isGone = ({ status }: Answer) =>
    state.next !== undefined && [400, 404, 410].includes(status)
  const answer = await parts.asker.ask(request, isGone)
  if (isGone(answer)) {
    // The reference is too old for the provider: time leads on.
    state.next = undefined
    return true
  }
  const page = parsed(answer)
  const next = nextOf(stream, { request, headers: answer.headers, page, values: all })
  const before = () => {
    state.next = next?.reference ?? state.next
  }
  const events = await takePage(stream, parts, page, { elseMs: nowMs(), before })
  if (events > 0 && next?.reference === request.url.href)
    throw new CloudFailure({ code: 'repeats' })
  return events > 0 && next !== undefined
}

type Taking = {
  /** When an event without a time happened. */
  readonly elseMs: number
  /** Called before the state is noted. */
  readonly before?: () => void
}

/** Writes what is new in a page, and notes it with its lines. How many events it holds, seen or not. */
async function takePage(
  stream: PollStream,
  parts: StreamParts,
  page: unknown,
  { elseMs, before }: Taking,
): Promise<number> {
  const items = arrayAt(page, stream.events)
  if (stream.each !== undefined) return takeEach(stream, parts, items)
  const { state, intake } = parts
  const fresh: unknown[] = []
  let newestMs = 0
  for (const item of items) {
    const timeMs = timeOf(item, stream.time) ?? elseMs
    newestMs = Math.max(newestMs, timeMs)
    const id = idOf(item, stream)
    if (state.wasSeen(id)) continue
    state.see(id, timeMs)
    fresh.push(item)
  }
  before?.()
  if (stream.follows || stream.ascends)
    state.untilMs = Math.max(state.untilMs, Math.min(newestMs, elseMs))
  const isWilling = writeLines(fresh, parts)
  if (fresh.length > 0 || stream.follows) state.note(intake)
  if (!isWilling) await intake.drained()
  return items.length
}

/** Items that lead to events: each is read once, and noted with its lines. */
async function takeEach(
  stream: PollStream,
  parts: StreamParts,
  items: readonly unknown[],
): Promise<number> {
  const { state, intake, asker, values, onTrouble } = parts
  for (const item of items) {
    const address = at(item, stream.each?.address ?? '')
    const url = typeof address === 'string' ? URL.parse(address) : null
    if (url === null)
      throw new CloudFailure({ code: 'unreadable', reason: 'an item without its address' })
    const request = fillRequest(stream.request, values)
    refuseOtherHost(url, request.url)
    const timeMs = timeOf(item, stream.time) ?? state.untilMs
    const id = idOf(item, stream)
    if (state.wasSeen(id)) continue
    const answer = await asker.ask(
      { ...request, url, method: 'GET' },
      ({ status }) => status === 404 || status === 410,
    )
    const isGone = answer.status >= 300
    if (isGone) onTrouble({ code: 'object', key: url.pathname, reason: String(answer.status) })
    const isWilling = isGone || writeLines(arrayAt(parsed(answer), ''), parts)
    state.see(id, timeMs)
    state.note(intake)
    if (!isWilling) await intake.drained()
  }
  return items.length
}

/** False where the intake asks to wait. */
function writeLines(events: readonly unknown[], { intake, origin }: StreamParts): boolean {
  let isWilling = true
  for (const event of events) {
    const line = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event))
    if (!intake.write(origin, line, 0, line.length)) isWilling = false
  }
  return isWilling
}

function idOf(item: unknown, { id }: PollStream): string {
  const parts = id.map((path) => at(item, path))
  return parts.every((part) => part === undefined) ? JSON.stringify(item) : JSON.stringify(parts)
}
