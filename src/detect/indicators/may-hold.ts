// Which stored rows may hold one of a few values: true of every row that does, and of few others, so that the rest of an
// archive is passed over quickly.

import { isIP } from 'node:net'
import { STORED_COLUMNS, observableKeys } from '../../model/index.ts'
import type { IndicatorKind } from '../../model/index.ts'
import { join, name, sql, trusted, typed } from '../../store/index.ts'
import type { Sql } from '../../store/index.ts'
import { KEY_SOURCES } from './key-sql.ts'
import type { KeySource } from './key-sql.ts'
import type { Known } from './match.ts'

/** Kinds that stand in rows whole, so that the index of observables leads to their blocks. */
const WHOLE: ReadonlySet<IndicatorKind> = new Set([
  'address',
  'hash',
  'email',
  'fingerprint',
  'certificate',
])
/** Values that one pass looks for by comparing alone: the engine takes 255 needles at a time. */
export const MOST_FEW = 200

type Value = Pick<Known, 'kind' | 'key'>

/** One condition for those that an index leads to, one for those that are looked for in every block. */
export function mayHold(values: readonly Value[]): readonly Sql[] {
  const whole = values.filter(({ kind }) => WHOLE.has(kind))
  const others = values.filter(({ kind }) => !WHOLE.has(kind))
  return [
    ...(whole.length === 0
      ? []
      : [sql`indexHint(hasAny(${INDEX}, [${numbers(whole)}])) AND ${anySource(whole)}`]),
    ...(others.length === 0 ? [] : [anySource(others)]),
  ]
}

const INDEX = trusted(observableKeys(STORED_COLUMNS))

function numbers(values: readonly Value[]): Sql {
  const all = values.flatMap(({ kind, key }) => [
    sql`cityHash64(${key})`,
    ...(kind === 'address' ? [sql`cityHash64(${typed('IPv6', key)})`] : []),
  ])
  return join(all, ', ')
}

/** Inside one function, because the engine's choice of blocks gives up on conditions of more than 32 parts. */
function anySource(values: readonly Value[]): Sql {
  const parts = KEY_SOURCES.flatMap((source) => {
    const own = values.filter(({ kind }) => source.kinds.includes(kind))
    return own.length === 0 ? [] : ofSource(source, own)
  })
  return sql`if(${join(parts, ' OR ')}, 1, 0)`
}

function ofSource(source: KeySource, values: readonly Value[]): readonly Sql[] {
  const { column, isList } = source
  const addresses = values.filter(({ kind }) => kind === 'address').map(({ key }) => key)
  const prefixes = values.filter(({ kind }) => kind === 'prefix').map(({ key }) => key)
  const needles = values.flatMap(needlesOf)
  if (source.kinds[0] === 'address' && !isList) {
    const among = addresses.map((key) => sql`${name(column)} = ${typed('IPv6', key)}`)
    return [...among, ...prefixes.map((key) => within(name(column), key))]
  }
  const texts = [...needles, ...addresses]
  const isEach = isList && column !== 'file_hash'
  const item = isEach ? trusted('o') : name(column)
  const parts = [
    ...(texts.length === 0
      ? []
      : [sql`multiSearchAnyCaseInsensitive(toString(${item}), ${typed('Array(String)', texts)})`]),
    ...prefixes.map((key) => within(sql`toIPv6OrDefault(${item})`, key)),
  ]
  if (parts.length === 0) return []
  const any = join(parts, ' OR ')
  const condition = isEach ? sql`arrayExists(o -> ${any}, ${name(column)})` : any
  const beside =
    column === 'url'
      ? [
          sql`multiSearchAnyCaseInsensitive(url_host, ${typed('Array(String)', values.map(hostOf))})`,
        ]
      : []
  return [sql`(${trusted(source.given)} AND (${condition}))`, ...beside]
}

/** What the row holds of the value, whatever the form; addresses and networks are compared as such. */
function needlesOf({ kind, key }: Value): readonly string[] {
  switch (kind) {
    case 'address':
    case 'prefix':
      return []
    case 'url': {
      const path = key.slice(key.indexOf('/'))
      return path.length > 3 ? [path] : [hostOf({ kind, key })]
    }
    case 'registry_key':
      return [key.slice(key.indexOf('\\') + 1)]
    case 'certificate':
    case 'domain':
    case 'email':
    case 'file_name':
    case 'fingerprint':
    case 'hash':
    case 'user_agent':
    default:
      return [key]
  }
}

function hostOf({ key }: Value): string {
  return key.split(/[/:]/, 1)[0] ?? key
}

function within(value: Sql, prefix: string): Sql {
  const [address = '', length = '0'] = prefix.split('/')
  const bits = Number(length) + (isIP(address) === 4 ? 96 : 0)
  const range = sql`IPv6CIDRToRange(${typed('IPv6', address)}, ${typed('UInt8', bits)})`
  return sql`(${value} >= ${range}.1 AND ${value} <= ${range}.2)`
}
