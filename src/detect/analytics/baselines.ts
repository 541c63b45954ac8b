// What is usual, added to small tables from batches that were stored since the last time: sign-ins, VPN sessions, programs, flows,
// files read, kinds of events.

import { DAY_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { dropExpired, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql, Store } from '../../store/index.ts'
import { isOfTheRows } from '../of-the-rows.ts'
import { commandFormSql, isOfSystemSql, programNameSql } from './command-form.ts'
import { storedAfter } from './stored-batches.ts'
import type { StoredBatch } from './stored-batches.ts'

type Baseline = {
  readonly table: string
  /** Also what rows are gathered by. */
  readonly keys: readonly string[]
  /** Columns beside the keys. */
  readonly further: readonly string[]
  readonly select: string
  readonly where: string
}

/** What an event says of its time may be anything; days far from now would only make partitions. */
const IN_TIME = "abs(dateDiff('day', e.time, e.received)) <= 60"

/** The widest network that one household or office has: 24 bits of IPv4 (96 + 24), 48 of IPv6. */
const NETWORK =
  "tupleElement(IPv6CIDRToRange(src_ip, if(startsWith(reinterpretAsFixedString(src_ip), toFixedString('', 8)), 120, 48)), 1)"

const NEWEST = ['first_at', 'last_at', 'batch', 'line', 'events']
const OF_NEWEST =
  'min(e.time) AS first_at, max(e.time) AS last_at, argMax(toString(e.batch), e.time) AS batch, argMax(e.line, e.time) AS line, count() AS events'

/** Without folder and digits: versions and random names stand in both. */
function fileName(path: string): string {
  return `replaceRegexpAll(lowerUTF8(extract(${path}, '[^/\\\\\\\\]+$')), '[0-9]+', '0')`
}

/** What is called: a host by name where one is named. */
const PLACE =
  "multiIf(url_host != '', lowerUTF8(url_host), tls_sni != '', lowerUTF8(tls_sni), dst_host != '', lowerUTF8(dst_host), replaceOne(toString(dst_ip), '::ffff:', ''))"
const FLOW_KEYS = ['class_uid', 'src_ip', 'dst_ip', 'place']
const FLOW = `class_uid, src_ip, dst_ip, ${PLACE} AS place`
const FLOW_SUMS = 'sum(e.bytes_out) AS bytes_out, sum(e.bytes_in) AS bytes_in'
const INSIDE = ['10.0.0.0/104', '172.16.0.0/108', '192.168.0.0/112', '100.64.0.0/106']
  .map((range) => `isIPAddressInRange(toString(src_ip), '::ffff:${range}')`)
  .join(' OR ')
/** From inside, or from devices that face the Internet: what the Internet tries on us is endless and nobody's habit. */
const IS_FLOW = `class_uid IN (4001, 4002) AND src_ip != toIPv6('::') AND (dst_ip != toIPv6('::') OR url_host != '' OR tls_sni != '' OR dst_host != '')
  AND (${INSIDE} OR isIPAddressInRange(toString(src_ip), 'fc00::/7') OR src_ip IN (SELECT toIPv6OrDefault(asset) FROM known_assets WHERE facing = 'internet'))`
/** Days for which flows are kept by the hour, each connection with its second. */
const FLOW_HOURS_DAYS = 8
/** Of one addition; more in some minutes is no beacon. */
const MOST_MOMENTS = 20_000
/** Later than any contact. */
const NO_CONTACT = 'toUInt64(18446744073709551615)'

export const BASELINES: readonly Baseline[] = [
  {
    table: 'event_kinds',
    keys: ['device_name', 'log_name', 'event_code', 'hour'],
    further: [],
    select: "toStartOfHour(toDateTime(e.time, 'UTC')) AS hour, device_name, log_name, event_code",
    where: "device_name != '' AND event_code != ''",
  },
  {
    table: 'login_hours',
    keys: ['hour', 'account', 'target', 'device', 'client', 'network', 'logon_type', 'class_uid'],
    further: ['address'],
    select: `toStartOfHour(toDateTime(e.time, 'UTC')) AS hour, class_uid, lowerUTF8(user_name) AS account, lowerUTF8(toString(device_name)) AS target,
  lowerUTF8(src_host) AS device, replaceRegexpAll(if(tls_ja4 != '', toString(tls_ja4), user_agent), '[0-9]+', '0') AS client, ${NETWORK} AS network, logon_type, argMax(src_ip, e.time) AS address`,
    where:
      "(class_uid = 3002 AND status_id = 1 OR class_uid = 4014 AND status_id != 2) AND activity_id = 1 AND user_name != '' AND NOT endsWith(user_name, '$')",
  },
  {
    table: 'vpn_sessions',
    keys: [
      'at',
      'account',
      'network',
      'session_uid',
      'activity_id',
      'duration_ms',
      'bytes_out',
      'bytes_in',
    ],
    further: ['given'],
    select: `e.time AS at, lowerUTF8(user_name) AS account, ${NETWORK} AS network, session_uid, activity_id, duration_ms, bytes_out, bytes_in, argMax(src_nat_ip, e.time) AS given`,
    where: "class_uid = 4014 AND status_id != 2 AND activity_id IN (1, 2) AND user_name != ''",
  },
  {
    table: 'program_days',
    keys: ['day', 'parent', 'child', 'device'],
    further: [],
    select: `toDate(e.time, 'UTC') AS day, ${fileName('toString(parent_path)')} AS parent, ${fileName('proc_path')} AS child, lowerUTF8(toString(device_name)) AS device`,
    where:
      "class_uid = 1007 AND activity_id = 1 AND proc_path != '' AND parent_path != '' AND device_name != ''",
  },
  {
    table: 'program_users',
    keys: ['day', 'account', 'device'],
    further: [],
    select:
      "toDate(e.time, 'UTC') AS day, lowerUTF8(if(actor_user != '', actor_user, user_name)) AS account, lowerUTF8(toString(device_name)) AS device",
    where:
      "class_uid = 1007 AND activity_id = 1 AND proc_path != '' AND device_name != '' AND (actor_user != '' OR user_name != '') AND NOT endsWith(if(actor_user != '', actor_user, user_name), '$')",
  },
  {
    table: 'command_days',
    keys: ['day', 'program', 'form', 'device', 'account'],
    further: ['of_system'],
    select: `toDate(e.time, 'UTC') AS day, ${programNameSql('proc_name_original', 'proc_path')} AS program, ${commandFormSql('proc_cmd')} AS form, lowerUTF8(toString(device_name)) AS device,
  lowerUTF8(if(actor_user != '', actor_user, user_name)) AS account, max(${isOfSystemSql('proc_path')}) AS of_system`,
    where:
      "class_uid = 1007 AND activity_id = 1 AND proc_cmd != '' AND proc_path != '' AND device_name != ''",
  },
  {
    table: 'flow_hours',
    keys: ['hour', ...FLOW_KEYS, 'log_name'],
    further: ['bytes_out', 'bytes_in', 'moments'],
    select: `toStartOfHour(toDateTime(e.time, 'UTC')) AS hour, ${FLOW}, log_name, ${FLOW_SUMS},
  groupArray(${MOST_MOMENTS})((toUnixTimestamp(toDateTime(e.time, 'UTC')), e.bytes_out)) AS moments`,
    where: `${IS_FLOW} AND abs(dateDiff('day', e.time, e.received)) <= ${FLOW_HOURS_DAYS}`,
  },
  {
    table: 'flow_days',
    keys: ['day', ...FLOW_KEYS],
    further: ['bytes_out', 'bytes_in', 'allowed', 'first_contact'],
    select: `toDate(e.time, 'UTC') AS day, ${FLOW}, ${FLOW_SUMS}, countIf(action_id != 2 AND activity_id != 5) AS allowed,
  min(if(action_id = 2 OR e.bytes_out + e.bytes_in > 0, toUInt64(toUnixTimestamp64Milli(e.time)) * 2 + (action_id = 2 OR e.bytes_in = 0), ${NO_CONTACT})) AS first_contact`,
    where: IS_FLOW,
  },
  {
    table: 'login_failures',
    keys: ['hour', 'address', 'account', 'target'],
    further: [],
    select:
      "toStartOfHour(toDateTime(e.time, 'UTC')) AS hour, src_ip AS address, lowerUTF8(user_name) AS account, lowerUTF8(toString(device_name)) AS target",
    where:
      "class_uid IN (3002, 4014) AND status_id = 2 AND user_name != '' AND src_ip != toIPv6('::')",
  },
  {
    table: 'name_hours',
    keys: ['hour', 'src_ip', 'domain'],
    further: ['names', 'name_bytes'],
    select:
      "toStartOfHour(toDateTime(e.time, 'UTC')) AS hour, src_ip, cutToFirstSignificantSubdomain(lower(dns_query)) AS domain, uniqCombined64State(14)(lower(dns_query)) AS names, sum(length(dns_query)) AS name_bytes",
    where:
      "dns_query != '' AND NOT endsWith(dns_query, '.arpa') AND src_ip != toIPv6('::') AND domain != ''",
  },
  {
    table: 'read_hours',
    keys: ['hour', 'account', 'store'],
    further: ['address', 'files'],
    select: `toStartOfHour(toDateTime(e.time, 'UTC')) AS hour, lowerUTF8(if(actor_user != '', actor_user, user_name)) AS account,
  lowerUTF8(if(class_uid = 4006, concat(toString(device_name), ' ', resource), if(toString(api_service) != '', toString(api_service), toString(device_name)))) AS store,
  argMax(src_ip, e.time) AS address, uniqCombinedState(14)(if(file_path != '', file_path, resource)) AS files`,
    where: `(class_uid IN (1001, 4006) AND activity_id IN (2, 14) OR class_uid = 6003 AND activity_id = 2 AND match(toString(api_operation), '(?i)file|mail|download|object|document'))
  AND status_id != 2 AND (actor_user != '' OR user_name != '') AND NOT endsWith(if(actor_user != '', actor_user, user_name), '$')`,
  },
]

/** Adds what `batches` selects of the events to one baseline. */
export function addition({ table, keys, further, select, where }: Baseline, batches: Sql): Sql {
  const columns = [...new Set([...keys, ...further, ...NEWEST])]
  const inner = sql`SELECT ${trusted(select)}, ${trusted(OF_NEWEST)} FROM events AS e
WHERE ${batches} AND (${trusted(where)}) AND ${trusted(IN_TIME)} GROUP BY ${trusted(keys.join(', '))}`
  return sql`INSERT INTO ${trusted(table)} (${trusted(columns.join(', '))}) SELECT ${trusted(columns.join(', '))} FROM (${inner})`
}

/**
 * One block, so that an addition made again is known by its token and left out. After a crash the next one may hold more batches
 * and count some twice: counts are weights, what is asked is whether something came.
 */
const ONE_BLOCK: EngineSettings = {
  max_threads: 1,
  max_insert_threads: 1,
  min_insert_block_size_rows: 10_000_000,
  min_insert_block_size_bytes: 400_000_000,
  max_execution_time: 120,
  max_memory_usage: 500_000_000,
  max_bytes_before_external_group_by: 200_000_000,
  distributed_product_mode: 'global',
}

const MOST_ROUNDS = 20
const HISTORY_DAYS = 60
/** Tables that came with one version, and the name under which it is kept how far they have read: later ones begin two months back on their own. */
const FIRST = new Set(['event_kinds', 'login_hours', 'vpn_sessions', 'program_days'])
const THIRD = new Set(['command_days'])
const GENERATIONS = [
  { keptAs: 'baselines', tables: BASELINES.filter(({ table }) => FIRST.has(table)) },
  {
    keptAs: 'baselines-2',
    tables: BASELINES.filter(({ table }) => !FIRST.has(table) && !THIRD.has(table)),
  },
  { keptAs: 'baselines-3', tables: BASELINES.filter(({ table }) => THIRD.has(table)) },
] as const
type Generation = (typeof GENERATIONS)[number]

type Stores = Pick<Store, 'events' | 'records'>

/** Reads on from the batch where the last run ended; on the first run, from two months ago. */
export async function addToBaselines(store: Stores, { clock, onTrouble }: Adding): Promise<void> {
  await dropExpired(store.events, 'flow_hours', clock.nowMs() - FLOW_HOURS_DAYS * DAY_MS)
  for (const generation of GENERATIONS) await addGeneration(store, { clock, onTrouble }, generation)
}

type Adding = {
  readonly clock: Clock
  /** A batch that cannot be added is passed over, and the others are added. */
  readonly onTrouble: (cause: unknown) => void
}

async function addGeneration(
  { events, records }: Stores,
  { clock, onTrouble }: Adding,
  { keptAs, tables }: Generation,
): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const nowMs = clock.nowMs()
    const mark = await records
      .selectFrom('analytic_runs')
      .select('asked')
      .where('analytic', '=', keptAs)
      .executeTakeFirst()
    const since = mark?.asked ?? new Date(nowMs - HISTORY_DAYS * DAY_MS)
    const { batches, areAll } = await storedAfter(records, since, nowMs)
    if (batches.length === 0) return
    for (const table of tables) await addBatches(events.ask, { batches, table, onTrouble })
    const asked = batches.at(-1)?.stored ?? since
    const run = { analytic: keptAs, asked, took_ms: 0, found: 0, problem: null, pending: null }
    await records
      .insertInto('analytic_runs')
      .values(run)
      .onConflict((conflict) => conflict.column('analytic').doUpdateSet(run))
      .execute()
    if (areAll) return
  }
}

