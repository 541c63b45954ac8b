import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ToolList } from '../model/index.ts'
import { readList } from './read-list.ts'

const program = (value: string) => ({ by: 'program', value })
const domain = (value: string) => ({ by: 'domain', value })
const registry = (value: string) => ({ by: 'registry', value })
const hash = (value: string) => ({ by: 'hash', value })
const MD5 = '00112233445566778899aabbccddeeff'
const SHA256 = `${MD5}${MD5}`

const LOLBAS = `---
Name: Fetch32.exe
Description: invented
Commands:
  - Command: fetch32.exe {REMOTEURL} {PATH}
    Category: Download
  - Command: fetch32.exe -x
    Category: Execute
Full_Path:
  - Path: C:\\Windows\\System32\\fetch32.exe
`
const LOLRMM = `Name: FarDesk
Category: RMM
Details:
  PEMetadata:
    - Filename: fardesk.exe
      OriginalFileName: FarDesk2.exe
  InstallationPaths:
    - C:\\Program Files\\FarDesk\\*
    - C:\\Program Files\\FarDesk\\far_service.exe
    - setup.exe
    - far*.exe
Artifacts:
  Network:
    - Description: N/A
      Domains: ['*.fardesk.example.org', 'relay-[a-f0-9]{8}.far.example:443', 'far.example:443', user_managed, '*.support.microsoft.com']
      Ports: [443]
  Registry:
    - Path: HKLM\\SOFTWARE\\WOW6432Node\\FarDesk\\*
      Description: N/A
    - Path: HKEY_CURRENT_USER\\Software\\FarDesk
    - Path: HKU\\<SID>\\Software\\FarDesk\\Client
    - Path: HKLM\\SYSTEM\\ControlSet001\\Services\\FarDeskSvc
    - Path: HKCU\\Software\\Microsoft\\Terminal Server Client\\Servers
    - Path: HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{*}
    - Path: HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\FarDesk
  EventLog:
    - EventID: 7045
      ServiceName: FarDesk Service
    - EventID: 7045
      ServiceName: far_*
    - EventID: 11707
CodeSigning:
  signer_names: ['FarDesk Software, GmbH', "FarDesk Software\\\\", .NET, Microsoft Corporation]
  certificates:
    - signer_name: FarDesk Software GmbH
      certificate_thumbprint: 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33
    - signer_name: .NET
      certificate_thumbprint: AA112233445566778899AABBCCDDEEFF00112233
    - signer_name: FarDesk Software GmbH
      certificate_thumbprint: N/A
`

