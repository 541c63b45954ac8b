// The wide event: every column, in storage order. The table, the docs, the hunt's field list and the Sigma mapping are
// made from this list.

import { LC, S, ZSTD, column } from './event-column.ts'
import type { EventColumn } from './event-column.ts'
import { NETWORK } from './network-columns.ts'
import { observablesOf } from './observables.ts'

export { columnDefinition, columnText } from './event-column.ts'
export type { EventColumn } from './event-column.ts'

const TIME = "DateTime64(3, 'UTC')"
const BASIS =
  "Enum8('event' = 1, 'assumed_zone' = 2, 'header' = 3, 'received' = 4, 'year_inferred' = 5)"
const STATUS = "Enum8('ok' = 1, 'partial' = 2, 'failed' = 3, 'unknown' = 4)"

/** Where the row came from; set by `collect`, never by a parser. */
const PROVENANCE: readonly EventColumn[] = [
  column(
    'received',
    TIME,
    ['metadata.logged_time', 'event.ingested'],
    'When the station took the line',
    { codec: 'Delta(8), ZSTD(1)', use: 'record' },
  ),
  column('source', LC, ['metadata.loggers[0].uid', null], 'Listener and sender, or the file', {
    use: 'filter',
  }),
  column('batch', LC, [null, null], 'Batch the line was acknowledged in', { use: 'record' }),
  column('line', 'UInt32', [null, null], 'Position in the batch', {
    codec: 'Delta(4), ZSTD(1)',
    use: 'record',
  }),
  column(
    'context',
    LC,
    [null, null],
    'What the line needs from elsewhere in its file, such as a header row',
    { use: 'record' },
  ),
  column('raw', S, ['raw_data', 'event.original'], 'The line as it came', {
    use: 'record',
  }),
  column('parser', LC, ['metadata.transformation_info_list', null], 'Parser that read the line', {
    use: 'filter',
  }),
  column('parse_status', STATUS, [null, null], 'How well the line was understood', {
    use: 'filter',
  }),
]

const WHAT: readonly EventColumn[] = [
  column('time', TIME, ['time', '@timestamp'], 'When it happened', {
    codec: 'Delta(8), ZSTD(1)',
    use: 'lead',
  }),
  column('time_basis', BASIS, [null, null], 'What the time rests on', { use: 'record' }),
  column('vendor', LC, ['metadata.product.vendor_name', 'observer.vendor'], 'Maker of the product'),
  column(
    'product',
    LC,
    ['metadata.product.name', 'observer.product'],
    'Product that wrote the line',
    { use: 'lead' },
  ),
  column('log_name', LC, ['metadata.log_name', 'event.dataset'], 'Channel, log type or category', {
    sigma: ['Channel'],
  }),
  column('event_code', LC, ['metadata.event_code', 'event.code'], 'Event or message id', {
    sigma: ['EventID'],
    use: 'lead',
  }),
  column('class_uid', 'UInt32', ['class_uid', null], 'OCSF class'),
  column('activity_id', 'UInt8', ['activity_id', 'event.action'], 'OCSF activity of the class'),
  column(
    'severity_id',
    'UInt8',
    ['severity_id', 'event.severity'],
    'OCSF severity: 1 informational to 6 fatal',
  ),
  column('status_id', 'UInt8', ['status_id', 'event.outcome'], '1 success, 2 failure'),
  column('status_code', LC, ['status_code', 'error.code'], 'Status as the product writes it'),
  column('status_detail', S, ['status_detail', 'event.reason'], 'Reason as the product writes it'),
  column('action', LC, ['action', 'event.action'], 'Action as the product writes it', {
    use: 'lead',
  }),
  column('action_id', 'UInt8', ['action_id', 'event.type'], '1 allowed, 2 denied'),
  column('disposition_id', 'UInt8', ['disposition_id', null], 'OCSF disposition'),
  column('message', S, ['message', 'message'], 'What a person reads', {
    codec: ZSTD,
    use: 'lead',
  }),
  column('device_name', LC, ['device.hostname', 'host.name'], 'Device that wrote the line', {
    isObserved: true,
    sigma: ['Computer', 'ComputerName', 'Hostname'],
    use: 'lead',
  }),
  column('device_ip', 'IPv6', ['device.ip', 'host.ip'], 'Address of that device'),
  column('device_uid', LC, ['device.uid', 'observer.serial_number'], 'Serial number or agent id', {
    use: 'record',
  }),
]

const WHO: readonly EventColumn[] = [
  column('actor_user', S, ['actor.user.name', 'user.name'], 'Account that acted', {
    isObserved: true,
    use: 'lead',
  }),
  column('actor_uid', S, ['actor.user.uid', 'user.id'], 'Its id', { use: 'record' }),
  column('user_name', S, ['user.name', 'user.target.name'], 'Account acted upon or signing in', {
    isObserved: true,
    use: 'lead',
  }),
  column('user_uid', S, ['user.uid', 'user.target.id'], 'Its id', { use: 'record' }),
  column('user_domain', LC, ['user.domain', 'user.domain'], 'Its domain'),
  column('session_uid', S, ['session.uid', null], 'Session or connection id'),
  column('auth_protocol', LC, ['auth_protocol', null], 'Authentication protocol or method'),
  column('logon_type', 'UInt8', ['logon_type_id', null], 'Windows logon type', {
    sigma: ['LogonType'],
  }),
  column('is_mfa', 'UInt8', ['is_mfa', null], '1 no second factor, 2 second factor, 0 unknown'),
]

