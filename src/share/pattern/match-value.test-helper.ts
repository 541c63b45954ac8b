// For tests: whether a value of an observable meets a constant, word by word as STIX 2.1 section 9.6 says it.

import { isTimestamp, comparableTime } from '../stix/formats.ts'
import type { Literal, Operator } from './pattern-tree.ts'

/** A pattern whose constants do not fit what they are held against: its author is told, it matches nothing. */
export class Unfit extends Error {}

/** `name` is that of the property: its ending says how bytes are written in it. */
export function meets(
  value: unknown,
  name: string,
  { operator, literal }: { operator: Operator; literal: Literal },
): boolean {
  const met = valueOf(value, name)
  if (operator === 'ISSUBSET' || operator === 'ISSUPERSET')
    return isRelated(value, literal, operator)
  if (operator === 'LIKE' || operator === 'MATCHES')
    return isLike(met, String(literal.value), operator)
  const order = orderOf(met, literal)
  if (operator === '=') return order === 0
  if (operator === '!=') return order !== 0
  if (order === undefined) return false
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

/** Bytes for properties that hold bytes. */
function valueOf(value: unknown, name: string): unknown {
  if (typeof value !== 'string') return value
  if (name.endsWith('_bin')) return Buffer.from(value, 'base64')
  if (name.endsWith('_hex')) return Buffer.from(value, 'hex')
  return value
}

function orderOf(value: unknown, literal: Literal): number | undefined {
  if (literal.kind === 'timestamp') return timeOrder(value, literal.value)
  if (literal.kind === 'integer' || literal.kind === 'float')
    return typeof value === 'number' ? sign(value - literal.value) : undefined
  if (literal.kind === 'boolean') return value === literal.value ? 0 : undefined
  if (literal.kind === 'string' && typeof value === 'string')
    return codePointOrder(value, literal.value)
  const [one, other] = [bytesOf(value), bytesOf(literal.value)]
  return one === undefined || other === undefined ? undefined : Buffer.compare(one, other)
}

function timeOrder(value: unknown, literal: string): number | undefined {
  if (!isTimestamp(literal)) throw new Unfit(`no such day: ${literal}`)
  if (typeof value !== 'string') return undefined
  if (!isTimestamp(value)) throw new Unfit('a timestamp against a text that is none')
  const [one, other] = [comparableTime(value), comparableTime(literal)]
  return one < other ? -1 : one > other ? 1 : 0
}

/** A text of code points below 256 may stand for bytes. */
function bytesOf(value: unknown): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value
  if (typeof value !== 'string' || /[^\u0000-\u00FF]/.test(value)) return undefined
  return Buffer.from(value, 'latin1')
}

function codePointOrder(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8'))
}

function sign(value: number): number {
  return value < 0 ? -1 : value > 0 ? 1 : 0
}

function isLike(value: unknown, pattern: string, operator: 'LIKE' | 'MATCHES'): boolean {
  const text = Buffer.isBuffer(value) ? value.toString('latin1') : value
  if (typeof text !== 'string') return false
  if (Buffer.isBuffer(value) && bytesOf(pattern) === undefined) return false
  const normal = (one: string) => (Buffer.isBuffer(value) ? one : one.normalize('NFC'))
  const source = operator === 'MATCHES' ? pattern : `^${likeSource(pattern)}$`
  return new RegExp(normal(source), 'su').test(normal(text))
}

function likeSource(pattern: string): string {
  const escaped = pattern.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, (letter) => `\\${letter}`)
  return escaped.replaceAll('%', '.*').replaceAll('_', '.')
}

type Net = { readonly bits: bigint; readonly width: number; readonly length: number }

function isRelated(value: unknown, literal: Literal, operator: 'ISSUBSET' | 'ISSUPERSET'): boolean {
  const said = netOf(String(literal.value))
  if (said === undefined) throw new Unfit(`no address or network: ${String(literal.value)}`)
  const met = typeof value === 'string' ? netOf(value) : undefined
  if (met === undefined) return false
  return operator === 'ISSUBSET' ? isWithin(met, said) : isWithin(said, met)
}

function isWithin(inner: Net, outer: Net): boolean {
  if (inner.width !== outer.width || inner.length < outer.length) return false
  const shift = BigInt(outer.width - outer.length)
  return inner.bits >> shift === outer.bits >> shift
}

function netOf(text: string): Net | undefined {
  const [address = '', length] = text.split('/')
  if (/^\d+(?:\.\d+){3}$/.test(address)) {
    const bits = address.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n)
    return { bits, width: 32, length: Number(length ?? 32) }
  }
  if (!URL.canParse(`http://[${address}]/`)) return undefined
  const plain = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [left = '', right] = plain.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const [head, tail] = [groups(left), groups(right ?? '')]
  const filled = [
    ...head,
    ...Array.from({ length: 8 - head.length - tail.length }, () => '0'),
    ...tail,
  ]
  const bits = filled.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n)
  return { bits, width: 128, length: Number(length ?? 128) }
}