test.each([
  ['lolbas', 'Fetch32.yml', LOLBAS, 'Fetch32.exe', ['Download', 'Execute'], [program('fetch0')]],
  [
    'lolbas',
    'lolbas.json',
    JSON.stringify([{ Name: 'Fetch32.exe', Commands: [{ Category: 'Download' }] }]),
    'Fetch32.exe',
    ['Download'],
    [program('fetch0')],
  ],
  [
    'lolbas',
    'lolbas.csv',
    'Filename,Description,Command,Command Category\nFetch32.exe,x,"fetch32.exe ""a""",Download\nFetch32.exe,x,fetch32.exe -x,Execute\n',
    'Fetch32.exe',
    ['Download', 'Execute'],
    [program('fetch0')],
  ],
  [
    'gtfobins',
    '_gtfobins/fetcher.md',
    '---\nfunctions:\n  shell:\n    - code: fetcher sh\n  file-read:\n    - code: fetcher f\n---\nSome text.\n',
    'fetcher',
    ['shell', 'file-read'],
    [program('fetcher')],
  ],
  [
    'gtfobins',
    '_gtfobins/fetcher',
    '---\nfunctions:\n  shell:\n  - code: fetcher sh\n...\n',
    'fetcher',
    ['shell'],
    [program('fetcher')],
  ],
  [
    'gtfobins',
    'api.json',
    JSON.stringify({ functions: {}, executables: { fetcher: { functions: { shell: [] } } } }),
    'fetcher',
    ['shell'],
    [program('fetcher')],
  ],
  [
    'lolrmm',
    'fardesk.yaml',
    LOLRMM,
    'FarDesk',
    ['remote management'],
    [
      program('fardesk'),
      program('fardesk0'),
      program('far_service'),
      domain('fardesk.example.org'),
      domain('far.example'),
      registry('hklm\\software\\fardesk'),
      registry('hku\\software\\fardesk'),
      registry('hku\\software\\fardesk\\client'),
      registry('hklm\\system\\currentcontrolset\\services\\fardesksvc'),
      registry('hklm\\software\\microsoft\\windows\\currentversion\\uninstall\\fardesk'),
      { by: 'service', value: 'fardesk service' },
      { by: 'signer', value: 'fardesk software' },
      { by: 'certificate', value: '00112233445566778899aabbccddeeff00112233' },
    ],
  ],
  [
    'lolrmm',
    'rmm_tools_of_today.csv',
    'Name,InstallationPaths,Artifacts\nFarDesk,fardesk.exe,"{""Disk"": [], ""Registry"": [{""Path"": ""HKLM\\\\SOFTWARE\\\\FarDesk""}], ""Network"": [{""Domains"": [""*.far.example""]}]}"\n',
    'FarDesk',
    ['remote management'],
    [program('fardesk'), domain('far.example'), registry('hklm\\software\\fardesk')],
  ],
  [
    'lolrmm',
    'rmm_tools.csv',
    '\uFEFFName,Category,Filename,OriginalFileName,InstallationPaths\nFarDesk,RMM,"fardesk.exe, FarDesk.exe",,"C:\\Far\\*, far_service.exe"\n',
    'FarDesk',
    ['remote management'],
    [program('fardesk'), program('far_service')],
  ],
  [
    'loldrivers',
    'drivers.json',
    JSON.stringify([
      {
        Id: '1',
        Category: 'vulnerable driver',
        Tags: ['gauge.sys'],
        KnownVulnerableSamples: [
          { Filename: 'g.sys', MD5: MD5.toUpperCase(), SHA256 },
          { SHA256: '-' },
        ],
      },
    ]),
    'gauge.sys',
    ['vulnerable driver'],
    [hash(MD5), hash(SHA256)],
  ],
  [
    'loldrivers',
    'drivers.csv',
    `Id,Category,KnownVulnerableSamples_MD5,KnownVulnerableSamples_SHA256,Tags\n1,malicious,"${MD5}, ",${SHA256},gauge.sys\n`,
    'gauge.sys',
    ['malicious'],
    [hash(MD5), hash(SHA256)],
  ],
] as const)('%s, %s', (list: ToolList, name, text, tool, does, known) => {
  expect(readList(list, [{ name, text }])).toEqual({
    tools: [{ name: tool, does, known }],
    passedOver: 0,
  })
})

test('an entry that cannot be used is counted, and the others are taken', () => {
  const text = JSON.stringify([
    { Name: 'Fetch.exe' },
    { Name: 'setup.exe' },
    7,
    null,
    { Commands: 'x' },
  ])
  const { tools, passedOver } = readList('lolbas', [{ name: 'a.json', text }])
  expect([tools.map(({ name }) => name), passedOver]).toEqual([['Fetch.exe'], 4])
})

test.each([
  ['a.json', '{"Name": ', 'not_readable'],
  ['a.yml', 'Name: &a [x]\nCommands: *a\n', 'not_readable'],
  ['a.yml', '['.repeat(5000), 'not_readable'],
  ['a.csv', 'Filename\n"x', 'not_readable'],
  ['a.json', '[]', 'nothing'],
  ['a.json', '[{"Name": 7}]', 'nothing'],
  ['README.md', '# A list\nof tools\n', 'nothing'],
  ['a.json', JSON.stringify(Array.from({ length: 50_001 }, () => 1)), 'too_many'],
])('%s that is no list is refused: %.20s', (name, text, problem) => {
  expect(() => readList('lolbas', [{ name, text }])).toThrow(
    expect.objectContaining({
      code: 'TOOLS_REFUSED',
      details: expect.objectContaining({ problem }) as unknown,
    }),
  )
})

