// Modifiers of a field, applied from left to right: `CommandLine|windash|contains|all`. Specification 2.1.0, "Modifiers".

import { isIP } from 'node:net'
import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { base64Offsets, encodeUtf16 } from './encode.ts'
import { checkRegex } from './regex-subset.ts'
import type { Comparison, FieldMatch, Item, Test, TimePart } from './rule.ts'
import { literalText, parseText, plainString, withAnyDash, wrapText } from './sigma-text.ts'
import type { SigmaText, Wrap } from './sigma-text.ts'
import type { ScalarTree } from './tree.ts'

/** What stands for `%name%`: the station's own lists. */
export type Placeholders = ReadonlyMap<string, readonly string[]>

export type ItemRequest = {
  readonly field: string
  readonly modifiers: readonly string[]
  readonly values: readonly ScalarTree[]
  /** The values came as a list, even if of one. */
  readonly listed: boolean
  readonly placeholders: Placeholders
}

class Refused extends Error {}

const ALIASES: Readonly<Record<string, string>> = {
  ignorecase: 'i',
  multiline: 'm',
  dotall: 's',
  utf16le: 'wide',
}
const WRAPS: ReadonlySet<string> = new Set<Wrap>(['contains', 'startswith', 'endswith'])
const COMPARISONS: ReadonlySet<string> = new Set<Comparison>(['gt', 'gte', 'lt', 'lte'])
const PARTS: ReadonlySet<string> = new Set<TimePart>([
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'year',
])
const VALUE_STEPS = new Set([
  'wide',
  'utf16be',
  'utf16',
  'base64',
  'base64offset',
  'windash',
  'expand',
])
const MODES = new Set(['re', 'cidr', 'exists', 'fieldref'])
const FLAGS = new Set(['all', 'cased', 'neq', 'i', 'm', 's'])
const MAX_VALUES = 100_000

/** A field with its modifiers and values becomes tests, or a sentence that says why it cannot. */
export function readItem(request: ItemRequest): Result<Item, string> {
  const names = request.modifiers.map((name) => ALIASES[name] ?? name)
  try {
    checkNames(names, request)
    return ok({
      field: request.field,
      tests: testsOf(names, request),
      join: names.includes('all') ? 'all' : 'any',
      negated: names.includes('neq'),
    })
  } catch (thrown) {
    if (thrown instanceof Refused) return failed(thrown.message)
    throw thrown
  }
}

function checkNames(names: readonly string[], { field, values }: ItemRequest): void {
  for (const name of names) {
    const known =
      WRAPS.has(name) ||
      COMPARISONS.has(name) ||
      PARTS.has(name) ||
      VALUE_STEPS.has(name) ||
      MODES.has(name) ||
      FLAGS.has(name)
    if (!known) throw new Refused(`the modifier “${name}” is not known`)
  }
  if (values.length > MAX_VALUES)
    throw new Refused(`the field has ${values.length} values; at most ${MAX_VALUES} are read`)
  if (names.some(isWrap) && values.every(({ text, value }) => text === '' && value !== null)) {
    throw new Refused(`an empty value under “${names.find(isWrap)}” would match everything`)
  }
  if (names.includes('all') && values.length < 2)
    throw new Refused('“all” needs a list of at least two values')
  for (const mode of MODES) {
    const at = names.indexOf(mode)
    if (at > 0 && !(mode === 'fieldref' && names.slice(0, at).every((name) => WRAPS.has(name)))) {
      throw new Refused(`“${mode}” must be the first modifier`)
    }
  }
  const flag = names.find((name) => 'ims'.includes(name) && name.length === 1)
  if (flag !== undefined && !names.includes('re'))
    throw new Refused(`“${flag}” belongs to “re”, which is not there`)
  if (field === '' && names.some((name) => MODES.has(name) && name !== 're'))
    throw new Refused(`“${names[0]}” needs a field`)
}

function testsOf(names: readonly string[], request: ItemRequest): readonly Test[] {
  const [first] = names
  const part = names.find(isPart)
  const comparison = names.find(isComparison)
  const { values } = request
  if (first === 'exists') return values.map(existsTest)
  if (first === 'cidr') return values.map(({ text }) => cidrTest(text))
  if (first === 're') return values.map(({ text }) => regexTest(text, names))
  if (names.includes('fieldref')) return values.map(({ text }) => fieldTest(text, names))
  if (part !== undefined || comparison !== undefined)
    return values.map((value) => compareTest(value, comparison ?? 'eq', part))
  return values.flatMap((value) => valueTests(value, names, request.placeholders))
}

function isPart(name: string): name is TimePart {
  return PARTS.has(name)
}

function isComparison(name: string): name is Comparison {
  return COMPARISONS.has(name)
}

function isWrap(name: string): name is Wrap {
  return WRAPS.has(name)
}

function existsTest({ value }: ScalarTree): Test {
  if (typeof value !== 'boolean') throw new Refused('“exists” takes true or false')
  return { kind: 'exists', expected: value }
}

