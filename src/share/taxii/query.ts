// What a client asks of a collection (TAXII 2.1 sections 3.4 and 3.5), and the token by which it goes on.

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../../core/index.ts'
import { comparableTime, isTimestamp } from '../stix/formats.ts'
import { parseMicros } from './micro-time.ts'
import { TaxiiError } from './taxii-error.ts'

export type Versions =
  | { readonly kind: 'last' | 'first' | 'all' }
  /** In the form that sorts; `first` and `last` may stand beside them. */
  | {
      readonly kind: 'some'
      readonly times: readonly string[]
      readonly first: boolean
      readonly last: boolean
    }

export type ObjectQuery = {
  /** Microseconds; objects that came later. */
  readonly addedAfter: number | undefined
  readonly ids: readonly string[]
  readonly types: readonly string[]
  readonly versions: Versions
  /** None: of each object, the newest specification it is there in. */
  readonly specs: readonly string[]
}

export type Page = { readonly limit: number; readonly after: Place | undefined }

/** Where a page ended. */
export type Place = { readonly added: number; readonly seq: number }

const KNOWN = [
  'added_after',
  'limit',
  'next',
  'match[id]',
  'match[type]',
  'match[version]',
  'match[spec_version]',
]

/** Throws 400. Parameters that TAXII does not know are left alone. */
export function readQuery(parameters: URLSearchParams): ObjectQuery {
  for (const name of KNOWN)
    if (parameters.getAll(name).length > 1) throw new TaxiiError(400, `${name} stands twice`)
  return {
    addedAfter: addedAfterOf(parameters.get('added_after')),
    ids: listOf(parameters.get('match[id]')),
    types: listOf(parameters.get('match[type]')),
    versions: versionsOf(listOf(parameters.get('match[version]'))),
    specs: listOf(parameters.get('match[spec_version]')),
  }
}

function listOf(text: string | null): readonly string[] {
  if (text === null) return []
  const list = [...new Set(text.split(',').map((part) => part.trim()))]
  if (list.some((part) => part === '' || part.length > 300) || list.length > 1000)
    throw new TaxiiError(400, 'a list of values, separated by commas, is expected')
  return list
}

function addedAfterOf(text: string | null): number | undefined {
  if (text === null) return undefined
  const micros = parseMicros(text)
  if (micros === undefined)
    throw new TaxiiError(400, 'added_after must be a timestamp such as 2026-01-31T12:00:00.000000Z')
  return micros
}

function versionsOf(list: readonly string[]): Versions {
  const [only = 'last'] = list
  if (list.length <= 1 && (only === 'last' || only === 'first' || only === 'all'))
    return { kind: only }
  const times = list.filter((one) => one !== 'first' && one !== 'last')
  if (times.every(isTimestamp))
    return {
      kind: 'some',
      times: times.map(comparableTime),
      first: list.includes('first'),
      last: list.includes('last'),
    }
  throw new TaxiiError(400, 'match[version] takes last, first and timestamps, or all alone')
}

const PlaceSchema = z.tuple([z.number().int(), z.number().int(), z.string()])

/** Throws 400 for a limit that is none, and for a token of another query. */
export function readPage(
  parameters: URLSearchParams,
  {
    most,
    secret,
    about,
  }: { readonly most: number; readonly secret: Buffer; readonly about: string },
): Page {
  const limit = parameters.get('limit')
  if (limit !== null && !/^[1-9]\d{0,8}$/.test(limit))
    throw new TaxiiError(400, 'limit must be a whole number above 0')
  const next = parameters.get('next')
  const after = next === null ? undefined : placeOf(next, secret, about)
  return { limit: Math.min(most, Number(limit ?? most)), after }
}

/** What a token is bound to: whose it is, where, and what was asked. */
export function aboutQuery(client: string, path: string, query: ObjectQuery): string {
  const text = canonicalJson({ client, path, ...query, addedAfter: query.addedAfter ?? null })
  return createHash('sha256').update(text).digest('base64url')
}

/** Sealed: where a page ended may be an object that the client does not see. */
export function tokenOf({ added, seq }: Place, secret: Buffer, about: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', secret, iv)
  const sealed = cipher.update(JSON.stringify([added, seq, about]))
  return Buffer.concat([iv, sealed, cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

const IV_BYTES = 12
const TAG_BYTES = 16

function placeOf(token: string, secret: Buffer, about: string): Place {
  const read = PlaceSchema.safeParse(opened(token, secret))
  if (read.success && read.data[2] === about) return { added: read.data[0], seq: read.data[1] }
  throw new TaxiiError(400, 'next is not one of this query; start again without it')
}

function opened(token: string, secret: Buffer): unknown {
  const bytes = Buffer.from(token.slice(0, 1000), 'base64url')
  if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, IV_BYTES))
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
    const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES))
    return JSON.parse(Buffer.concat([text, decipher.final()]).toString())
  } catch {
    return undefined
  }
}
