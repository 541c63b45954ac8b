// Logs of Unix services beside the values others read from them: at least 97 of 100 are found, and no line is lost. The
// address of an event in its file tells the line. Skipped where the shared data are absent.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { addressText, openLogBench, sharedLog } from './log-cases.ts'
import type { LogBench, LogRow } from './log-cases.ts'

const ARCHIVE = sharedLog('logs-beats.tar.gz')
/** Those whose parsers are built; the others are kept, counted and searchable as text. */
const BUILT = [
  'apache/access',
  'apache/error',
  'auditd/log',
  'elasticsearch/audit',
  'haproxy/log',
  'iis/access',
  'iis/error',
  'kibana/audit',
  'mysql/error',
  'nginx/access',
  'nginx/ingress_controller',
  'osquery/result',
  'pensando/dfw',
  'postgresql/log',
  'santa/log',
  'system/auth',
  'system/syslog',
  'traefik/access',
]
// An entry of this log spans lines; each line is an event of its own.
const WAITING = ['mysql/slowlog']

const EventSchema = z.looseObject({ 'log.offset': z.number() })
type Event = z.infer<typeof EventSchema>

/** ECS name → what of a row may hold the value. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'source.ip': ['src'],
  'source.port': ['src_port_text'],
  'destination.ip': ['dst'],
  'destination.port': ['dst_port_text'],
  'user.name': ['user_name', 'actor_user'],
  'process.pid': ['proc_uid', 'pid'],
  'process.executable': ['proc_path'],
  'http.request.method': ['http_method'],
  'http.response.status_code': ['status'],
  // IIS writes an address in two columns; of it the stem alone is asked.
  'url.original': ['url', 'url_stem'],
  'user_agent.original': ['user_agent'],
  'host.hostname': ['device_name'],
}
const COLUMNS = `raw, parser, ${addressText('src_ip')} AS src, ${addressText('dst_ip')} AS dst, toString(src_port) AS src_port_text,
  toString(dst_port) AS dst_port_text, toString(http_status) AS status, user_name, actor_user, proc_uid, proc_path, http_method, url, cutQueryString(url) AS url_stem, user_agent, device_name,
  multiIf(fields['pid'] != '', fields['pid'], fields['process.pid']) AS pid, formatDateTime(time, '%m-%dT%H:%i:%S', 'UTC') AS at, toString(time_basis) AS basis`

describe.skipIf(ARCHIVE === undefined)('logs of services (skipped where absent)', () => {
  let bench: LogBench
  beforeAll(async () => {
    bench = await openLogBench(ARCHIVE)
  })
  afterAll(() => bench.close())

  test.each(BUILT)('finds what is to be found in %s', { timeout: 60_000 }, async (name) => {
    const folder = join(bench.folder, 'beats', name)
    const outcomes: { readonly key: string; readonly isFound: boolean }[] = []
    for (const expected of readdirSync(folder).filter((file) => file.endsWith('-expected.json'))) {
      const log = readFileSync(join(folder, expected.replace('-expected.json', '')))
      const events = z.array(EventSchema).parse(JSON.parse(readText(join(folder, expected))))
      outcomes.push(...(await compare(bench, log, events)))
    }
    const found = outcomes.filter(({ isFound }) => isFound)
    const missed = outcomes.filter(({ isFound }) => !isFound).map(({ key }) => key)
    expect(outcomes.length).toBeGreaterThan(0)
    expect(found.length / outcomes.length, missed.join('; ')).toBeGreaterThanOrEqual(0.97)
  })

  for (const name of WAITING) test.todo(`finds what is to be found in ${name}`)
})

async function compare(bench: LogBench, log: Buffer, events: readonly Event[]) {
  const { lines, byOffset } = linesOf(log)
  const zone = zoneOf(events)
  const receivedMs = Date.UTC(2020, 11, 31)
  const rows = await bench.read({ lines, zone, receivedMs, columns: COLUMNS })
  expect(rows.map(({ raw }) => raw)).toEqual(lines)
  return events.flatMap((event) => {
    const row = rows[byOffset.get(event['log.offset']) ?? -1]
    const isTimely = row !== undefined && row['at'] === momentOf(event)
    const time =
      momentOf(event) === '' ? [] : [{ key: `time ${momentOf(event)}`, isFound: isTimely }]
    const values = Object.entries(PLACES).flatMap(([key, places]) => {
      const wanted = textOf(event[key])
      if (wanted === undefined) return []
      const isFound = row !== undefined && places.some((place) => holds(row, place, wanted))
      return [{ key: `${key} ${wanted}`, isFound }]
    })
    return [...time, ...values]
  })
}

/** Month to second in UTC: where a line has no year, the set took that of its own making. */
function momentOf(event: Event): string {
  const text = event['@timestamp']
  return typeof text === 'string' ? new Date(text).toISOString().slice(5, 19) : ''
}

function holds(row: LogRow, place: string, wanted: string): boolean {
  const value = String(row[place])
  return value === wanted || (['url', 'proc_path'].includes(place) && value.endsWith(wanted))
}

/** One text, or nothing: `-` is what servers write for nothing. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '-'
  return text === '-' ? undefined : text
}

/** Lines as the station frames them: empty ones are none. */
function linesOf(log: Buffer) {
  const lines: string[] = []
  const byOffset = new Map<number, number>()
  for (let at = 0; at < log.length;) {
    const newline = log.indexOf(10, at)
    const end = newline === -1 ? log.length : newline
    if (end > at) {
      byOffset.set(at, lines.length)
      lines.push(log.toString('utf8', at, end))
    }
    at = end + 1
  }
  return { lines, byOffset }
}

function zoneOf(events: readonly Event[]): string {
  const zone = events
    .map((event) => textOf(event['event.timezone']))
    .find((text) => text !== undefined)
  const [, sign, hours] = /^([+-])(\d\d):/.exec(zone ?? '') ?? []
  // The names of fixed offsets count the other way.
  return hours === undefined ? 'UTC' : `Etc/GMT${sign === '-' ? '+' : '-'}${Number(hours)}`
}

function readText(file: string): string {
  return readFileSync(file, 'utf8')
}
