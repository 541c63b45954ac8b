// Evidence that stands in events: failed sign-ins, connections that should not be, devices, mail domains.

import { sql } from 'kysely'
import { DAY_MS } from '../../core/index.ts'
import type { Proof } from '../../model/index.ts'
import type {
  EvidenceProviders,
  ParserDay,
  ParserField,
  PrioritySource,
} from '../../readiness/index.ts'
import { INVESTIGATED_DAYS } from '../../readiness/index.ts'
import { trusted } from '../../store/index.ts'
import type { EventEngine } from '../../store/index.ts'
import { figures, ofOurs } from './evidence-figures.ts'
import { proofOf, unseen } from './proof.ts'
import type { Seen } from './proof.ts'

/** Remote desktop, SMB, Telnet, VNC, WinRM. */
const REMOTE_PORTS = '3389, 445, 139, 23, 5900, 5901, 5985, 5986'
/** Modbus, S7, DNP3, EtherNet/IP, BACnet, IEC 104, OPC UA, Fox. */
const OT_PORTS = '502, 102, 20000, 44818, 47808, 2404, 4840, 1911'
const DAYS = 30

export function networkEvidence(seen: Seen): EvidenceProviders {
  return {
    'log.failed-logins': () => failedLogins(seen),
    'log.devices': () => connectedDevices(seen),
    'net.exposed': () => exposed(seen),
    'net.ot-internet': () => otInternet(seen),
    'net.it-ot': () => itOt(seen),
    'assets.unknown': () => devicesKnown(seen),
    'email.dmarc': () => mailDomains(seen),
  }
}

function since({ clock }: Seen): string {
  return `time > toDateTime64(${Math.floor((clock.nowMs() - DAYS * DAY_MS) / 1000)}, 3, 'UTC')`
}

async function failedLogins(seen: Seen): Promise<Proof> {
  // OCSF 3002: authentication.
  const [events = 0, parsers = 0] = await figures(
    seen,
    `SELECT [count(), uniqExact(parser)] AS figures FROM events WHERE ${since(seen)} AND class_uid = 3002 AND status_id = 2`,
  )
  const [all = 0] = await figures(
    seen,
    `SELECT [count()] AS figures FROM events WHERE ${since(seen)} AND class_uid = 3002`,
  )
  if (all === 0) return unseen('events')
  return proofOf(
    events > 0 ? 'met' : 'partly',
    (say, _what, number) => say.failedLogins(number(events), parsers),
    [{ text: 'class_uid:3002 status_id:2', link: '/hunt' }],
  )
}

/** Windows 6416 and 2003: a device was connected. */
async function connectedDevices(seen: Seen): Promise<Proof> {
  const [events = 0] = await figures(
    seen,
    `SELECT [count()] AS figures FROM events WHERE ${since(seen)} AND parser = 'windows' AND event_code IN ('6416', '2003')`,
  )
  return events === 0
    ? unseen('devices')
    : proofOf('met', (say, _what, number) => say.devices(number(events)), [
        { text: 'parser:windows event_code:(6416 OR 2003)', link: '/hunt' },
      ])
}

/** Days on which a firewall said what it let through: without them, nothing seen means nothing. */
async function firewallDays(seen: Seen): Promise<number> {
  const [days = 0] = await figures(
    seen,
    `SELECT [uniqExact(toDate(time))] AS figures FROM events WHERE ${since(seen)} AND action_id > 0 AND dst_port > 0`,
  )
  return days
}

const ENOUGH_DAYS = 7

async function exposed(seen: Seen): Promise<Proof> {
  const days = await firewallDays(seen)
  if (days === 0) return unseen('firewall')
  const [met = 0] = await figures(
    seen,
    `SELECT [count()] AS figures FROM events WHERE ${since(seen)} AND action_id = 1 AND dst_port IN (${REMOTE_PORTS}) AND NOT ${ofOurs('src_ip')} AND ${ofOurs('dst_ip')}`,
  )
  const state = met > 0 ? 'not_met' : days >= ENOUGH_DAYS ? 'met' : 'partly'
  return proofOf(state, (say, _what, number) => say.exposed(number(met), days), [
    { text: `action_id:1 dst_port:(${REMOTE_PORTS})`, link: '/hunt' },
  ])
}

