// Tables of reports: what a line is about, how grave it is, and what is left out.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ReportAskSchema } from '../../model/index.ts'
import { readReport } from './read-report.ts'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const read = (name: string, text: string) => readReport(text, ReportAskSchema.parse({ name }), NOW)

test('an event is about whoever sent it, and the other side is left out', () => {
  const text = `"timestamp","protocol","src_ip","src_port","src_asn","src_hostname","dst_ip","dst_port","infection","severity"
"2026-11-28 03:04:05","tcp","192.0.2.7",4444,64500,"c7.isp.example","198.51.100.9",443,"botnet-x","critical"`
  const { lines, refused } = read('2026-11-28-event4_sinkhole-canada-geo.csv', text)
  expect(refused).toEqual([])
  expect(lines).toEqual([
    {
      seen: {
        certificate: undefined,
        address: '192.0.2.7',
        host: 'c7.isp.example',
        asn: '64500',
        provider: undefined,
      },
      class: 'compromise',
      what: 'botnet-x',
      about: '192.0.2.7',
      detail: '4444/tcp',
      atMs: Date.parse('2026-11-28T03:04:05Z'),
    },
  ])
  expect(JSON.stringify(lines)).not.toContain('198.51.100.9')
})
test.each([
  ['2026-11-28-scan_rdp-ca.csv', 'high', 'vulnerable'],
  ['scan_http_vulnerable.csv', 'critical', 'vulnerable'],
  ['scan_ssl.csv', 'info', 'information'],
  ['compromised_website.csv', 'critical', 'compromise'],
  ['scan_synfulknock.csv', 'critical', 'compromise'],
  ['event4_honeypot_ddos_target.csv', 'info', 'targeted'],
  ['own-list.csv', '', 'vulnerable'],
] as const)('%s of severity %s is %s', (name, severity, of) => {
  const { lines } = read(
    name,
    `timestamp,ip,dst_ip,severity\n2026-11-28 00:00:00,192.0.2.1,192.0.2.1,${severity}\n`,
  )
  expect(lines[0]?.class).toBe(of)
})
describe('lines that cannot be used are refused by themselves', () => {
  const text =
    'timestamp,ip\n2026-11-28,192.0.2.1\nyesterday,192.0.2.2\n2026-11-28,here\n2031-01-01,192.0.2.3\n'
  test('each with its number and reason', () => {
    const { lines, refused } = read('x.csv', text)
    expect(lines).toHaveLength(1)
    expect(refused).toEqual([
      { line: 3, reason: 'no time' },
      { line: 4, reason: 'no place' },
      { line: 5, reason: 'future' },
    ])
  })
  test('a table without a column that is known', () => {
    expect(read('x.csv', 'a,b\n1,2\n').refused).toEqual([{ line: 1, reason: 'no columns' }])
  })
  test('what stands in others’ words steers nothing', () => {
    const { lines } = read(
      'x.csv',
      'timestamp,ip,tag\n2026-11-28,192.0.2.1,"a\u001b[31m<b>\u202e"\n',
    )
    expect(lines[0]?.what).toMatch(/^a \[31m b$/)
  })
})

const TYPES = join(import.meta.dirname, '../../../../shared/data/sharing/shadowserver-reports.json')
test.skipIf(!existsSync(TYPES))(
  'every known type of report that names a place is read (types under ../shared)',
  () => {
    const types: { id: string; severity: string; fields: string[] }[] = JSON.parse(
      readFileSync(TYPES, 'utf8'),
    )
    const value: Record<string, string> = {
      timestamp: '2026-11-28 01:02:03',
      ip: '192.0.2.1',
      src_ip: '192.0.2.1',
      dst_ip: '192.0.2.1',
      email: 'a@town.example',
      domain: 'town.example',
      website: 'https://town.example/',
      http_referer_ip: '192.0.2.1',
      port: '443',
    }
    const unread = types.flatMap(({ id, severity, fields }) => {
      const row = fields.map((name) => (name === 'severity' ? severity : (value[name] ?? '')))
      const { lines } = read(`2026-11-28-${id}-ca.csv`, `${fields.join(',')}\n${row.join(',')}\n`)
      return lines.length === 1 ? [] : [id]
    })
    expect(types.length).toBeGreaterThan(100)
    // Names that a program asked for are nobody's trouble.
    expect(unread).toEqual(['sandbox_dns'])
  },
)
