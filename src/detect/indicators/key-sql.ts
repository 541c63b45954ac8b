// What a row shows, as the keys that indicators are compared by: SQL over one value of one column. The forms are those
// of `normalise.ts`.

import { HASH_WORDS, STORED_COLUMNS, columnText, observedOf } from '../../model/index.ts'
import type { IndicatorKind } from '../../model/index.ts'

/** Prefix lengths that lists hold, so that an address is cut to those alone. */
export type PrefixLengths = { readonly four: readonly number[]; readonly six: readonly number[] }

export type KeySource = {
  readonly column: string
  /** Columns it reads. */
  readonly reads: readonly string[]
  readonly kinds: readonly IndicatorKind[]
  /** SQL of the value; of each value where `isList`. */
  readonly value: string
  readonly isList: boolean
  /** SQL that is false for rows without a value. */
  readonly given: string
  /** SQL of the value's keys, Array(String), over `v`. */
  readonly keys: (lengths: PrefixLengths) => string
  /** SQL of the value as a person reads it, over `v`. */
  readonly shown: string
}

const NAME_COLUMNS: ReadonlySet<string> = new Set([
  'src_host',
  'dst_host',
  'url_host',
  'tls_sni',
  'dns_query',
])
const ACCOUNT_COLUMNS: ReadonlySet<string> = new Set(['actor_user', 'user_name'])
const { addresses, texts } = observedOf(STORED_COLUMNS)

/** Labels of a name that are looked at; names of more are cut from the left. */
const MOST_LABELS = 12

const labels = (text: string) =>
  `splitByChar('.', trimRight(replaceRegexpOne(lower(${text}), ':[0-9]{1,5}$', ''), '.'))`

/** The name and every name above it that has a dot. */
const suffixes = (text: string) =>
  `arrayMap(l -> arrayMap(i -> arrayStringConcat(arraySlice(l, -i), '.'), range(2, least(length(l), ${MOST_LABELS}) + 1)), [${labels(text)}])[1]`

const prefixKeys = (address: string, { four, six }: PrefixLengths) =>
  `if(startsWith(toString(${address}), '::ffff:'),
  arrayMap(n -> concat(replaceOne(toString(IPv6CIDRToRange(${address}, toUInt8(96 + n)).1), '::ffff:', ''), '/', toString(n)), ${list(four)}),
  arrayMap(n -> concat(toString(IPv6CIDRToRange(${address}, toUInt8(n)).1), '/', toString(n)), ${list(six)}))`

const list = (numbers: readonly number[]) => `CAST([${numbers.join(', ')}], 'Array(UInt8)')`
const text = (address: string) => `replaceOne(toString(${address}), '::ffff:', '')`

function addressKeys(address: string, lengths: PrefixLengths): string {
  const own = `[${text(address)}]`
  if (lengths.four.length + lengths.six.length === 0) return own
  return `arrayConcat(${own}, ${prefixKeys(address, lengths)})`
}

/** A value that may be anything: an address, a name, a number. */
function anyKeys(lengths: PrefixLengths): string {
  return `if(isIPv4String(v) OR isIPv6String(v), ${addressKeys('toIPv6OrDefault(v)', lengths)}, arrayDistinct(arrayConcat([lowerUTF8(v)], ${suffixes('v')})))`
}

const separators = `'[\\\\\\\\/]'`
const pathKeys = `arrayDistinct([lowerUTF8(v), lowerUTF8(arrayElement(splitByRegexp(${separators}, v), -1))])`

/** The key and every key above it, hives by their short names. */
const registryKeys = `arrayMap(p -> arrayMap(i -> arrayStringConcat(arraySlice(p, 1, i), '\\\\'), range(2, least(length(p), 20) + 1)),
  [splitByChar('\\\\', replaceOne(replaceOne(replaceOne(replaceOne(lowerUTF8(v), 'hkey_local_machine\\\\', 'hklm\\\\'), 'hkey_current_user\\\\', 'hkcu\\\\'), 'hkey_users\\\\', 'hku\\\\'), 'hkey_classes_root\\\\', 'hkcr\\\\'))])[1]`

/** With and without the default port, as lists and products write it. */
const urlKeys = `[replaceRegexpOne(replaceRegexpOne(lowerUTF8(if(position(v, '://') > 0, substring(v, position(v, '://') + 3), v)), '#.*$', ''), '^([^/?:]+)(?::(?:80|443))?([/?]|$)', '\\\\1\\\\2'),
  concat(replaceRegexpOne(replaceRegexpOne(lowerUTF8(if(position(v, '://') > 0, substring(v, position(v, '://') + 3), v)), '#.*$', ''), '^([^/?:]+)(?::(?:80|443))?$', '\\\\1'), '/')]`