async function otInternet(seen: Seen): Promise<Proof> {
  const days = await firewallDays(seen)
  if (days === 0) return unseen('firewall')
  const [met = 0] = await figures(
    seen,
    `SELECT [count()] AS figures FROM events WHERE ${since(seen)} AND action_id = 1 AND dst_port IN (${OT_PORTS}) AND ${ofOurs('src_ip')} <> ${ofOurs('dst_ip')}`,
  )
  const state = met > 0 ? 'not_met' : days >= ENOUGH_DAYS ? 'met' : 'partly'
  return proofOf(state, (say, _what, number) => say.otInternet(number(met), days), [
    { text: `action_id:1 dst_port:(${OT_PORTS})`, link: '/hunt' },
  ])
}

/** Few addresses are intermediaries; many are an open network. */
const FEW = 3

async function itOt(seen: Seen): Promise<Proof> {
  const [sources = 0, days = 0] = await figures(
    seen,
    `SELECT [uniqExactIf(src_ip, action_id = 1), uniqExact(toDate(time))] AS figures FROM events WHERE ${since(seen)} AND dst_port IN (${OT_PORTS}) AND ${ofOurs('src_ip')}`,
  )
  if (days === 0) return unseen('firewall')
  return proofOf(
    sources === 0 ? 'met' : sources <= FEW ? 'partly' : 'not_met',
    (say) => say.itOt(sources),
    [{ text: `action_id:1 dst_port:(${OT_PORTS})`, link: '/hunt' }],
  )
}

async function devicesKnown(seen: Seen): Promise<Proof> {
  const [all = 0, named = 0] = await figures(
    seen,
    `SELECT [uniqExact(source), uniqExactIf(source, device_name != '')] AS figures FROM events WHERE ${since(seen)}`,
  )
  if (all === 0) return unseen('events')
  return proofOf(
    named === all ? 'met' : named > 0 ? 'partly' : 'not_met',
    (say) => say.devicesKnown(named, all),
    [{ text: named === all ? 'device_name:*' : 'NOT device_name:*', link: '/hunt' }],
  )
}

async function mailDomains({ core }: Seen): Promise<Proof> {
  const found = await sql<{ all: string; good: string }>`
    SELECT count(*) AS all, count(*) FILTER (WHERE body->>'spf' = 'true' AND body->>'dkim' = 'true' AND body->>'dmarc' = 'reject') AS good
    FROM identity_rows WHERE kind = 'setting' AND id LIKE 'mail/%'`.execute(core.store.records)
  const all = Number(found.rows[0]?.all ?? 0)
  const good = Number(found.rows[0]?.good ?? 0)
  if (all === 0) return unseen('tenant')
  return proofOf(
    good === all ? 'met' : good > 0 ? 'partly' : 'not_met',
    (say) => say.dmarc(good, all),
    [{ text: String(all), link: '/identity/files' }],
  )
}

/** Lines of each parser by day, and how many of the newest carry each field, for the log coverage. */
export async function parserDays(
  events: EventEngine,
  nowMs: number,
): Promise<readonly ParserDay[]> {
  const from = Math.floor((nowMs - INVESTIGATED_DAYS * DAY_MS) / 1000)
  const found = await events.ask.query<{ parser: string; day: string; lines: string }>(
    trusted(`SELECT parser, toString(toDate(time)) AS day, count() AS lines FROM events
      WHERE time > toDateTime64(${from}, 3, 'UTC') AND parse_status != 'unknown' GROUP BY parser, day`),
  )
  return found.rows.map(({ parser, day, lines }) => ({ parser, day, lines: Number(lines) }))
}

const EMPTY: Readonly<Record<string, string>> = {
  src_ip: "toIPv6('::')",
  dst_ip: "toIPv6('::')",
  action_id: '0',
  status_id: '0',
}

export async function parserFields(
  events: EventEngine,
  priority: readonly PrioritySource[],
  nowMs: number,
): Promise<readonly ParserField[]> {
  const names = [...new Set(priority.flatMap(({ fields }) => fields))]
  const shares = names.map((name) => `countIf(${name} != ${EMPTY[name] ?? "''"}) / count()`)
  const from = Math.floor((nowMs - 7 * DAY_MS) / 1000)
  const found = await events.ask.query<{ parser: string; shares: readonly number[] }>(
    trusted(
      `SELECT parser, [${shares.join(', ')}] AS shares FROM events WHERE time > toDateTime64(${from}, 3, 'UTC') GROUP BY parser`,
    ),
  )
  return found.rows.flatMap(({ parser, shares: own }) =>
    names.map((field, at) => ({ parser, field, share: own[at] ?? 0 })),
  )
}
