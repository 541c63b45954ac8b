// What stands between square brackets as a condition over the columns of one event. Constants are bound, never text.

import { sql, trusted, typed } from '../../store/index.ts'
import type { Sql, Typed } from '../../store/index.ts'
import { comparableTime, isIpv4, isIpv6, isTimestamp } from '../stix/formats.ts'
import { Refused, allOf, anyOf, not, presentAnd } from './condition.ts'
import type { Condition } from './condition.ts'
import { EVENT_ROLES, addressText } from './event-roles.ts'
import type { Mapped, Role } from './event-roles.ts'
import { networkOf } from './network.ts'
import { pathName } from './pattern-paths.ts'
import type { Comparison, Literal, ObjectPath, Operator } from './pattern-tree.ts'

/** Throws Refused with what events cannot say. */
export function compileComparison(comparison: Comparison): Condition {
  const types = new Set(typesOf(comparison))
  return anyOf(
    [...types].flatMap((type) =>
      (EVENT_ROLES[type] ?? refuseType(type)).map((role) =>
        presentAnd(role.present, within(comparison, type, role)),
      ),
    ),
  )
}

function typesOf(comparison: Comparison): readonly string[] {
  return 'path' in comparison ? [comparison.path.type] : comparison.parts.flatMap(typesOf)
}

function refuseType(type: string): never {
  throw new Refused(type, 'events hold no such observable')
}

type Leaf = Exclude<Comparison, { kind: 'and' | 'or' }>

/** The comparison of one observable of the event. */
function within(comparison: Comparison, type: string, role: Role): Condition {
  if (!('path' in comparison)) {
    const parts = comparison.parts.map((part) => within(part, type, role))
    return comparison.kind === 'and' ? allOf(parts) : anyOf(parts)
  }
  // Section 9.5: what is joined in one pair of brackets holds of one observable.
  if (comparison.path.type !== type) return 'never'
  const mapped = mappedOf(comparison.path, role)
  if (mapped === undefined)
    return comparison.kind === 'exists' && comparison.not ? 'always' : 'never'
  return leaf(comparison, mapped)
}

/** Undefined when another role of the type has the path and this one has not. */
function mappedOf(path: ObjectPath, { paths }: Role): Mapped | undefined {
  const name = pathName(path).slice(path.type.length + 1)
  const own = paths[name]
  if (own !== undefined) return own
  const isKnown = EVENT_ROLES[path.type]?.some((role) => role.paths[name] !== undefined) === true
  if (isKnown) return undefined
  throw new Refused(pathName(path), 'no column of events holds it')
}

function leaf(comparison: Leaf, mapped: Mapped): Condition {
  const isThere = presentOf(mapped)
  if (comparison.kind === 'exists') return comparison.not ? not(isThere) : isThere
  const { path } = comparison
  const tests: readonly { readonly operator: Operator; readonly literal: Literal }[] =
    comparison.kind === 'compare'
      ? [comparison]
      : comparison.set.map((literal) => ({ operator: '=' as const, literal }))
  if (comparison.kind === 'in') checkSet(comparison.set, path)
  const holds = (one: Mapped) => {
    const met = anyOf(tests.map((test) => compare(one, test, path)))
    return comparison.not ? not(met) : met
  }
  if (mapped.kind !== 'list') return allOf([isThere, holds(mapped)])
  const each = holds({ kind: 'lower', sql: 'word' })
  if (each === 'never') return 'never'
  if (each === 'always') return isThere
  return sql`arrayExists(word -> ${each}, ${trusted(mapped.sql)})`
}

function presentOf({ kind, sql: text }: Mapped): Condition {
  if (kind === 'time') return 'always'
  if (kind === 'list') return trusted(`notEmpty(${text})`)
  if (kind === 'number') return trusted(`${text} != 0`)
  return trusted(kind === 'address' ? `${text} != toIPv6('::')` : `${text} != ''`)
}

function checkSet(set: readonly Literal[], path: ObjectPath): void {
  const types = new Set(set.map(({ kind }) => (kind === 'float' ? 'integer' : kind)))
  if (types.size > 1) throw new Refused(pathName(path), 'a set of constants of several types')
}

type Test = { readonly operator: Operator; readonly literal: Literal }

