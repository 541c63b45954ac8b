// A file that is to be given out: STIX as it is, anything else as the values it lists.

import { VigieError } from './core/index.ts'
import { patternOfValue, readValues } from './detect/index.ts'
import type { PublishAsk, Published } from './model/index.ts'
import type { ListedValue } from './share/index.ts'
import { wordsOf } from './words/index.ts'

const MOST_BYTES = 64 * 1024 * 1024
const MOST_VALUES = 100_000

export type ReadFile =
  | { readonly kind: 'stix'; readonly objects: readonly unknown[] }
  | {
      readonly kind: 'values'
      readonly values: readonly ListedValue[]
      readonly refused: Published['refused']
    }

/** Throws BAD_REQUEST for what is too large. */
export async function readShareFile(
  bytes: AsyncIterable<Uint8Array>,
  ask: Pick<PublishAsk, 'confidence' | 'marking'>,
): Promise<ReadFile> {
  const whole = await bytesIn(bytes)
  return stixIn(whole.toString('utf8')) ?? listed(whole, ask)
}

/** Throws BAD_REQUEST for what is too large. */
export async function bytesIn(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > MOST_BYTES)
      throw new VigieError('BAD_REQUEST', {
        met: 'a file of more than 64 MiB',
        expected: 'a smaller one',
      })
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function stixIn(text: string): ReadFile | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  const value = parsed(text)
  if (Array.isArray(value)) return isStix(value[0]) ? { kind: 'stix', objects: value } : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if ('type' in value && value.type === 'bundle' && 'objects' in value)
    return { kind: 'stix', objects: Array.isArray(value.objects) ? value.objects : [] }
  return isStix(value) ? { kind: 'stix', objects: [value] } : undefined
}

function isStix(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    'id' in value &&
    typeof value.id === 'string' &&
    value.id.startsWith(`${String(value.type)}--`)
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function listed(
  whole: Buffer,
  { confidence }: Pick<PublishAsk, 'confidence'>,
): Promise<ReadFile> {
  const read = await readValues(once(whole), MOST_VALUES)
  if (read.values.length > MOST_VALUES)
    throw new VigieError('BAD_REQUEST', {
      met: `more than ${MOST_VALUES} values`,
      expected: 'a smaller file',
    })
  const say = wordsOf('en').indicators.refused
  const refused = read.refused.map(({ line, value, reason }) => ({
    id: value === '' ? `${line}` : value,
    reason: say[reason],
  }))
  const values: ListedValue[] = []
  for (const value of read.values) {
    const pattern = patternOfValue(value.kind, value.key)
    const marking = value.marking ?? read.marking
    if (pattern === undefined)
      refused.push({ id: value.key, reason: `STIX has no path for ${value.kind}` })
    else
      values.push({
        name: value.label === '' ? value.key : value.label,
        pattern,
        confidence: value.confidence ?? confidence,
        marking: marking === '' ? undefined : marking,
        untilMs: value.untilMs,
      })
  }
  return { kind: 'values', values, refused }
}

async function* once(bytes: Buffer) {
  yield bytes
}