const ANY_TEXT: readonly IndicatorKind[] = [
  'address',
  'prefix',
  'domain',
  'hash',
  'email',
  'fingerprint',
  'certificate',
]

function plain(
  column: string,
  kinds: readonly IndicatorKind[],
  keys: (lengths: PrefixLengths) => string,
): KeySource {
  const value = `toString(${column})`
  return {
    column,
    reads: [column],
    kinds,
    value,
    isList: false,
    given: `${column} != ''`,
    keys,
    shown: 'v',
  }
}

function listed(column: string, value = column): KeySource {
  const given = `notEmpty(${column})`
  return {
    column,
    reads: [column],
    kinds: ANY_TEXT,
    value,
    isList: true,
    given,
    keys: anyKeys,
    shown: 'v',
  }
}

const ofAddress = (lengths: PrefixLengths) => addressKeys('v', lengths)
const ofPath = () => pathKeys
const exact = () => '[lowerUTF8(v)]'
const nameKeys = () => `arrayDistinct(arrayConcat([lowerUTF8(v)], ${suffixes('v')}))`

/** Every place of a row that an indicator may be met in. */
export const KEY_SOURCES: readonly KeySource[] = [
  ...addresses.map((column): KeySource => ({
    column: column.name,
    reads: [column.name],
    kinds: ['address', 'prefix'],
    value: column.name,
    isList: false,
    given: `${column.name} != toIPv6('::')`,
    keys: ofAddress,
    shown: columnText({ name: 'v', type: 'IPv6' }),
  })),
  ...texts
    .filter(({ name }) => NAME_COLUMNS.has(name))
    .map(({ name }) => plain(name, ['domain'], nameKeys)),
  ...texts
    .filter(({ name }) => ACCOUNT_COLUMNS.has(name))
    .map(({ name }) => plain(name, ['email'], exact)),
  plain('tls_ja4', ['fingerprint'], exact),
  listed('dns_answers'),
  listed('other_observables'),
  { ...listed('file_hash', HASH_WORDS), kinds: ['hash'], given: "file_hash != ''", keys: exact },
  plain('proc_path', ['file_name'], ofPath),
  plain('parent_path', ['file_name'], ofPath),
  plain('file_path', ['file_name'], ofPath),
  {
    ...plain('file_path', ['registry_key'], () => registryKeys),
    given: "startsWith(lower(file_path), 'hk')",
  },
  plain('user_agent', ['user_agent'], exact),
  {
    ...plain('url', ['url'], () => urlKeys),
    reads: ['url', 'url_host'],
    value: "if(startsWith(url, '/'), concat(url_host, url), url)",
  },
]

/** Columns that matching reads. */
export const KEY_COLUMNS: readonly string[] = [
  ...new Set(KEY_SOURCES.flatMap(({ reads }) => reads)),
]

/** The value as it is kept: addresses and networks as the engine prints them. SQL over `kind` and `key`. */
export const CANONICAL_KEY = `multiIf(kind = 'address', ${text('toIPv6OrDefault(key)')},
  kind = 'prefix', ${prefixText()}, key)`

function prefixText(): string {
  const address = `toIPv6OrDefault(splitByChar('/', key)[1])`
  const bits = `toUInt8OrZero(splitByChar('/', key)[2])`
  const range = `IPv6CIDRToRange(${address}, toUInt8(least(128, if(position(key, ':') = 0, 96 + ${bits}, ${bits}))))`
  return `concat(${text(`${range}.1`)}, '/', toString(${bits}))`
}

export type KeyFamily = Pick<KeySource, 'value' | 'given' | 'keys'>

/** Places whose keys are made alike, as one: what a statement costs to plan grows with its parts. */
export function familiesOf(sources: readonly KeySource[]): readonly KeyFamily[] {
  const alone = sources.filter(isAlone).map(({ value, isList, given, keys }) => ({
    value: isList ? `arrayJoin(${value})` : value,
    given,
    keys,
  }))
  const alike = Map.groupBy(
    sources.filter((source) => !isAlone(source)),
    ({ keys }) => keys,
  )
  const joined = [...alike].map(([keys, some]): KeyFamily => {
    const all = [...new Set(some.map(({ value }) => value))].join(', ')
    const value = some[0]?.isList === true ? `arrayConcat(${all})` : `[${all}]`
    return { value: `arrayJoin(${value})`, given: '1', keys }
  })
  return [...alone, ...joined]
}

/** Its condition leaves most rows out before anything is made of them. */
function isAlone({ column, kinds }: KeySource): boolean {
  return column === 'file_hash' || column === 'url' || kinds[0] === 'registry_key'
}