const HOST: readonly EventColumn[] = [
  column('proc_path', S, ['process.file.path', 'process.executable'], 'Program', { use: 'lead' }),
  column('proc_cmd', S, ['process.cmd_line', 'process.command_line'], 'Its command line', {
    use: 'lead',
  }),
  column('proc_uid', S, ['process.uid', 'process.entity_id'], 'Its id', { use: 'record' }),
  column(
    'proc_name_original',
    LC,
    ['process.file.internal_name', 'process.pe.original_file_name'],
    'Name the maker compiled into it',
  ),
  column(
    'parent_path',
    LC,
    ['process.parent_process.file.path', 'process.parent.executable'],
    'Program that started it',
  ),
  column(
    'parent_cmd',
    S,
    ['process.parent_process.cmd_line', 'process.parent.command_line'],
    'Its command line',
  ),
  column('file_path', S, ['file.path', 'file.path'], 'File or registry path'),
  column('file_hash', S, ['file.hashes', 'file.hash'], 'Hashes as the product writes them'),
  column(
    'script',
    S,
    ['script.script_content', 'powershell.file.script_block_text'],
    'Script text',
    { use: 'record' },
  ),
  column(
    'provider',
    LC,
    ['metadata.log_provider', 'event.provider'],
    'Windows provider, or the program that logged',
    { sigma: ['Provider_Name'] },
  ),
]

const CLOUD: readonly EventColumn[] = [
  column('api_operation', LC, ['api.operation', 'event.action'], 'Operation called', {
    use: 'lead',
  }),
  column('api_service', LC, ['api.service.name', 'event.provider'], 'Service called'),
  column('cloud_account', LC, ['cloud.account.uid', 'cloud.account.id'], 'Tenant or account'),
  column('resource', S, ['resources[0].uid', null], 'Thing acted upon'),
  column('finding_uid', LC, ['finding_info.uid', 'rule.id'], 'Id of the sensor signature'),
  column(
    'finding_title',
    LC,
    ['finding_info.title', 'rule.name'],
    'Title of the sensor signature',
    { use: 'lead' },
  ),
  column(
    'finding_category',
    LC,
    ['finding_info.types', 'rule.category'],
    'Category of the sensor signature',
  ),
  column(
    'cves',
    'Array(LowCardinality(String))',
    ['vulnerabilities.cve.uid', 'vulnerability.id'],
    'CVE ids named',
  ),
  column(
    'other_observables',
    'Array(String)',
    [null, null],
    'Observables that stand in no column of their own, lower case',
    { codec: ZSTD, use: 'record' },
  ),
]

/** Columns kept in the `events` table, in storage order. */
export const STORED_COLUMNS: readonly EventColumn[] = [
  ...WHAT,
  ...PROVENANCE,
  ...WHO,
  ...NETWORK,
  ...HOST,
  ...CLOUD,
]

/** Columns of an event as people ask for them. */
export const EVENT_COLUMNS: readonly EventColumn[] = [
  ...STORED_COLUMNS,
  {
    ...column(
      'observables',
      'Array(String)',
      ['observables', 'related'],
      'Addresses, names, hashes and accounts in the row, lower case',
      { use: 'record' },
    ),
    alias: observablesOf(STORED_COLUMNS),
  },
]

/** Columns a parser may set: all but where the row came from and what is derived. */
export const PARSER_COLUMNS: readonly EventColumn[] = [
  ...WHAT,
  ...WHO,
  ...NETWORK,
  ...HOST,
  ...CLOUD,
].filter(({ name }) => name !== 'other_observables')

export const EVENT_COLUMN_NAMES: ReadonlySet<string> = new Set(
  EVENT_COLUMNS.map(({ name }) => name),
)

/**
 * Every field of the line by the vendor's own name. Not stored: read again from `raw` by the parser's `fields`
 * expression when asked for (an ALIAS column), and present while a new batch is judged.
 */
export const FIELDS_COLUMN = { name: 'fields', type: 'Map(String, String)' } as const

/**
 * SQL over `events` that reads the vendor's fields of a line, of these parsers; without them, of all whose lines came here.
 * Planning it costs milliseconds a parser, so who knows which are asked names them.
 */
export type FieldsOf = (parsers?: readonly string[]) => string

/**
 * SQL over `events` that is true where a line holds each text of its fields as it is, but for quotes, slashes, what XML
 * escapes and what is not printable ASCII; `0` where these parsers do not say so.
 */
export type VerbatimOf = (parsers: readonly string[]) => string
