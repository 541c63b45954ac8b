// A STIX indicator as attributes of MISP: one for each value that its pattern names, or the pattern whole where it says more than
// "any of these values".

import type { Marking, MispAttribute } from '../../model/index.ts'
import { stableUuid } from '../hub/places.ts'
import { parsePattern } from '../pattern/parse-pattern.ts'
import { pathName } from '../pattern/pattern-paths.ts'
import type { Comparison, Observation } from '../pattern/pattern-tree.ts'
import type { JsonObject } from '../stix/problem.ts'

type Typed = Pick<MispAttribute, 'type' | 'category' | 'value'>
type Form = { readonly type: string; readonly category: string }

const NETWORK = 'Network activity'
const DELIVERY = 'Payload delivery'

const FORMS: Readonly<Record<string, Form>> = {
  'ipv4-addr:value': { type: 'ip-dst', category: NETWORK },
  'ipv6-addr:value': { type: 'ip-dst', category: NETWORK },
  'domain-name:value': { type: 'domain', category: NETWORK },
  'url:value': { type: 'url', category: NETWORK },
  'email-addr:value': { type: 'email-src', category: DELIVERY },
  'file:name': { type: 'filename', category: DELIVERY },
  'file:hashes.MD5': { type: 'md5', category: DELIVERY },
  "file:hashes.'SHA-1'": { type: 'sha1', category: DELIVERY },
  "file:hashes.'SHA-224'": { type: 'sha224', category: DELIVERY },
  "file:hashes.'SHA-256'": { type: 'sha256', category: DELIVERY },
  "file:hashes.'SHA-384'": { type: 'sha384', category: DELIVERY },
  "file:hashes.'SHA-512'": { type: 'sha512', category: DELIVERY },
  'file:hashes.SSDEEP': { type: 'ssdeep', category: DELIVERY },
  'file:hashes.TLSH': { type: 'tlsh', category: DELIVERY },
  'windows-registry-key:key': { type: 'regkey', category: 'Persistence mechanism' },
  "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'": {
    type: 'user-agent',
    category: NETWORK,
  },
  'x509-certificate:hashes.MD5': { type: 'x509-fingerprint-md5', category: NETWORK },
  "x509-certificate:hashes.'SHA-1'": { type: 'x509-fingerprint-sha1', category: NETWORK },
  "x509-certificate:hashes.'SHA-256'": { type: 'x509-fingerprint-sha256', category: NETWORK },
  'mutex:name': { type: 'mutex', category: 'Artifacts dropped' },
}
const PATTERN: Form = { type: 'stix2-pattern', category: 'Payload installation' }

/** Of one pattern; one that lists more is given whole. */
const MOST_VALUES = 200

/** How the markings of TLP are tagged there; the colours are those of FIRST. */
export const TLP_TAGS: Readonly<
  Record<Exclude<Marking, ''>, { readonly name: string; readonly colour: string }>
> = {
  clear: { name: 'tlp:clear', colour: '#ffffff' },
  green: { name: 'tlp:green', colour: '#33ff00' },
  amber: { name: 'tlp:amber', colour: '#ffc000' },
  'amber+strict': { name: 'tlp:amber+strict', colour: '#ffc000' },
  red: { name: 'tlp:red', colour: '#ff2b2b' },
}

/** The id of an attribute is that of its indicator, where that names one value; the same at each export. */
export function attributesOf(
  object: JsonObject,
  marking: Exclude<Marking, ''>,
): readonly MispAttribute[] {
  const id = String(object['id'])
  const uuid = id.slice(id.indexOf('--') + 2)
  const name = textIn(object['name'])
  const values = valuesOf(object)
  const firstSeen = textIn(object['valid_from'])
  return values.map((typed, at) => ({
    uuid: values.length === 1 ? uuid : stableUuid(`vigie misp attribute\n${id}\n${at}`),
    ...typed,
    to_ids: true,
    // One that was withdrawn stays as deleted, so that whoever has it lets it go.
    deleted: object['revoked'] === true,
    disable_correlation: false,
    distribution: '0',
    timestamp: secondsOf(textIn(object['modified'])),
    comment: name === typed.value ? '' : name.slice(0, 500),
    ...(firstSeen === '' ? {} : { first_seen: firstSeen }),
    Tag: [TLP_TAGS[marking], ...confidenceTags(object['confidence'])],
  }))
}

function valuesOf(object: JsonObject): readonly Typed[] {
  const pattern = textIn(object['pattern'])
  const whole = [{ ...PATTERN, value: pattern }]
  if (object['pattern_type'] !== 'stix') return []
  const parsed = parsePattern(pattern)
  const values = parsed.ok ? anyOf(parsed.value) : undefined
  if (values === undefined || values.length > MOST_VALUES) return parsed.ok ? whole : []
  const seen = new Map(values.map((one) => [`${one.type}\n${one.value}`, one]))
  return [...seen.values()]
}

/** Undefined for what is more than a list of values, any of which is enough. */
function anyOf(observation: Observation): readonly Typed[] | undefined {
  if (observation.kind === 'observed') return anyCompared(observation.comparison)
  return observation.kind === 'or' ? all(observation.parts.map(anyOf)) : undefined
}

function anyCompared(comparison: Comparison): readonly Typed[] | undefined {
  if (comparison.kind === 'or') return all(comparison.parts.map(anyCompared))
  if (comparison.kind !== 'compare' && comparison.kind !== 'in') return undefined
  const { path, not } = comparison
  if (not) return undefined
  const form = formOf(pathName(path))
  if (form === undefined) return undefined
  if (comparison.kind === 'in') return all(comparison.set.map((one) => valueOf(form, one)))
  const isValue = comparison.operator === '=' || isNetwork(comparison, path.type)
  return isValue ? valueOf(form, comparison.literal) : undefined
}

/** An address range is written as the address is. */
function isNetwork({ operator }: { readonly operator: string }, type: string): boolean {
  return operator === 'ISSUBSET' && (type === 'ipv4-addr' || type === 'ipv6-addr')
}

function formOf(path: string): Form | undefined {
  return Object.hasOwn(FORMS, path) ? FORMS[path] : undefined
}

function valueOf(
  form: Form,
  literal: { readonly kind: string; readonly value: unknown },
): readonly Typed[] | undefined {
  const { kind, value } = literal
  // A line break would end a line of the feed's list of hashes.
  const isPlain = kind === 'string' && typeof value === 'string' && !/[\r\n]/.test(value)
  return isPlain ? [{ ...form, value }] : undefined
}

function all(parts: readonly (readonly Typed[] | undefined)[]): readonly Typed[] | undefined {
  const known = parts.filter((part) => part !== undefined)
  return known.length === parts.length ? known.flat() : undefined
}

/** As the taxonomy `misp` says it, in its five steps. */
function confidenceTags(confidence: unknown): readonly { name: string; colour: string }[] {
  if (typeof confidence !== 'number') return []
  const steps = [
    'unconfident',
    'rarely-confident',
    'fairly-confident',
    'usually-confident',
  ] as const
  const step = steps[Math.floor(confidence / 25)] ?? 'completely-confident'
  return [{ name: `misp:confidence-level="${step}"`, colour: '#0088cc' }]
}

export function secondsOf(instant: string): string {
  const ms = Date.parse(instant)
  return String(Number.isNaN(ms) ? 0 : Math.floor(ms / 1000))
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
