// A TAXII 2.1 client: goes through a collection to its end, can go on where it stopped, and does not go in circles with a server
// that does. Whatever a server says is checked before it is believed.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { depthOf } from '../stix/check-bundle.ts'
import { TAXII_MEDIA } from './media-types.ts'
import { parseMicros } from './micro-time.ts'

export type TaxiiPeer = {
  /** Address of an API root, with a slash at its end. */
  readonly root: string
  readonly authorization: string | undefined
  /** `fetch`, or one with pinned certificates. */
  readonly fetch: typeof fetch
  /** Bytes of one answer. */
  readonly mostBytes?: number
}

export type ClientTrouble =
  | { readonly kind: 'unreachable'; readonly reason: string }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly reason: string
      /** The server said when to come back (RFC 9110 section 10.2.3). */
      readonly retryAfterMs?: number
    }
  | { readonly kind: 'not taxii'; readonly reason: string }
  /** The server gives the same page again and again. */
  | { readonly kind: 'no progress'; readonly reason: string }

/** Throws this alone. */
export class TaxiiClientError extends Error {
  readonly trouble: ClientTrouble
  constructor(trouble: ClientTrouble, cause?: unknown) {
    super(trouble.reason, { cause })
    this.trouble = trouble
  }
}

const DiscoverySchema = z.object({
  title: z.string(),
  default: z.string().optional(),
  api_roots: z.array(z.string()).default([]),
})
const CollectionSchema = z.object({
  id: z.string(),
  title: z.string(),
  can_read: z.boolean(),
  can_write: z.boolean(),
  alias: z.string().optional(),
  media_types: z.array(z.string()).default([]),
})
const CollectionsSchema = z.object({ collections: z.array(CollectionSchema).default([]) })
const EnvelopeSchema = z.object({
  more: z.boolean().default(false),
  next: z.string().optional(),
  objects: z.array(z.unknown()).default([]),
})
const ManifestSchema = z.object({
  more: z.boolean().default(false),
  next: z.string().optional(),
  objects: z
    .array(z.object({ id: z.string(), date_added: z.string(), version: z.string() }))
    .default([]),
})
const DetailSchema = z.object({
  id: z.string(),
  version: z.string().default(''),
  message: z.string().optional(),
})
const StatusSchema = z.object({
  id: z.string(),
  status: z.enum(['complete', 'pending']),
  total_count: z.number().default(0),
  success_count: z.number(),
  failure_count: z.number(),
  pending_count: z.number(),
  failures: z.array(DetailSchema).default([]),
})
const TroubleSchema = z.object({ title: z.string(), description: z.string().optional() })

export type TaxiiStatusReport = z.infer<typeof StatusSchema>
export type RemoteCollection = z.infer<typeof CollectionSchema>

export async function discover(peer: TaxiiPeer): Promise<z.infer<typeof DiscoverySchema>> {
  return (await ask(peer, new URL('/taxii2/', peer.root), DiscoverySchema)).value
}

export async function remoteCollections(peer: TaxiiPeer): Promise<readonly RemoteCollection[]> {
  return (await ask(peer, new URL('collections/', peer.root), CollectionsSchema)).value.collections
}

export type Walk = {
  readonly collection: string
  /** As the last page of an earlier walk said it. */
  readonly addedAfter?: string | undefined
  readonly limit?: number
  readonly match?: Readonly<Record<string, string>>
  /** Asks the server to hold the question open while there is nothing (RFC 7240, `wait`); one that cannot answers at once. */
  readonly waitSeconds?: number
}

export type RemotePage = {
  readonly objects: readonly unknown[]
  /** Where to go on after this page, whatever happens to the next one. */
  readonly addedLast: string | undefined
}

/** Pages of a collection, oldest first, to its end. */
export function walkObjects(peer: TaxiiPeer, walk: Walk): AsyncGenerator<RemotePage> {
  return pages(peer, walk, 'objects', EnvelopeSchema)
}

export function walkManifest(peer: TaxiiPeer, walk: Walk): AsyncGenerator<RemotePage> {
  return pages(peer, walk, 'manifest', ManifestSchema)
}

/** A server that gives nothing new this often will not. */
const MOST_IDLE_PAGES = 3

async function* pages(
  peer: TaxiiPeer,
  walk: Walk,
  kind: 'objects' | 'manifest',
  schema: z.ZodType<{ more: boolean; next?: string | undefined; objects: unknown[] }>,
): AsyncGenerator<RemotePage> {
  const url = new URL(`collections/${encodeURIComponent(walk.collection)}/${kind}/`, peer.root)
  for (const [name, value] of Object.entries(walk.match ?? {}))
    url.searchParams.set(`match[${name}]`, value)
  if (walk.limit !== undefined) url.searchParams.set('limit', String(walk.limit))
  if (walk.addedAfter !== undefined) url.searchParams.set('added_after', walk.addedAfter)
  const guard = progressGuard()
  let prefer = walk.waitSeconds === undefined ? undefined : `wait=${walk.waitSeconds}`
  for (;;) {
    const { value, headers } = await ask(peer, url, schema, prefer === undefined ? {} : { prefer })
    prefer = undefined
    const addedLast = headers.get('x-taxii-date-added-last') ?? undefined
    guard(value, addedLast)
    yield { objects: value.objects, addedLast }
    if (!value.more) return
    goOn(url, value.next, addedLast)
  }
}

