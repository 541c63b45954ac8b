// A file that is to be given out: STIX as it is; a rule, an analytic or a check as one; anything else as the values it lists.

import { VigieError } from '../../core/index.ts'
import { patternOfValue, readValues } from '../../detect/index.ts'
import type { PublishAsk, Published } from '../../model/index.ts'
import { contentOf } from '../../share/index.ts'
import type { ListedValue, SharedContent } from '../../share/index.ts'
import { wordsOf } from '../../words/index.ts'
import { contentIn } from './text.ts'
import type { FileContent } from './text.ts'

const MOST_BYTES = 64 * 1024 * 1024
const MOST_VALUES = 100_000

export type ReadFile =
  | {
      readonly kind: 'stix'
      readonly objects: readonly unknown[]
      readonly refused: Published['refused']
    }
  | {
      readonly kind: 'values'
      readonly values: readonly ListedValue[]
      readonly refused: Published['refused']
    }

type Ask = Pick<PublishAsk, 'confidence' | 'marking'>
/** Why a rule, an analytic or a check is of no use to anybody. */
export type CheckContent = (content: SharedContent) => Promise<string | undefined>

/** Throws BAD_REQUEST for what is too large. */
export async function readShareFile(
  bytes: AsyncIterable<Uint8Array>,
  ask: Ask,
  check: CheckContent,
): Promise<ReadFile> {
  const whole = await bytesIn(bytes)
  const text = whole.toString('utf8')
  const objects = stixIn(text)
  if (objects !== undefined) return checkedStix(objects, check)
  const content = contentIn(text)
  return content === undefined ? listed(whole, ask) : checkedContent(content, ask, check)
}

/** What others would refuse is not given out. */
async function checkedStix(all: readonly unknown[], check: CheckContent): Promise<ReadFile> {
  const objects: unknown[] = []
  const refused: { id: string; reason: string }[] = []
  for (const object of all) {
    const content = isObject(object) ? contentOf(object) : undefined
    const reason = content === undefined ? undefined : await check(content)
    if (reason === undefined) objects.push(object)
    else refused.push({ id: isObject(object) ? String(object['id']) : '', reason })
  }
  return { kind: 'stix', objects, refused }
}

async function checkedContent(
  { description, key, ...content }: FileContent,
  { confidence }: Ask,
  check: CheckContent,
): Promise<ReadFile> {
  const { kind, name, text } = content
  const reason = await check(content)
  if (reason !== undefined)
    return { kind: 'values', values: [], refused: [{ id: name || kind, reason }] }
  const value: ListedValue = {
    name,
    pattern: text,
    confidence,
    marking: undefined,
    untilMs: undefined,
    content: { kind, key, description },
  }
  return { kind: 'values', values: [value], refused: [] }
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

function stixIn(text: string): readonly unknown[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  const value = parsed(text)
  if (Array.isArray(value)) return isStix(value[0]) ? value : undefined
  if (!isObject(value)) return undefined
  const { type, objects } = value
  if (type === 'bundle' && objects !== undefined) return Array.isArray(objects) ? objects : []
  return isStix(value) ? [value] : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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

async function listed(whole: Buffer, { confidence }: Ask): Promise<ReadFile> {
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