function compare(mapped: Mapped, { operator, literal }: Test, path: ObjectPath): Condition {
  if (operator === 'ISSUBSET' || operator === 'ISSUPERSET')
    return related(mapped, { operator, literal }, path)
  if (operator === 'LIKE' || operator === 'MATCHES')
    return alike(mapped, { operator, literal }, path)
  if (mapped.kind === 'time') return compareTime(mapped, { operator, literal }, path)
  const value = bound(mapped, literal, path)
  // Section 9.6.1: constants of another type are unequal, and in no order.
  if (value === undefined) return operator === '!=' ? 'always' : 'never'
  if (mapped.kind !== 'address' || (operator !== '=' && operator !== '!='))
    return sql`${textual(mapped)} ${trusted(operator)} ${value}`
  const address = networkOf(String(literal.value))
  if (address === undefined || address.low !== address.high)
    return operator === '!=' ? 'always' : 'never'
  return sql`${trusted(mapped.sql)} ${trusted(operator)} ${typed('IPv6', address.low)}`
}

function textual({ kind, sql: text }: Mapped): Sql {
  return trusted(kind === 'address' ? addressText(text) : text)
}

/** The constant as the column's type. */
function bound({ kind }: Mapped, literal: Literal, path: ObjectPath): string | Typed | undefined {
  if (literal.kind === 'timestamp') {
    if (kind === 'number') return undefined
    throw new Refused(pathName(path), 'a timestamp against what is a text in events')
  }
  if (kind === 'number')
    return literal.kind === 'integer' || literal.kind === 'float'
      ? typed('Float64', literal.value)
      : undefined
  if (literal.kind === 'boolean' || literal.kind === 'integer' || literal.kind === 'float')
    return undefined
  // Bytes stand for the letters of the same number.
  const text = Buffer.isBuffer(literal.value)
    ? literal.value.toString('latin1')
    : String(literal.value)
  return kind === 'lower' ? text.toLowerCase() : text
}

function compareTime(
  { sql: column }: Mapped,
  { operator, literal }: Test,
  path: ObjectPath,
): Condition {
  if (literal.kind !== 'timestamp' || !isTimestamp(literal.value))
    throw new Refused(pathName(path), 'a time is compared with a timestamp')
  return sql`${trusted(`toUnixTimestamp64Milli(${column})`)} ${trusted(operator)} ${typed('Float64', milliseconds(literal.value))}`
}

/** With the fraction that a millisecond has in the constant. */
export function milliseconds(timestamp: string): number {
  const [whole = '', fraction = ''] = comparableTime(timestamp).split('.')
  return Date.parse(`${whole}Z`) + Number(`0.${fraction}`) * 1000
}

function related(mapped: Mapped, { operator, literal }: Test, path: ObjectPath): Condition {
  const text = String(literal.value)
  const network = isIpv4(text) || isIpv6(text) ? networkOf(text) : undefined
  if (network === undefined)
    throw new Refused(pathName(path), `${text.slice(0, 50)} is no address or network`)
  if (mapped.kind !== 'address') return 'never'
  const column = trusted(mapped.sql)
  if (operator === 'ISSUPERSET')
    return network.low === network.high ? sql`${column} = ${typed('IPv6', network.low)}` : 'never'
  return sql`(${column} >= ${typed('IPv6', network.low)} AND ${column} <= ${typed('IPv6', network.high)})`
}

/** What the engine's linear-time expressions have no form for. */
const NOT_LINEAR = /\(\?(?:[=!>#&]|<[=!]|P[=>])|\\(?:[1-9]|[kgKGRX])|[*+?}]\+/

function alike(mapped: Mapped, { operator, literal }: Test, path: ObjectPath): Condition {
  if (mapped.kind === 'number') return 'never'
  if (mapped.kind === 'time') throw new Refused(pathName(path), 'a time has no letters')
  const written = String(literal.value).normalize('NFC')
  const pattern = mapped.kind === 'lower' && operator === 'LIKE' ? written.toLowerCase() : written
  const plain = textual(mapped)
  // Section 9.6.2. Where the constant is ASCII, no text that it meets is changed by it.
  const value = /^[\u0020-\u007E]*$/.test(pattern) ? plain : sql`normalizeUTF8NFC(${plain})`
  if (operator === 'LIKE') return sql`${value} LIKE ${pattern.replaceAll('\\', '\\\\')}`
  if (NOT_LINEAR.test(pattern))
    throw new Refused(
      pathName(path),
      'the expression looks around or back, which is not done in linear time',
    )
  return sql`match(${value}, ${`(?s)${pattern}`})`
}
