// What the events say of devices: who did what, in which hours lines came, whether logins and commands are ever told.

import { MINUTE_MS } from '../../core/index.ts'
import type { EventEngine, Sql } from '../../store/index.ts'
import { join, sql, trusted, typed } from '../../store/index.ts'
import type { ActContent } from './act-content.ts'
import type { NamedDevice, Signed } from './device-names.ts'
import { labelOf } from './device-names.ts'

export type Span = { readonly fromMs: number; readonly toMs: number }

export type ActRow = Signed & {
  readonly atMs: number
  readonly parser: string
  readonly kind: 'login' | 'command' | 'commit'
  readonly who: string
  readonly from: string
  /** As the line has it: secrets are in it. */
  readonly text: string
  readonly batch: string
  readonly line: number
}
export type HourRow = Signed & { readonly hourMs: number; readonly lines: number }
/** Commands and ends of configuration by one account, as they were received. */
export type ConfiguredRow = Signed & {
  readonly who: string
  readonly firstMs: number
  readonly lastMs: number
}
export type ToldRow = Signed & { readonly kind: ActRow['kind'] }

type Asking = {
  readonly events: EventEngine
  readonly content: readonly ActContent[]
  readonly devices: readonly NamedDevice[]
}

/** Lines of one device in one change that are looked at; a script that types more is known by these. */
export const MOST_ACTS = 5000
const TEXT_KEPT = 2000
/** IPv4 stands in IPv6; an address that is not there is empty. */
const PLAIN = (column: string) =>
  `if(${column} = toIPv6('::'), '', replaceOne(toString(${column}), '::ffff:', ''))`
const SENDER = `extract(source, '(?:syslog|http)/(.+)$')`
const SIGNED = `device_name AS device, ${PLAIN('device_ip')} AS device_address, ${SENDER} AS sender`

/** In their order, `MOST_ACTS` at most for each name. */
export async function askActs(
  { events, content, devices }: Asking,
  { fromMs, toMs }: Span,
): Promise<readonly ActRow[]> {
  const found = await events.ask.query<Record<string, string>>(
    sql`SELECT * FROM (
      SELECT toUnixTimestamp64Milli(time) AS at, toString(batch) AS batch, line, parser, ${trusted(SIGNED)},
        if(actor_user != '', actor_user, user_name) AS who, ${trusted(PLAIN('src_ip'))} AS address, ${kindsOf(content)} AS act,
        substring(${textsOf(content)}, 1, ${TEXT_KEPT}) AS said
      FROM events
      WHERE time BETWEEN ${instant(fromMs)} AND ${instant(toMs)} AND ${parsersOf(content)} AND ${areThese(devices)} AND act != ''
      ORDER BY time, batch, line LIMIT ${MOST_ACTS} BY device_name, sender
    )`,
  )
  return found.rows.map((row) => ({
    ...signedOf(row),
    atMs: Number(row['at']),
    parser: row['parser'] ?? '',
    kind: kindOf(row['act']),
    who: row['who'] ?? '',
    from: row['address'] ?? '',
    text: kindOf(row['act']) === 'login' ? '' : (row['said'] ?? ''),
    batch: row['batch'] ?? '',
    line: Number(row['line']),
  }))
}

/** Hours in which any line came. */
export async function askHours(
  { events, devices }: Omit<Asking, 'content'>,
  { fromMs, toMs }: Span,
): Promise<readonly HourRow[]> {
  const found = await events.ask.query<Record<string, string>>(
    sql`SELECT toUnixTimestamp(toStartOfHour(time)) AS hour, count() AS lines, ${trusted(SIGNED)} FROM events
      WHERE time BETWEEN ${instant(fromMs)} AND ${instant(toMs)} AND ${areThese(devices)}
      GROUP BY hour, device, device_address, sender`,
  )
  return found.rows.map((row) => ({
    ...signedOf(row),
    hourMs: Number(row['hour']) * 1000,
    lines: Number(row['lines']),
  }))
}