type Part = Pick<Adding, 'onTrouble'> & {
  readonly batches: readonly StoredBatch[]
  readonly table: Baseline
}

/** Batches that are too much together, such as those of a flood of addresses, are added by halves. */
async function addBatches(lane: EngineLane, { batches, table, onTrouble }: Part): Promise<void> {
  try {
    await addTogether(lane, batches, table)
  } catch (cause) {
    if (!isOfTheRows(cause)) throw cause
    if (batches.length <= 1) return onTrouble(cause)
    const half = Math.ceil(batches.length / 2)
    for (const some of [batches.slice(0, half), batches.slice(half)])
      await addBatches(lane, { batches: some, table, onTrouble })
  }
}

async function addTogether(
  lane: EngineLane,
  batches: readonly StoredBatch[],
  baseline: Baseline,
): Promise<void> {
  const times = batches.map(({ received }) => received.getTime())
  const [firstDay, lastDay] = [Math.min(...times), Math.max(...times)].map((ms) =>
    new Date(ms).toISOString().slice(0, 10),
  )
  const ids = batches.map(({ id }) => id)
  const selected = sql`toDate(e.received) BETWEEN toDate(${firstDay ?? ''}) - 1 AND toDate(${lastDay ?? ''}) + 1 AND e.batch IN ${ids}`
  const token = `${ids[0]}:${ids.at(-1)}:${ids.length}`
  await lane.command(addition(baseline, selected), {
    settings: { ...ONE_BLOCK, insert_deduplication_token: `${baseline.table}:${token}` },
  })
}
