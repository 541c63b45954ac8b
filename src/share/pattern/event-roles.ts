// Which observables stand in an event, and which columns say what of them. An event holds several of one type (two addresses,
// a process and its parent): each is a role, and comparisons joined by AND must hold of one role.

import { HASH_WORDS, STORED_COLUMNS, columnText } from '../../model/index.ts'

/** What a path of an observable is in an event. `sql` is over columns; a list is `Array(String)`. */
export type Mapped = {
  readonly kind: 'text' | 'lower' | 'number' | 'address' | 'list' | 'time'
  readonly sql: string
}

export type Role = {
  /** For tests and for people: which observable of the event. */
  readonly name: string
  /** The observable is there. */
  readonly present: string
  /** By path as a pattern writes it, without the type. */
  readonly paths: Readonly<Record<string, Mapped>>
}

const text = (sql: string): Mapped => ({ kind: 'text', sql })
/** Whose value is written in lower case, whatever the log wrote. */
const lower = (sql: string): Mapped => ({ kind: 'lower', sql: `lowerUTF8(${sql})` })
const number = (sql: string): Mapped => ({ kind: 'number', sql })

const ADDRESSES = ['src_ip', 'dst_ip', 'src_nat_ip', 'dst_nat_ip', 'device_ip']
const NOWHERE = "toIPv6('::')"

const addressRoles = (version: 4 | 6): readonly Role[] =>
  ADDRESSES.map((column) => ({
    name: column,
    present: versionIs(column, version),
    paths: { value: { kind: 'address', sql: column }, type: text(`'ipv${version}-addr'`) },
  }))

function versionIs(column: string, version: 4 | 6): string {
  const isMapped = `isIPAddressInRange(toString(${column}), '::ffff:0:0/96')`
  return version === 4 ? isMapped : `(${column} != ${NOWHERE} AND NOT ${isMapped})`
}

const valueRoles = (columns: readonly string[], map: (sql: string) => Mapped): readonly Role[] =>
  columns.map((column) => ({
    name: column,
    present: `${column} != ''`,
    paths: { value: map(column) },
  }))

const BASENAME = (path: string) => `replaceRegexpOne(${path}, '^.*[\\\\\\\\/]', '')`
const DIRECTORY = (path: string) =>
  `if(match(${path}, '[\\\\\\\\/]'), replaceRegexpOne(${path}, '[\\\\\\\\/][^\\\\\\\\/]*$', ''), '')`
const HASH = (digits: number) =>
  text(`arrayFirst(word -> length(word) = ${digits} AND match(word, '^[0-9a-f]+$'), ${HASH_WORDS})`)
const HASHES = `arrayFilter(word -> match(word, '^[0-9a-f]{32,128}$'), ${HASH_WORDS})`

const named = (path: string) => ({
  name: text(BASENAME(path)),
  'parent_directory_ref.path': text(DIRECTORY(path)),
})

const fileRole: Role = {
  name: 'file',
  present: "(file_path != '' OR file_hash != '')",
  paths: {
    ...named('file_path'),
    'hashes.MD5': { ...HASH(32), kind: 'lower' },
    "hashes.'SHA-1'": { ...HASH(40), kind: 'lower' },
    "hashes.'SHA-256'": { ...HASH(64), kind: 'lower' },
    "hashes.'SHA-512'": { ...HASH(128), kind: 'lower' },
    'hashes[*]': { kind: 'list', sql: HASHES },
  },
}

const imageRole = (column: string): Role => ({
  name: column,
  present: `${column} != ''`,
  paths: named(column),
})

/** Names of section 6.12.1 for the numbers that IP headers hold. */
const PROTOCOL =
  "transform(proto_num, [1, 6, 17, 47, 50, 58, 132], ['icmp', 'tcp', 'udp', 'gre', 'esp', 'ipv6-icmp', 'sctp'], '')"
const side = (column: string) => ({
  value: { kind: 'address', sql: column } as const,
  type: text(
    `multiIf(${versionIs(column, 4)}, 'ipv4-addr', ${versionIs(column, 6)}, 'ipv6-addr', '')`,
  ),
})

const trafficRole: Role = {
  name: 'traffic',
  present: `(src_ip != ${NOWHERE} OR dst_ip != ${NOWHERE})`,
  paths: {
    'src_ref.value': side('src_ip').value,
    'src_ref.type': side('src_ip').type,
    'dst_ref.value': side('dst_ip').value,
    'dst_ref.type': side('dst_ip').type,
    src_port: number('src_port'),
    dst_port: number('dst_port'),
    src_byte_count: number('bytes_out'),
    dst_byte_count: number('bytes_in'),
    'protocols[*]': {
      kind: 'list',
      sql: `arrayFilter(word -> word != '', [${PROTOCOL}, lower(toString(app_proto))])`,
    },
    start: { kind: 'time', sql: 'time' },
    "extensions.'http-request-ext'.request_method": text('lower(toString(http_method))'),
    "extensions.'http-request-ext'.request_value": text('url'),
    "extensions.'http-request-ext'.request_header.'User-Agent'": text('user_agent'),
    "extensions.'http-request-ext'.request_header.'User-Agent'[*]": text('user_agent'),
    "extensions.'http-request-ext'.request_header.Referer": text('http_referrer'),
  },
}

const ran = (path: string, command: string) => ({
  command_line: text(command),
  'image_ref.name': text(BASENAME(path)),
  'image_ref.parent_directory_ref.path': text(DIRECTORY(path)),
  name: text(BASENAME(path)),
})

const processRoles: readonly Role[] = [
  {
    name: 'process',
    present: "(proc_path != '' OR proc_cmd != '')",
    paths: {
      ...ran('proc_path', 'proc_cmd'),
      'parent_ref.command_line': text('parent_cmd'),
      'parent_ref.image_ref.name': text(BASENAME('toString(parent_path)')),
      'parent_ref.name': text(BASENAME('toString(parent_path)')),
      'creator_user_ref.account_login': text('actor_user'),
      'creator_user_ref.user_id': text('actor_uid'),
    },
  },
  {
    name: 'parent',
    present: "(parent_path != '' OR parent_cmd != '')",
    paths: ran('toString(parent_path)', 'parent_cmd'),
  },
]

const accountRole = (name: string, login: string, id: string): Role => ({
  name,
  present: `(${login} != '' OR ${id} != '')`,
  paths: { account_login: text(login), user_id: text(id) },
})

/** Every type of observable that events can hold. */
export const EVENT_ROLES: Readonly<Record<string, readonly Role[]>> = {
  'ipv4-addr': addressRoles(4),
  'ipv6-addr': addressRoles(6),
  'domain-name': valueRoles(['dns_query', 'url_host', 'tls_sni', 'dst_host', 'src_host'], lower),
  url: valueRoles(['url'], text),
  'email-addr': ['actor_user', 'user_name'].map((column) => ({
    name: column,
    present: `position(${column}, '@') > 1`,
    paths: { value: text(column) },
  })),
  'user-account': [
    accountRole('actor', 'actor_user', 'actor_uid'),
    accountRole('target', 'user_name', 'user_uid'),
  ],
  'autonomous-system': [
    { name: 'src_asn', present: 'src_asn != 0', paths: { number: number('src_asn') } },
  ],
  'network-traffic': [trafficRole],
  process: processRoles,
  file: [fileRole, imageRole('proc_path'), imageRole('toString(parent_path)')],
}

/** An address column as its text. */
export function addressText(column: string): string {
  const found = STORED_COLUMNS.find(({ name }) => name === column)
  return found === undefined ? column : columnText(found)
}
