// Lines invented for every wire format, with the values a reader must find in them. The set stands outside the project.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readSegment } from '../src/collect/load/read-batch.ts'
import { GOLDEN_RECEIVED_MS, openBench } from '../src/collect/parsers/golden.ts'
import type { Bench } from '../src/collect/parsers/golden.ts'
import { readParsers } from '../src/collect/parsers/parser-content.ts'
import { encodeSegment } from '../src/collect/spool/record.ts'
import { openEmbeddedEngine, trusted } from '../src/store/index.ts'

const PARSERS = join(import.meta.dirname, '../content/parsers')
const CASES = join(import.meta.dirname, '../../shared/data/logs/invented.jsonl')

const CaseSchema = z.object({
  id: z.string(),
  year_less: z.boolean(),
  assumed_zone: z.string().optional(),
  raw: z.string(),
  expect: z.object({
    time: z.string().optional(),
    src_ip: z.string().optional(),
    dst_ip: z.string().optional(),
    user: z.string().optional(),
    action: z.string().optional(),
  }),
})
type Case = z.infer<typeof CaseSchema>

/** Which parser each format waits for. A format whose parser is not built yet is named as still to do. */
const PARSER_OF: Readonly<Record<string, readonly string[]>> = {
  fortigate_traffic: ['fortigate'],
  fortigate_vpn: ['fortigate'],
  fortigate_config: ['fortigate'],
  panos_traffic: ['panos'],
  panos_globalprotect: ['panos'],
  asa_built: ['cisco-asa'],
  asa_vpn: ['cisco-asa'],
  ios_config: ['cisco-ios'],
  meraki_flow: ['meraki'],
  checkpoint: ['checkpoint', 'check-point'],
  sophos_xg: ['sophos', 'sophos-xg', 'sophos-firewall'],
  sonicwall: ['sonicwall'],
  watchguard: ['watchguard'],
  pfsense_filterlog: ['pfsense'],
  srx_flow: ['juniper-srx', 'srx', 'juniper', 'junos'],
  f5_asm_cef: ['cef', 'f5'],
  netscaler: ['netscaler', 'citrix-netscaler'],
  ivanti_ics: ['ivanti'],
  openvpn: ['openvpn'],
  suricata_eve: ['suricata'],
  zeek_conn: ['zeek', 'zeek-json'],
  windows_4625: ['windows', 'windows-json', 'winlog'],
  linux_sshd: ['ssh'],
  entra_signin: ['entra', 'entra-signin', 'azure', 'entra-sign-in'],
  o365_audit: ['o365', 'microsoft-365', 'm365', 'm365-audit'],
  cloudtrail: ['cloudtrail', 'aws-cloudtrail'],
  duo_auth: ['duo'],
  purview_dlp: ['o365', 'microsoft-365', 'm365', 'purview', 'm365-audit'],
}

/**
 * The set's `action` is one text; the row keeps its parts in columns of their own. Formats that are told apart by a
 * message id keep it in `event_code`; those that write sentences keep the sentence in `message`.
 */
const ACTION_TEXT: Readonly<Record<string, string>> = {
  fortigate_config: "concat(action, ' ', fields['cfgpath'])",
  panos_traffic: "concat(log_name, '/', action)",
  panos_globalprotect: "concat(action, '/', status_code)",
  asa_built: 'event_code',
  asa_vpn: 'event_code',
  ios_config: 'event_code',
  ivanti_ics: 'message',
  openvpn: 'message',
}
/** Where other parsers put the word is theirs: any of these. */
const ANY_ACTION = [
  'action',
  'event_code',
  'message',
  'finding_title',
  'api_operation',
  "concat(action, '/', status_detail)",
  "concat(action, ': ', rule_name)",
  "concat(action, ': ', finding_title)",
  "concat(api_operation, ': ', finding_title)",
]

const parsers = existsSync(PARSERS)
  ? readParsers(PARSERS, (problem) => {
      throw problem
    })
  : []
const known = new Set(parsers.map(({ name }) => name))
const cases: readonly Case[] = existsSync(CASES)
  ? readFileSync(CASES, 'utf8')
      .trim()
      .split('\n')
      .map((line) => CaseSchema.parse(JSON.parse(line)))
  : []
const built = cases.filter(({ id }) => (PARSER_OF[id] ?? []).some((name) => known.has(name)))
const waiting = cases.filter((one) => !built.includes(one))

/** The line's address as it is compared: absent is ''. */
const ADDRESS = (column: string): string =>
  `if(${column} = toIPv6('::'), '', replaceOne(toString(${column}), '::ffff:', ''))`

describe.skipIf(cases.length === 0)(
  'the invented set (skipped where the shared data is absent)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-invented-'))
    let bench: Bench

    beforeAll(async () => {
      const engine = await openEmbeddedEngine({
        folder,
        memoryMib: 1200,
        intakeLanes: 1,
        askLanes: 1,
      })
      bench = await openBench(engine, PARSERS, parsers)
    })

    afterAll(async () => {
      await bench.engine.close()
      rmSync(folder, { recursive: true, force: true })
    })

    test.each(built.map((one) => [one.id, one] as const))(
      'finds time, addresses, user and action in %s',
      async (id, one) => {
        const row = await readCase(bench, one, join(folder, 'line.rb'))
        expect(PARSER_OF[id]).toContain(row['parser'])
        expect(row['parse_status']).toBe('ok')
        // Rows keep milliseconds; the line itself keeps the rest.
        if (!one.year_less) expect(row['at']).toBe(one.expect.time?.slice(0, 23))
        expect({ src_ip: row['src'], dst_ip: row['dst'] }).toEqual({
          src_ip: one.expect.src_ip ?? '',
          dst_ip: one.expect.dst_ip ?? '',
        })
        expect(row['users']).toEqual(
          one.expect.user === undefined ? [] : expect.arrayContaining([one.expect.user]),
        )
        if (one.expect.action !== undefined) expect(row['actions']).toContain(one.expect.action)
      },
    )

    for (const { id } of waiting) test.todo(`finds time, addresses, user and action in ${id}`)
  },
)

async function readCase(
  bench: Bench,
  one: Case,
  file: string,
): Promise<Readonly<Record<string, unknown>>> {
  writeFileSync(
    file,
    encodeSegment([one.raw], { source: 'invented', context: '', receivedMs: GOLDEN_RECEIVED_MS }),
  )
  await readSegment(
    { ...bench, zone: one.assumed_zone ?? 'UTC', batch: 'invented', forced: new Map() },
    file,
  )
  const told = ACTION_TEXT[one.id]
  const actions = told === undefined ? ANY_ACTION : [told]
  const answer = await bench.lane.query(
    trusted(`SELECT parser, toString(parse_status) AS parse_status,
  formatDateTime(time, '%Y-%m-%dT%H:%i:%S.', 'UTC') || leftPad(toString(toUnixTimestamp64Milli(time) % 1000), 3, '0') AS at,
  ${ADDRESS('src_ip')} AS src, ${ADDRESS('dst_ip')} AS dst,
  arrayDistinct(arrayFilter(u -> u != '', [user_name, actor_user, if(user_domain = '', '', concat(user_domain, '\\\\', user_name))])) AS users,
  [${actions.join(', ')}] AS actions
FROM ${bench.tables.rows}`),
  )
  return answer.rows[0] ?? {}
}