/** By the server's token, else by the time of the last object. */
function goOn(url: URL, next: string | undefined, addedLast: string | undefined): void {
  if (next !== undefined) {
    url.searchParams.set('next', next)
    return
  }
  if (addedLast === undefined) throw stuck('there is more, and nothing that says where')
  url.searchParams.delete('next')
  url.searchParams.set('added_after', addedLast)
}

function progressGuard() {
  const tokens = new Set<string>()
  const seen = new Set<string>()
  let [idle, latest] = [0, 0]
  return (
    {
      more,
      next,
      objects,
    }: { more: boolean; next?: string | undefined; objects: readonly unknown[] },
    addedLast: string | undefined,
  ) => {
    const time = parseMicros(addedLast ?? '') ?? 0
    // New tokens over the same objects are no progress either.
    const page = createHash('sha256').update(JSON.stringify(objects)).digest('base64')
    const isNew = objects.length > 0 && !seen.has(page) && (next !== undefined || time > latest)
    seen.add(page)
    idle = isNew ? 0 : idle + 1
    latest = Math.max(latest, time)
    if (!more) return
    if (next !== undefined && tokens.has(next)) throw stuck('the same token came twice')
    if (next !== undefined) tokens.add(next)
    if (idle >= MOST_IDLE_PAGES) throw stuck(`${idle} pages brought nothing new`)
  }
}

function stuck(reason: string): TaxiiClientError {
  return new TaxiiClientError({ kind: 'no progress', reason })
}

export async function addRemote(
  peer: TaxiiPeer,
  collection: string,
  objects: readonly unknown[],
): Promise<TaxiiStatusReport> {
  const url = new URL(`collections/${encodeURIComponent(collection)}/objects/`, peer.root)
  const body = JSON.stringify({ objects })
  return (await ask(peer, url, StatusSchema, { method: 'POST', body })).value
}

export async function remoteStatus(peer: TaxiiPeer, id: string): Promise<TaxiiStatusReport> {
  return (await ask(peer, new URL(`status/${encodeURIComponent(id)}/`, peer.root), StatusSchema))
    .value
}

const MOST_BYTES = 64 * 1024 * 1024
const MOST_DEPTH = 64

type Init = { readonly method?: string; readonly body?: string; readonly prefer?: string }

async function ask<T>(
  peer: TaxiiPeer,
  url: URL,
  schema: z.ZodType<T>,
  { prefer, ...init }: Init = {},
) {
  const headers = {
    ...(prefer === undefined ? {} : { prefer }),
    accept: TAXII_MEDIA,
    ...(init.body === undefined ? {} : { 'content-type': TAXII_MEDIA }),
    ...(peer.authorization === undefined ? {} : { authorization: peer.authorization }),
  }
  // A redirect could lead the password to somebody else.
  const response = await peer
    .fetch(url, { ...init, headers, redirect: 'error' })
    .catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new TaxiiClientError({ kind: 'unreachable', reason }, cause)
    })
  const text = await boundedText(response, peer.mostBytes ?? MOST_BYTES)
  if (!response.ok) throw refusedWith(response, text)
  refuseOtherVersion(response)
  const read = schema.safeParse(parsed(text))
  if (!read.success) throw notTaxii(read.error.issues[0]?.message ?? 'another form')
  return { value: read.data, headers: response.headers }
}

async function boundedText(response: Response, most: number): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    if (bytes > most) throw notTaxii(`an answer of more than ${most} bytes`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function parsed(text: string): unknown {
  if (depthOf(text) > MOST_DEPTH) throw notTaxii(`deeper than ${MOST_DEPTH} levels`)
  try {
    return JSON.parse(text)
  } catch {
    throw notTaxii('not JSON')
  }
}

function notTaxii(reason: string): TaxiiClientError {
  return new TaxiiClientError({ kind: 'not taxii', reason })
}

/** Another version of the protocol means other things by the same words. A server that says no version is judged by its answer. */
function refuseOtherVersion({ headers }: Response): void {
  const type = headers.get('content-type') ?? ''
  const [, version] =
    /^application\/taxii\+json\s*;.*\bversion\s*=\s*"?([^\s";]*)/i.exec(type) ?? []
  if (version !== undefined && version !== '2.1')
    throw notTaxii(`TAXII ${version.slice(0, 20)}, expected 2.1`)
}

const MOST_RETRY_S = 3600

/** Seconds or a date; at most an hour, whatever a server says. */
function retryAfterOf({ headers }: Response): { readonly retryAfterMs?: number } {
  const said = headers.get('retry-after')?.trim() ?? ''
  const seconds = /^\d{1,9}$/.test(said)
    ? Number(said)
    : (Date.parse(said) - Date.parse(headers.get('date') ?? '')) / 1000
  if (!(seconds > 0)) return {}
  return { retryAfterMs: Math.min(MOST_RETRY_S, seconds) * 1000 }
}

function refusedWith(response: Response, text: string): TaxiiClientError {
  const { status } = response
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    said = undefined
  }
  const read = TroubleSchema.safeParse(said)
  const reason = read.success
    ? (read.data.description ?? read.data.title).slice(0, 500)
    : status === 406
      ? 'HTTP 406: it does not speak TAXII 2.1'
      : `HTTP ${status}`
  return new TaxiiClientError({ kind: 'refused', status, reason, ...retryAfterOf(response) })
}
