// Reports as they come in: each tool's own fields, in the letters, line ends, separators and packings that people send.

import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { zipOf } from '../../core/zip.test-helper.ts'
import { readScan } from './formats.ts'
import type { Scanned, ScannedFinding } from './scanned.ts'
import { instantIn, numberIn } from './scanned.ts'
import { REPORTS } from './wild-reports.test-helper.ts'

async function allOf(bytes: Buffer, file = 'report') {
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += 997) yield bytes.subarray(at, at + 997)
  }
  const { tool, scanned } = await readScan({ file, bytes: pieces() })
  const all: Scanned[] = []
  for await (const one of scanned) all.push(one)
  return { tool, all }
}

/** What a person would compare: host, service, check, numbers, state. */
const told = (all: readonly Scanned[]) =>
  all.flatMap((one) => {
    if (one.kind === 'problem') return []
    const names = one.host.aliases.map(({ value }) => value).join(' ')
    if (one.kind === 'asset')
      return [
        `${names}: ${one.products.map(({ name, version = '' }) => `${name} ${version}`.trim()).join(', ')}`.trim(),
      ]
    const { service, check, vulnerabilities, severity, state }: ScannedFinding = one
    return [[names, service, check, vulnerabilities.join('+'), severity, state].join(' | ')]
  })

const isJson = (text: string) => /^\s*[[{]/.test(text)
const WAYS: readonly (readonly [string, (text: string) => Buffer | undefined])[] = [
  ['as it is', (text) => Buffer.from(text)],
  ['with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['in UTF-16, as PowerShell writes', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['with line ends of Windows', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['packed by gzip', (text) => gzipSync(text)],
  ['zipped', (text) => zipOf({ name: 'export/report.txt', bytes: Buffer.from(text) })],
  [
    'as an array instead of lines',
    (text) =>
      isJson(text) && text.includes('}\n{')
        ? Buffer.from(`[${text.replaceAll('}\n{', '},{')}]`)
        : undefined,
  ],
  [
    'as lines instead of an array',
    (text) =>
      text.startsWith('[{')
        ? Buffer.from((JSON.parse(text) as object[]).map((one) => JSON.stringify(one)).join('\n'))
        : undefined,
  ],
  [
    'separated by semicolons',
    (text) =>
      /^"?[\w ]+"?,/.test(text) && !isJson(text) ? Buffer.from(semicolons(text)) : undefined,
  ],
]

/** The same cells, as a spreadsheet in French saves them: commas within quotes stay. */
function semicolons(text: string): string {
  return text
    .split('"')
    .map((part, at) => (at % 2 === 0 ? part.replaceAll(',', ';') : part))
    .join('"')
}

describe.each(REPORTS)('$name', ({ tool, text, told: expected }) => {
  test.each(WAYS.filter(([, made]) => made(text) !== undefined))('%s', async (_, made) => {
    const read = await allOf(made(text) ?? Buffer.alloc(0))
    expect(read.tool).toBe(tool)
    expect(told(read.all)).toEqual(expected)
  })
})

describe('archives', () => {
  const nmap = (address: string) =>
    Buffer.from(
      `<nmaprun><host><status state="up"/><address addr="${address}" addrtype="ipv4"/><ports><port protocol="tcp" portid="22"><state state="open"/></port></ports></host></nmaprun>`,
    )
  test('several reports of one tool are one import', async () => {
    const { tool, all } = await allOf(
      zipOf(
        { name: 'a.xml', bytes: nmap('192.0.2.1') },
        { name: 'b.xml', bytes: nmap('192.0.2.2') },
        { name: '__MACOSX/a.xml', bytes: Buffer.from('x') },
        { name: 'readme.txt', bytes: Buffer.from('hello') },
      ),
    )
    expect(tool).toBe('nmap')
    expect(told(all)).toHaveLength(4)
  })
  test.each([
    [
      'of two tools',
      () =>
        zipOf(
          { name: 'a.xml', bytes: nmap('192.0.2.1') },
          {
            name: 'b.json',
            bytes: Buffer.from(REPORTS.find(({ tool }) => tool === 'grype')?.text ?? ''),
          },
        ),
      'several_tools',
    ],
    ['of letters', () => zipOf({ name: 'a.txt', bytes: Buffer.from('Dear all') }), 'unknown_scan'],
    ['cut gzip', () => gzipSync('x'.repeat(5000)).subarray(0, 30), 'not_packed'],
    ['packed twice', () => gzipSync(gzipSync('{}')), 'packed_twice'],
  ])('%s are refused with a sentence', async (_, made, problem) => {
    await expect(allOf(made())).rejects.toMatchObject({
      details: { problem },
    })
  })
})

test.each([
  ['2026-08-01T10:00:00Z', '2026-08-01T10:00:00.000Z'],
  ['2026-08-01 10:00:00', '2026-08-01T10:00:00.000Z'],
  ['2026-08-01', '2026-08-01T00:00:00.000Z'],
  ['08/21/2026 10:00:00', '2026-08-21T10:00:00.000Z'],
  ['21/08/2026 10:00', '2026-08-21T10:00:00.000Z'],
  ['8/21/2026 3:04:05 PM', '2026-08-21T15:04:05.000Z'],
  ['21.08.2026 10:00', '2026-08-21T10:00:00.000Z'],
  ['05.06.2026', '2026-06-05T00:00:00.000Z'],
  ['05/06/2026', undefined],
  ['Aug 1, 2026 12:00:00 EDT', '2026-08-01T16:00:00.000Z'],
  ['1785578400', '2026-08-01T10:00:00.000Z'],
  ['1785578400000', '2026-08-01T10:00:00.000Z'],
  ['yesterday', undefined],
  ['12:00', undefined],
])('the time %s is %s', (text, iso) => {
  const ms = instantIn(text)
  expect(ms === undefined ? undefined : new Date(ms).toISOString()).toBe(iso)
})

test.each([
  ['9,8', 9.8],
  ['9.8', 9.8],
  ['7.5 (AV:N)', 7.5],
  ['-', undefined],
  ['1,234', 1.234],
])('the number %s is %s', (text, number) => {
  expect(numberIn(text)).toBe(number)
})