function cidrTest(text: string): Test {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  const length =
    bits === undefined ? (family === 4 ? 32 : 128) : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
  if (
    (family !== 4 && family !== 6) ||
    more.length > 0 ||
    length < 0 ||
    length > (family === 4 ? 32 : 128)
  ) {
    throw new Refused(
      `“${text}” is no network; expected an address and a prefix length such as 10.0.0.0/8`,
    )
  }
  return { kind: 'cidr', network: `${address}/${length}`, family }
}

function regexTest(text: string, names: readonly string[]): Test {
  const flags = { i: names.includes('i'), m: names.includes('m'), s: names.includes('s') }
  const checked = checkRegex(text, flags)
  if (!checked.ok) throw new Refused(checked.problem)
  const { regex, nullable, heavy } = checked.value
  const wrap = names.find(isWrap)
  const anchored =
    wrap === 'startswith'
      ? String.raw`\A${regex}`
      : wrap === 'endswith'
        ? String.raw`${regex}\z`
        : regex
  return { kind: 'regex', regex: anchored, cost: { nullable, heavy } }
}

function fieldTest(other: string, names: readonly string[]): Test {
  if (other === '') throw new Refused('“fieldref” needs the name of another field')
  const match: FieldMatch = names.find(isWrap) ?? 'equals'
  return { kind: 'field', other, match }
}

function compareTest(
  { value, text }: ScalarTree,
  comparison: Comparison,
  part: TimePart | undefined,
): Test {
  const number = typeof value === 'number' ? value : text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(number))
    throw new Refused(`“${text}” is no number, which “${part ?? comparison}” needs`)
  return { kind: 'compare', comparison, number, ...(part === undefined ? {} : { part }) }
}

/** A value on its way through the chain: text with wildcards, or bytes after an encoding. */
type Value = SigmaText | Uint8Array

function valueTests(
  value: ScalarTree,
  names: readonly string[],
  placeholders: Placeholders,
): readonly Test[] {
  if (value.value === null) {
    if (names.some((name) => name !== 'neq' && name !== 'all'))
      throw new Refused(`null takes no modifier but met “${names.join('|')}”`)
    return [{ kind: 'null' }]
  }
  const expands = names.includes('expand')
  // Under a wrap an empty value would be `*` and match everything: in a list it is left out, alone it is refused.
  if (value.text === '' && names.some(isWrap)) return []
  let texts: readonly Value[] = expands ? expand(value.text, placeholders) : [parseText(value.text)]
  for (const name of names) texts = texts.flatMap((text) => applyStep(name, text))
  return texts.map((text): Test => ({
    kind: 'text',
    text: finished(text),
    cased: names.includes('cased') || names.some(isBase64),
  }))
}

function isBase64(name: string): boolean {
  return name === 'base64' || name === 'base64offset'
}

function applyStep(name: string, value: Value): readonly Value[] {
  if (isWrap(name)) return [wrapped(value, name)]
  switch (name) {
    case 'wide':
    case 'utf16be':
    case 'utf16':
      return [encodeUtf16(plain(value, name), name)]
    case 'base64':
      return [literalText(Buffer.from(bytesOf(value, name)).toString('base64'))]
    case 'base64offset':
      return base64Offsets(bytesOf(value, name)).map(literalText)
    case 'windash':
      return [withAnyDash(finished(value))]
    default:
      return [value]
  }
}

function wrapped(value: Value, wrap: Wrap): SigmaText {
  return wrapText(finished(value), wrap)
}

function plain(value: Value, name: string): string {
  const text = value instanceof Uint8Array ? undefined : plainString(value)
  if (text === undefined) throw new Refused(`a value under “${name}” must not hold wildcards`)
  return text
}

function bytesOf(value: Value, name: string): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(plain(value, name), 'utf8')
}

function finished(value: Value): SigmaText {
  return value instanceof Uint8Array ? literalText(Buffer.from(value).toString('latin1')) : value
}

const PLACEHOLDER = /(?<!\\)%([A-Za-z0-9_-]+)%/g
const MAX_EXPANDED = 10_000

/** `%name%` becomes each value of that list; `\%` is a plain percent sign. What cannot be resolved is never ignored. */
function expand(text: string, placeholders: Placeholders): readonly SigmaText[] {
  let forms: readonly string[] = [text]
  for (const [whole, name = ''] of text.matchAll(PLACEHOLDER)) {
    const values = placeholders.get(name)
    if (values === undefined)
      throw new Refused(`the placeholder ${whole} has no values on this station`)
    forms = forms.flatMap((form) => values.map((value) => form.replace(whole, () => value)))
    if (forms.length > MAX_EXPANDED)
      throw new Refused(`the placeholders expand to more than ${MAX_EXPANDED} values`)
  }
  return forms.map((form) => parseText(form.replaceAll(String.raw`\%`, '%')))
}