/** Which kinds of acts the devices' lines ever tell. */
export async function askTold(
  { events, content, devices }: Asking,
  { fromMs, toMs }: Span,
): Promise<readonly ToldRow[]> {
  const found = await events.ask.query<Record<string, string>>(
    sql`SELECT ${trusted(SIGNED)}, ${kindsOf(content)} AS act FROM events
      WHERE time BETWEEN ${instant(fromMs)} AND ${instant(toMs)} AND ${parsersOf(content)} AND ${areThese(devices)} AND act != ''
      GROUP BY device, device_address, sender, act`,
  )
  return found.rows.map((row) => ({ ...signedOf(row), kind: kindOf(row['act']) }))
}

/** How wrong the clock of a device may be: the time of a line decides which parts are read at all. */
const CLOCK_MS = 15 * MINUTE_MS

/** Who configured the devices, by lines received since then. */
export async function askConfigured(
  { events, content, devices }: Asking,
  sinceMs: number,
): Promise<readonly ConfiguredRow[]> {
  const found = await events.ask.query<Record<string, string>>(
    sql`SELECT ${trusted(SIGNED)}, if(actor_user != '', actor_user, user_name) AS who, toUnixTimestamp64Milli(min(received)) AS first,
        toUnixTimestamp64Milli(max(received)) AS last FROM events
      WHERE time > ${instant(sinceMs - CLOCK_MS)} AND received > ${instant(sinceMs)} AND ${parsersOf(content)} AND ${areThese(devices)}
        AND ${kindsOf(content)} IN ('command', 'commit')
      GROUP BY device, device_address, sender, who`,
  )
  return found.rows.map((row) => ({
    ...signedOf(row),
    who: row['who'] ?? '',
    firstMs: Number(row['first']),
    lastMs: Number(row['last']),
  }))
}

function signedOf(row: Readonly<Record<string, string>>): Signed {
  const { device = '', device_address: deviceIp = '', sender = '' } = row
  return { device, deviceIp, sender }
}

function kindOf(text: string | undefined): ActRow['kind'] {
  return text === 'login' || text === 'commit' ? text : 'command'
}

function instant(ms: number): Sql {
  return trusted(`fromUnixTimestamp64Milli(${Math.trunc(ms)}, 'UTC')`)
}

function kindsOf(content: readonly ActContent[]): Sql {
  const cases = content.map(
    ({ parser, login, command, commit }) =>
      `parser = '${parser}', multiIf(${login}, 'login', ${commit}, 'commit', ${command}, 'command', '')`,
  )
  return trusted(`multiIf(${cases.join(', ')}, '')`)
}

function textsOf(content: readonly ActContent[]): Sql {
  return trusted(
    `multiIf(${content.map(({ parser, text }) => `parser = '${parser}', ${text}`).join(', ')}, '')`,
  )
}

function parsersOf(content: readonly ActContent[]): Sql {
  return trusted(`parser IN (${content.map(({ parser }) => `'${parser}'`).join(', ')})`)
}

/** By a name, with or without its domain, or by an address; whose it is in the end is decided by `ownerOf`. */
function areThese(devices: readonly NamedDevice[]): Sql {
  const names = unique(devices.flatMap(({ name, hostname }) => [name, hostname]).map(labelOf))
  const addresses = unique(devices.flatMap((one) => one.addresses))
  const ways: Sql[] = [
    sql`lower(splitByChar('.', device_name)[1]) IN ${strings(names)} OR lower(device_name) IN ${strings(names)}`,
  ]
  if (addresses.length > 0)
    ways.push(
      sql`device_name IN ${strings(addresses)} OR ${trusted(PLAIN('device_ip'))} IN ${strings(addresses)} OR ${trusted(SENDER)} IN ${strings(addresses)}`,
    )
  return sql`(${join(ways, ' OR ')})`
}

function strings(all: readonly string[]): Sql {
  return sql`${typed('Array(String)', all)}`
}

function unique(all: readonly string[]): readonly string[] {
  return [...new Set(all.filter((one) => one !== ''))]
}