const CASES = join(import.meta.dirname, '../../../shared/data/behaviour')
const linesOf = (file: string): readonly unknown[] =>
  gunzipSync(readFileSync(join(CASES, file)))
    .toString()
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
const DriverRow = z.object({
  id: z.string(),
  names: z.array(z.string()),
  samples: z.array(z.object({ md5: z.string().optional(), sha256: z.string().optional() })),
})
const RemoteRow = z.object({
  name: z.string(),
  file_names: z.array(z.string()),
  install_paths: z.array(z.string()),
  domains: z.array(z.string()),
  registry: z.array(z.string()),
  services: z.array(z.string()),
  signers: z.array(z.string()),
})

describe.skipIf(!existsSync(CASES))(
  'with ../shared/data/behaviour, put back into the published forms',
  () => {
    test('every driver’s hashes are kept', () => {
      const rows = linesOf('loldrivers/loldrivers.jsonl.gz').map((row) => DriverRow.parse(row))
      const published = rows.map(({ id, names, samples }) => ({
        Id: id,
        Tags: names,
        KnownVulnerableSamples: samples.map(({ md5, sha256 }) => ({ MD5: md5, SHA256: sha256 })),
      }))
      const { tools } = readList('loldrivers', [
        { name: 'd.json', text: JSON.stringify(published) },
      ])
      const kept = new Set(tools.flatMap(({ known }) => known.map(({ value }) => value)))
      const all = rows.flatMap(({ samples }) => samples.flatMap(({ sha256 }) => sha256 ?? []))
      expect(new Set(all).size).toBe(2004)
      expect(all.filter((value) => !kept.has(value.toLowerCase()))).toEqual([])
    })

    test('keys, services and signers of remote-management tools are kept, without those that say nothing of one', () => {
      const rows = linesOf('lolrmm/lolrmm.jsonl.gz').map((row) => RemoteRow.parse(row))
      const published = rows.map((row) => ({
        Name: row.name,
        Artifacts: {
          Registry: row.registry.map((Path) => ({ Path, Description: 'N/A' })),
          EventLog: row.services.map((ServiceName) => ({ EventID: 7045, ServiceName })),
        },
        CodeSigning: { signer_names: row.signers, certificates: [] },
      }))
      const { tools } = readList('lolrmm', [{ name: 'r.json', text: JSON.stringify(published) }])
      const known = tools.flatMap((tool) => tool.known)
      const count = (by: string) =>
        new Set(known.flatMap((one) => (one.by === by ? one.value : []))).size
      expect(count('registry')).toBeGreaterThan(100)
      expect(count('service')).toBeGreaterThan(30)
      expect(count('signer')).toBeGreaterThan(50)
      expect(
        known.filter(({ value }) => /^(?:microsoft|net$)|terminal server/.test(value)),
      ).toEqual([])
      expect(known.filter(({ value }) => value.includes('*'))).toEqual([])
    })

    test('five in six remote-management tools are known by a program or a domain, and none by a name that many have', () => {
      const rows = linesOf('lolrmm/lolrmm.jsonl.gz').map((row) => RemoteRow.parse(row))
      const published = rows.map(({ name, file_names, install_paths, domains }) => ({
        Name: name,
        Details: {
          PEMetadata: file_names.map((Filename) => ({ Filename })),
          InstallationPaths: install_paths,
        },
        Artifacts: { Network: [{ Domains: domains }] },
      }))
      const { tools } = readList('lolrmm', [{ name: 'r.json', text: JSON.stringify(published) }])
      expect(tools.length / rows.length).toBeGreaterThan(5 / 6)
      const values = tools.flatMap(({ known }) => known.map(({ value }) => value))
      for (const common of ['agent', 'setup', 'client', 'svchost', 'microsoft.com'])
        expect(values).not.toContain(common)
    })
  },
)
