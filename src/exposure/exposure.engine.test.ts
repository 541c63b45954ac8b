// Exposure against a real records database.

import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '../core/index.ts'
import { ScanAskSchema } from '../model/index.ts'
import { EXPOSURE_UNDECIDED_STATEMENTS } from '../store/exposure-undecided-records.ts'
import type { Records } from '../store/index.ts'
import { openTemporaryRecords } from '../store/temporary-records.test-helper.ts'
import { openExposure } from './exposure.ts'
import type { ExposureRoom, TriageNeeded } from './exposure.ts'
import { spreadsheetOf } from './exposures/spreadsheet.ts'

const KEV = join(
  import.meta.dirname,
  '../../../shared/data/posture/known_exploited_vulnerabilities.json',
)
const START = Date.parse('2026-08-20T12:00:00Z')

let records: Records
let tables: readonly string[] = []
let room: ExposureRoom
let nowMs = START
let triage: TriageNeeded[] = []
let urgent: string[] = []

beforeAll(async () => {
  records = await openTemporaryRecords()
  const { rows } = await sql<{
    name: string
  }>`SELECT tablename AS name FROM pg_tables WHERE tablename LIKE 'exposure%'`.execute(records)
  tables = rows.map(({ name }) => name)
})
afterAll(() => records.destroy())
beforeEach(async () => {
  // Most are empty, and emptying a table costs more than asking.
  for (const name of tables) await sql`DELETE FROM ${sql.table(name)}`.execute(records)
  nowMs = START
  triage = []
  urgent = []
  room = openExposure({
    store: { records },
    clock: { nowMs: () => nowMs },
    onTriage: (needed) => void triage.push(...needed),
    onUrgent: async (_, exposures) =>
      void urgent.push(...exposures.map((one) => `${one.assetName} ${one.vulnerability}`)),
  })
})

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
const scan = (file: string, text: string, more: object = {}) =>
  room.importScan(bytesOf(text), ScanAskSchema.parse({ file, ...more }), 'test')
const know = (file: string, document: unknown) =>
  room.loadKnowledge(
    bytesOf(typeof document === 'string' ? document : JSON.stringify(document)),
    file,
    'test',
  )
const open = async (more: object = {}) =>
  (await room.exposures({ state: 'open', limit: 1000, offset: 0, ...more })).exposures

const advisory = async (id: string) =>
  (await room.advisories({ limit: 1000, offset: 0 })).advisories.find(
    ({ vulnerability }) => vulnerability === id,
  )
const rowsOf = async (table: 'exposures' | 'exposure_undecided' | 'exposure_undecided_lists') =>
  Number(
    (await sql<{ n: string }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(records))
      .rows[0]?.n,
  )

const ESTATE = `asset,ip,vendor,product,version,internet-facing,cve
gate.town.example,192.0.2.1,Fortinet,FortiOS,7.0.12,yes,
files.town.example,10.0.0.5,Progress,MOVEit Transfer,2023.0.1,,
mail.town.example,10.0.0.6,Microsoft,Exchange Server,15.2.1118.20,,CVE-2023-21709
`
const kevOf = (released: string, entries: readonly object[]) => ({
  title: 'CISA Catalog',
  catalogVersion: '2026.08.20',
  dateReleased: released,
  count: entries.length,
  madeUpField: { deep: [1] },
  vulnerabilities: entries,
})
const FORTIOS = {
  cveID: 'CVE-2024-21762',
  vendorProject: 'Fortinet',
  product: 'FortiOS',
  vulnerabilityName: 'Fortinet FortiOS Out-of-Bound Write',
  dateAdded: '2026-08-18',
  dueDate: '2026-08-21',
  requiredAction: 'Update.',
  knownRansomwareCampaignUse: 'Known',
  somethingNew: 3,
}
const RECORD = {
  dataType: 'CVE_RECORD',
  cveMetadata: { cveId: 'CVE-2024-21762', state: 'PUBLISHED', dateUpdated: '2026-08-01T00:00:00Z' },
  containers: {
    cna: {
      affected: [
        {
          vendor: 'Fortinet',
          product: 'FortiOS',
          defaultStatus: 'unaffected',
          versions: [
            {
              version: '7.0.0',
              lessThanOrEqual: '7.0.13',
              status: 'affected',
              versionType: 'semver',
            },
          ],
        },
      ],
      metrics: [
        {
          cvssV3_1: {
            vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
            baseScore: 9.8,
          },
        },
      ],
    },
    adp: [
      {
        metrics: [
          {
            other: {
              type: 'ssvc',
              content: {
                options: [
                  { Exploitation: 'Active' },
                  { Automatable: 'yes' },
                  { 'Technical Impact': 'TOTAL' },
                ],
              },
            },
          },
        ],
      },
    ],
  },
}

describe('imports', () => {
  test('the same file twice creates nothing and closes nothing', async () => {
    const first = await scan('estate.csv', ESTATE)
    expect(first).toMatchObject({ tool: 'csv', assets: 3, newAssets: 3, created: 1, exposures: 1 })
    nowMs += DAY_MS
    expect(await scan('estate.csv', ESTATE)).toMatchObject({
      newAssets: 0,
      created: 0,
      closed: 0,
      reopened: 0,
      same: 1,
      exposures: 0,
    })
  })

  test('another title or severity is the same finding', async () => {
    await scan('a.csv', 'host,cve,severity,title\nweb1,CVE-2024-1000,low,Old title\n')
    expect(
      await scan('a.csv', 'host,cve,severity,title\nweb1,CVE-2024-1000,critical,New title\n'),
    ).toMatchObject({ created: 0, same: 1 })
    expect(await open()).toMatchObject([{ severity: 'critical', vulnerability: 'CVE-2024-1000' }])
  })

  test('what a complete rescan no longer reports is fixed, with the rescan as proof, and opens again', async () => {
    const both = 'host,cve\nweb1,CVE-2024-1000\nweb1,CVE-2024-2000\n'
    await scan('a.csv', both)
    expect(await scan('a.csv', 'host,cve\nweb1,CVE-2024-1000\n')).toMatchObject({ closed: 0 })
    nowMs += DAY_MS
    expect(
      await scan('a.csv', 'host,cve\nweb1,CVE-2024-1000\n', { complete: 'true' }),
    ).toMatchObject({ closed: 1 })
    expect(await open({ state: 'fixed' })).toMatchObject([
      { vulnerability: 'CVE-2024-2000', proof: 'rescan' },
    ])
    nowMs += DAY_MS
    expect(await scan('a.csv', both)).toMatchObject({ reopened: 1, created: 0 })
    const reopened = await open({ vulnerability: 'CVE-2024-2000' })
    // Within ninety days the clock goes on.
    expect(reopened).toMatchObject([{ reopened: 1, detected: '2026-08-20T12:00:00Z', proof: '' }])
  })

  test('a file that cannot be read leaves everything as it was', async () => {
    await scan('estate.csv', ESTATE)
    await expect(
      scan('bad.xml', '<nmaprun><host><address addr="192.0.2.99"/></host><host'),
    ).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
    expect((await room.assets({ text: '', limit: 10, offset: 0 })).total).toBe(3)
  })
})

/** As a spreadsheet in French writes it: semicolons, decimals with a comma, accents, and letters of Windows. */
const PARC = [
  'Inventaire de la ville;;;;;;;;;;;',
  'Nom de l’équipement;Adresses IP;Fabricant;Produit;Version du micrologiciel;Exposé à Internet;Propriétaire;Zone réseau;Criticité;Fin de soutien;CVE;CVSS',
  '"Pare-feu; entrée";192.0.2.1, 10.0.0.1;Fortinet;FortiOS;7.0.12;Oui;Réseau;Périmètre;Très élevée;31/12/2027;CVE-2024-21762;9,8',
  'Pompage-1;10.3.0.9;Contoso;PLC;2.1;;Eau;Industriel;vitale;03/04/2026;;',
  'Poste-7;10.1.0.7;;;;;Compta;Sous-sol;bof;;;',
].join('\r\n')

describe('a list as a town keeps it', () => {
  const inLetters = (text: string, letters: 'utf-8' | 'utf-8-mark' | 'utf-16' | 'windows') =>
    letters === 'utf-16'
      ? Buffer.from(`\uFEFF${text}`, 'utf16le')
      : letters === 'windows'
        ? // The curly apostrophe is 0x92 there, and none in Latin 1.
          Buffer.from(text.replaceAll('’', '\u0092'), 'latin1')
        : Buffer.from(letters === 'utf-8' ? text : `\uFEFF${text}`)
  const bring = (bytes: Uint8Array) =>
    room.importScan(
      (async function* () {
        // In small pieces, as a network brings it.
        for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
      })(),
      ScanAskSchema.parse({ file: 'parc.csv' }),
      'test',
    )

  test.each(['utf-8', 'utf-8-mark', 'utf-16', 'windows'] as const)(
    'is read in %s, with what it says of owner, zone, criticality and end of support',
    async (letters) => {
      const done = await bring(inLetters(PARC, letters))
      expect(done).toMatchObject({ tool: 'csv', findings: 1, assets: 3, newAssets: 3 })
      const { assets } = await room.assets({ text: '', limit: 10, offset: 0 })
      expect(assets).toMatchObject([
        {
          name: 'pare-feu; entrée',
          owner: 'Réseau',
          zone: 'dmz',
          criticality: 'very high',
          supportEnds: '2027-12-31',
          facing: 'internet',
          vendor: 'Fortinet',
        },
        {
          name: 'pompage-1',
          owner: 'Eau',
          zone: 'ot',
          criticality: 'very high',
          supportEnds: null,
        },
        { name: 'poste-7', owner: 'Compta', zone: '', criticality: '' },
      ])
      expect(assets[0]?.aliases.map(({ value }) => value)).toEqual([
        '10.0.0.1',
        '192.0.2.1',
        'pare-feu; entrée',
      ])
      expect(await open()).toMatchObject([
        { vulnerability: 'CVE-2024-21762', severity: 'critical' },
      ])
    },
  )

  test('tells which cells it could not use, and what would be read', async () => {
    const { problems } = await bring(Buffer.from(PARC))
    expect(problems.map(({ en }) => en)).toEqual([
      expect.stringMatching(/^Date “03\/04\/2026” \(1 row\) can be read in two ways/),
      expect.stringMatching(/^Zone “Sous-sol” \(1 row\): known are dmz/),
      expect.stringMatching(/^Criticality “bof” \(1 row\)/),
    ])
    expect(problems[1]?.fr).toContain('sont connues dmz, bureau')
  })

  test('brings a newer word of the list, and leaves what a person set', async () => {
    await bring(Buffer.from(PARC))
    const [gate] = (await room.assets({ text: 'pare', limit: 1, offset: 0 })).assets
    await room.changeAsset(gate?.id ?? '', { owner: 'A. Roy' }, 'ann')
    await bring(Buffer.from(PARC.replace(';Réseau;', ';Voirie;').replace('Périmètre', 'Serveurs')))
    expect(await room.assets({ text: 'pare', limit: 1, offset: 0 })).toMatchObject({
      assets: [{ owner: 'A. Roy', zone: 'server' }],
    })
  })

  test('separated by commas or tabs, with sep=, and with columns in English', async () => {
    const lines = [
      ['Asset Name', 'IP Address', 'Serial Number', 'Operating System', 'Owner'],
      ['files', '10.0.0.5', 'SN-1', 'Windows Server, 2022', 'IT'],
    ]
    for (const [separator, first] of [
      [',', ''],
      ['\t', ''],
      [';', 'sep=;\r\n'],
    ] as const) {
      const text = lines.map((cells) => cells.map((cell) => `"${cell}"`).join(separator))
      await bring(Buffer.from(first + text.join('\r\n')))
    }
    expect(await room.assets({ text: '', limit: 9, offset: 0 })).toMatchObject({
      total: 1,
      assets: [{ name: 'files', system: 'Windows Server, 2022', owner: 'IT' }],
    })
  })
})

describe('knowledge', () => {
  test('a new entry of the exploited list meets the estate, and asks for triage', async () => {
    await scan('estate.csv', ESTATE)
    await know('record.json', RECORD)
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toMatchObject([
      {
        assetName: 'gate.town.example',
        confidence: 100,
        basis: { tier: 'three-days', exploited: false },
      },
    ])
    const [loaded] = await know(
      'kev.json',
      kevOf('2026-08-20T08:00:00Z', [FORTIOS, { cveID: 'not one' }]),
    )
    expect(loaded).toMatchObject({ newlyExploited: 1, refused: 1, read: 1 })
    const [exposure] = await open({ vulnerability: 'CVE-2024-21762' })
    expect(exposure).toMatchObject({
      due: '2026-08-21T00:00:00Z',
      basis: { tier: 'three-days-forensic', lists: ['CISA KEV'], ransomware: true },
      triage: { decideBy: '2026-08-23T12:00:00.000Z' },
    })
    expect(exposure?.why.en).toBe(
      '3 days and forensic triage, because it is exploited by ransomware, internet-facing, automatable and of total impact; shorter, because intruders favour it.',
    )
    expect(exposure?.why.fr).toContain('3 jours et triage judiciaire')
    expect(triage.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2024-21762'])
  })

  test('a list that names no version is for a person to decide, until somebody knows versions', async () => {
    await scan('estate.csv', ESTATE)
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
    expect(await open({ state: 'unsure' })).toMatchObject([
      { vulnerability: 'CVE-2024-21762', confidence: 10, action: 'decide' },
    ])
    const fixedHere = structuredClone(RECORD)
    fixedHere.containers.cna.affected[0]!.versions[0]!.lessThanOrEqual = '7.0.11'
    await know('record.json', fixedHere)
    expect(await open({ state: 'unsure' })).toEqual([])
  })

  test('what waits for a version is kept once for all assets alike, and decided when it is seen', async () => {
    const inventory = (versions: readonly string[]) =>
      `asset,vendor,product,version\n${versions.map((version, index) => `gate${index},Fortinet,FortiOS,${version}`).join('\n')}\n`
    await scan('gates.csv', inventory(['', '', '', '']))
    const other = structuredClone(RECORD)
    other.cveMetadata.cveId = 'CVE-2024-55591'
    expect(await know('records.json', [RECORD, other])).toMatchObject([
      { exposures: 8, undecided: 8 },
    ])
    const kept = ['exposures', 'exposure_undecided', 'exposure_undecided_lists'] as const
    expect(await Promise.all(kept.map(rowsOf))).toEqual([0, 4, 2])
    expect(await advisory('CVE-2024-21762')).toMatchObject({
      assets: 0,
      unsure: 4,
      missing: [
        {
          fact: 'version',
          assets: 4,
          say: {
            en: 'The version of FortiOS on 4 assets is not known.',
            fr: 'La version du produit FortiOS sur 4 actifs n’est pas connue.',
          },
        },
      ],
    })
    const [waiting] = await open({ state: 'unsure', vulnerability: 'CVE-2024-21762' })
    expect(waiting).toMatchObject({ detected: '2026-08-20T12:00:00Z', action: 'decide' })
    expect((await room.asset(waiting?.asset ?? '')).missing).toMatchObject([
      { product: 'FortiOS', advisories: 2, fact: 'version' },
    ])
    nowMs += DAY_MS
    // One is affected, one is not, one cannot be compared, and of one nobody saw the version.
    expect(await scan('gates.csv', inventory(['7.0.12', '7.0.15', 'beta', '']))).toMatchObject({
      exposures: 2,
      undecided: 0,
    })
    expect(await open()).toMatchObject([
      { assetName: 'gate0', version: '7.0.12', detected: '2026-08-20T12:00:00Z' },
      { assetName: 'gate0', version: '7.0.12', detected: '2026-08-20T12:00:00Z' },
    ])
    expect(await advisory('CVE-2024-21762')).toMatchObject({
      assets: 1,
      unsure: 2,
      missing: [
        { fact: 'order', assets: 1 },
        { fact: 'version', assets: 1 },
      ],
    })
    expect(await open({ state: 'fixed' })).toEqual([])
  })

  test('a version that one source saw decides, though another saw none', async () => {
    await scan('a.csv', 'asset,vendor,product\ngate,Fortinet,FortiOS\n')
    await know('record.json', RECORD)
    expect(await open({ state: 'unsure' })).toHaveLength(1)
    const bom = {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { name: 'gate' } },
      components: [{ name: 'FortiOS', version: '7.0.15', supplier: { name: 'Fortinet' } }],
    }
    await scan('bom.json', JSON.stringify(bom))
    const { assets } = await room.assets({ text: '', limit: 10, offset: 0 })
    for (const other of assets.slice(1)) await room.merge(other.id, assets[0]?.id ?? '', 'anna')
    expect([await open({ state: 'unsure' }), await open()]).toEqual([[], []])
    expect(await rowsOf('exposure_undecided_lists')).toBe(0)
  })

  test('a new entry of the list joins what waits, and one that CISA takes back leaves it', async () => {
    await scan('estate.csv', ESTATE)
    const second = { ...FORTIOS, cveID: 'CVE-2024-55591', dateAdded: '2026-08-19' }
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
    nowMs += HOUR_MS
    await know('kev.json', kevOf('2026-08-21T08:00:00Z', [FORTIOS, second]))
    const ids = async () =>
      (await open({ state: 'unsure' })).map(({ vulnerability, detected }) => [
        vulnerability,
        detected,
      ])
    expect(await ids()).toEqual([
      ['CVE-2024-21762', '2026-08-20T12:00:00Z'],
      ['CVE-2024-55591', '2026-08-20T13:00:00Z'],
    ])
    expect((await advisory('CVE-2024-55591'))?.missing).toMatchObject([
      { fact: 'affected', say: { en: expect.stringContaining('Which versions of FortiOS') } },
    ])
    await know('kev.json', kevOf('2026-08-22T08:00:00Z', [second]))
    expect(await ids()).toEqual([['CVE-2024-55591', '2026-08-20T13:00:00Z']])
  })

  test('what becomes exploited on an exposed asset is told once, and again when it comes back', async () => {
    await scan('estate.csv', ESTATE)
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
    // Nobody knows yet whether it is affected.
    expect(urgent).toEqual([])
    await know('record.json', RECORD)
    expect(urgent).toEqual(['gate.town.example CVE-2024-21762'])
    await scan('estate.csv', ESTATE)
    await room.recompute()
    nowMs += DAY_MS
    await scan('estate.csv', ESTATE.replace('7.0.12', '7.0.15'))
    expect(urgent).toHaveLength(1)
    nowMs += DAY_MS
    await scan('estate.csv', ESTATE)
    expect(urgent).toHaveLength(2)
  })

  test('an updated version is the proof of fixing', async () => {
    await scan('estate.csv', ESTATE)
    await know('record.json', RECORD)
    nowMs += HOUR_MS
    await scan('estate.csv', ESTATE.replace('7.0.12', '7.0.15'))
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toEqual([])
    expect(await open({ state: 'fixed' })).toMatchObject([
      { vulnerability: 'CVE-2024-21762', proof: 'version' },
    ])
  })

  test('a list that goes back in time is refused, and nothing changes', async () => {
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
    await expect(know('old.json', kevOf('2026-08-01T08:00:00Z', []))).rejects.toMatchObject({
      code: 'FEED_GOES_BACK',
    })
    expect((await room.feeds()).feeds).toMatchObject([
      { name: 'CISA KEV', dated: '2026-08-20T08:00:00.000Z', entries: 1 },
    ])
    expect(await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))).toMatchObject([
      { unchanged: true },
    ])
  })

  test('a CVE with thousands of ranges decides, and costs no more than its ranges', async () => {
    await scan('estate.csv', ESTATE)
    const versions = Array.from({ length: 5000 }, (_, at) => ({
      version: `${at}.0.0`,
      lessThan: `${at}.0.9`,
      status: 'affected',
    }))
    const affected = [{ vendor: 'Fortinet', product: 'FortiOS', versions }]
    const record = { ...RECORD, containers: { cna: { affected } } }
    const startMs = performance.now()
    await know('wide.json', record)
    expect(performance.now() - startMs).toBeLessThan(10_000)
    // 7.0.12 lies between 7.0.9 and 8.0.0: in none of them.
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toEqual([])
    await scan('estate.csv', ESTATE.replace('7.0.12', '7.0.3'))
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toMatchObject([
      { version: '7.0.3', reason: { en: expect.stringContaining('affected range') } },
    ])
    // More than are kept: what was left out may say anything, so nothing is cleared by it.
    const more = [...versions, { version: '7.0.10', lessThan: '7.0.20', status: 'affected' }]
    const later = { ...RECORD.cveMetadata, dateUpdated: '2026-08-10T00:00:00Z' }
    const wider = { cna: { affected: [{ ...affected[0], versions: more }] } }
    nowMs += HOUR_MS
    await know('wider.json', { ...RECORD, cveMetadata: later, containers: wider })
    await scan('estate.csv', ESTATE)
    expect(await advisory('CVE-2024-21762')).toMatchObject({ assets: 0, unsure: 1 })
  })

  test('a supplier’s VEX clears what was only inferred, and a scanner’s sight stays', async () => {
    const bom = {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { name: 'portal' } },
      components: [
        {
          'bom-ref': 'a',
          name: 'log4j-core',
          version: '2.14.0',
          purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.0',
        },
      ],
    }
    await scan('bom.json', JSON.stringify(bom))
    const record = {
      cveMetadata: { cveId: 'CVE-2021-44228', state: 'PUBLISHED' },
      containers: {
        cna: {
          affected: [
            {
              packageURL: 'pkg:maven/org.apache.logging.log4j/log4j-core',
              versions: [
                { version: '2.0', lessThan: '2.15.0', status: 'affected', versionType: 'maven' },
              ],
            },
          ],
        },
      },
    }
    await know('record.json', record)
    expect(await open()).toMatchObject([
      { vulnerability: 'CVE-2021-44228', sources: ['catalogue'], version: '2.14.0' },
    ])
    await know('vex.json', {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'x',
      author: 'us',
      timestamp: '2026-08-19T00:00:00Z',
      statements: [
        {
          vulnerability: { name: 'CVE-2021-44228' },
          products: [{ '@id': 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.0' }],
          status: 'not_affected',
        },
      ],
    })
    expect(await open()).toEqual([])
    expect(await open({ state: 'not-affected' })).toMatchObject([{ proof: 'supplier' }])
  })

  test('NVD’s ranges, EPSS and the end of support are taken in', async () => {
    await scan('estate.csv', ESTATE)
    const cpe = (criteria: string, more: object) => ({
      nodes: [{ operator: 'OR', cpeMatch: [{ vulnerable: true, criteria, ...more }] }],
    })
    await know('nvd.json', {
      timestamp: '2026-08-19T00:00:00',
      vulnerabilities: [
        {
          cve: {
            id: 'CVE-2023-34362',
            lastModified: '2026-08-18T00:00:00.000',
            configurations: [
              cpe('cpe:2.3:a:progress:moveit_transfer:*:*:*:*:*:*:*:*', {
                versionStartIncluding: '2023.0.0',
                versionEndExcluding: '2023.0.2',
              }),
            ],
            metrics: {
              ssvcV203: [
                {
                  ssvcData: {
                    automatable: 'Yes',
                    technicalImpact: 'Total',
                    exploitation: 'active',
                  },
                },
              ],
            },
          },
        },
      ],
    })
    await know(
      'epss.csv',
      '#model_version:v2026,score_date:2026-08-19T00:00:00Z\ncve,epss,percentile\nCVE-2023-34362,0.944,0.999\nbad,1,2\n',
    )
    await know('moveit-transfer.json', [
      { cycle: '2023.0', eol: '2026-01-01', releaseDate: '2023-05-01', latest: '2023.0.19' },
    ])
    expect(await open({ vulnerability: 'CVE-2023-34362' })).toMatchObject([
      {
        epss: expect.closeTo(0.944, 3),
        action: 'replace',
        basis: { automatable: true, impact: 'total', supportEnded: true },
      },
    ])
  })

  test.each([
    ['an empty object', {}],
    ['words', 'hello'],
    ['half a document', '{"vulnerabilities": ['],
  ])('%s is refused with a sentence', async (_, document) => {
    await expect(know('x.json', document)).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
  })
})

describe('assets', () => {
  test('two that are one are merged, and taken apart again with all they brought', async () => {
    await scan('a.csv', 'host,cve\nweb1,CVE-2024-1000\n')
    await scan('b.csv', 'ip,cve\n192.0.2.7,CVE-2024-2000\n')
    const { assets } = await room.assets({ text: '', limit: 10, offset: 0 })
    const [address, name] = assets
    if (address === undefined || name === undefined) throw new Error('two assets')
    expect(await room.merge(address.id, name.id, 'anna')).toMatchObject({
      open: 2,
      merged: [{ id: address.id }],
    })
    // The same report again finds the same finding on the merged asset.
    expect(await scan('b.csv', 'ip,cve\n192.0.2.7,CVE-2024-2000\n')).toMatchObject({
      created: 0,
      newAssets: 0,
    })
    expect(await room.unmerge(address.id, 'anna')).toMatchObject({ open: 1, merged: [] })
    expect((await room.asset(name.id)).exposures.map(({ vulnerability }) => vulnerability)).toEqual(
      ['CVE-2024-1000'],
    )
  })

  test('merging keeps the clocks and the history of both, and taking apart proves no fixing', async () => {
    await know('record.json', RECORD)
    await scan('estate.csv', ESTATE)
    const [gate] = (await room.assets({ text: 'gate', limit: 10, offset: 0 })).assets
    nowMs = START + 5 * DAY_MS
    await scan('other.csv', 'asset,ip\npassage.town.example,10.0.0.77\n')
    const [other] = (await room.assets({ text: 'passage', limit: 10, offset: 0 })).assets
    const [before] = await open({ asset: gate?.id ?? '' })
    await room.except(
      {
        asset: gate?.id ?? '',
        vulnerability: 'CVE-2024-21762',
        owner: 'A. Roy',
        reason: 'The supplier comes on Monday',
        control: 'Only from two addresses, tried',
        expires: new Date(nowMs + 10 * DAY_MS).toISOString(),
      },
      'ann',
    )
    await room.merge(gate?.id ?? '', other?.id ?? '', 'ann')
    const both = await open({ asset: other?.id ?? '' })
    expect(both).toMatchObject([
      { detected: before?.detected, due: before?.due, exception: { owner: 'A. Roy' } },
    ])
    nowMs += DAY_MS
    await room.unmerge(gate?.id ?? '', 'ann')
    expect(await open({ asset: gate?.id ?? '' })).toMatchObject([
      { detected: before?.detected, due: before?.due, exception: { owner: 'A. Roy' } },
    ])
    // The other never had it: nothing there was fixed.
    for (const state of ['open', 'fixed'])
      expect(await open({ asset: other?.id ?? '', state })).toEqual([])
    expect(await open({ asset: gate?.id ?? '', state: 'fixed' })).toEqual([])
  })

  test('face the public network by evidence, until a person decides', async () => {
    await scan(
      'shodan.json',
      JSON.stringify({
        ip_str: '203.0.113.9',
        port: 443,
        transport: 'tcp',
        product: 'nginx',
        version: '1.20.0',
        timestamp: '2026-08-19T00:00:00',
      }),
    )
    const [asset] = (await room.assets({ text: '203.0', limit: 10, offset: 0 })).assets
    expect(asset).toMatchObject({
      facing: 'internet',
      evidence: [{ source: 'shodan', evidence: expect.stringContaining('443/tcp') }],
    })
    expect(
      await room.changeAsset(
        asset?.id ?? '',
        { facing: 'internal', owner: 'anna', criticality: 'high' },
        'anna',
      ),
    ).toMatchObject({ facing: 'internal', facingBy: 'anna', owner: 'anna' })
    expect(await room.changeAsset(asset?.id ?? '', { facing: 'unknown' }, 'anna')).toMatchObject({
      facing: 'internet',
      facingBy: '',
    })
  })

  test('of high criticality have less time', async () => {
    await scan('a.csv', 'host,cve\nweb1,CVE-2024-1000\n')
    const [before] = await open()
    await room.changeAsset(before?.asset ?? '', { criticality: 'very high' }, 'anna')
    const [after] = await open()
    expect([before?.basis.tier, after?.basis.tier]).toEqual(['upgrade', 'sixty-days'])
  })
})

describe('configurations of devices', () => {
  const configure = async (name: string, id: string, config: string) => {
    const at = new Date(nowMs).toISOString()
    await sql`INSERT INTO audit_devices (id, name, dialect, title, vendor, first_seen, last_seen, version)
      VALUES (${name}, ${name}, 'fortios', 'FortiGate', 'Fortinet', ${at}, ${at}, ${id})
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, last_seen = excluded.last_seen`.execute(
      records,
    )
    await sql`INSERT INTO audit_versions (id, device, source, received, last_seen, text_digest, meaning_digest, config, dialect,
        lines, significant, understood, facts)
      VALUES (${id}, ${name}, 'test', ${at}, ${at}, ${id}, ${id}, ${config}, 'fortios', 1, 1, 1, '[]')`.execute(
      records,
    )
  }

  test('name the device and its version: what is exploited there is told, and the next one is the proof of fixing', async () => {
    await know('record.json', RECORD)
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
    await configure('depot-gate', 'v1', '#config-version=FGT60F-7.0.12-FW-build0523:opmode=0\nend')
    expect(await room.learnFromConfigurations()).toBe(1)
    // No scanner saw it, and nobody said that it faces the internet: an edge product is presumed to.
    expect(urgent).toEqual(['depot-gate CVE-2024-21762'])
    expect(triage).toHaveLength(1)
    nowMs += HOUR_MS
    expect(await room.learnFromConfigurations()).toBe(0)
    expect(urgent).toHaveLength(1)
    nowMs += DAY_MS
    await configure('depot-gate', 'v2', '#config-version=FGT60F-7.4.9-FW-build2829:opmode=0\nend')
    await room.learnFromConfigurations()
    expect(await open()).toEqual([])
    expect(await open({ state: 'fixed' })).toMatchObject([
      { assetName: 'depot-gate', proof: 'configuration', product: 'FortiOS' },
    ])
  })
})

describe('a part of the estate', () => {
  const PLACES = `asset,ip,vendor,product,version,internet-facing,owner,zone,criticality,cve
gate-1,192.0.2.1,Fortinet,FortiOS,7.0.12,yes,Réseau,dmz,high,
gate-2,192.0.2.2,Fortinet,FortiOS,7.0.11,yes,,dmz,,
files,10.0.0.5,Contoso,Share,2.1,,IT,server,,CVE-2023-1111
pump,10.3.0.9,Contoso,PLC,1.0,,Eau,ot,very high,CVE-2023-2222
`
  beforeEach(async () => {
    await scan('places.csv', PLACES)
    await know('record.json', RECORD)
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
  })
  const ids = async (narrow: object) =>
    (await room.advisories({ limit: 100, offset: 0, ...narrow })).advisories
      .map(({ vulnerability }) => vulnerability)
      .toSorted()

  test.each([
    [{ zone: 'dmz' }, ['CVE-2024-21762']],
    [{ zone: 'ot' }, ['CVE-2023-2222']],
    [{ owner: 'IT' }, ['CVE-2023-1111']],
    [{ owner: '-' }, ['CVE-2024-21762']],
    [{ criticality: 'very high' }, ['CVE-2023-2222']],
    [{ facing: 'internet' }, ['CVE-2024-21762']],
    [{ vendor: 'contoso' }, ['CVE-2023-1111', 'CVE-2023-2222']],
    [{ exploited: 'no', zone: 'server' }, ['CVE-2023-1111']],
    [{ text: 'fortios' }, ['CVE-2024-21762']],
    [{ deadline: 'overdue' }, []],
    [{ deadline: 'week' }, ['CVE-2024-21762']],
  ] as const)('asks for %j', async (narrow, found) => {
    expect(await ids(narrow)).toEqual(found)
    const pairs = await open(narrow)
    expect([...new Set(pairs.map(({ vulnerability }) => vulnerability))].toSorted()).toEqual(found)
  })

  test('facets say what each value would leave, under the others that are asked', async () => {
    const { facets } = await room.facets({ zone: 'dmz' })
    const of = (facet: string) =>
      facets
        .filter((one) => one.facet === facet)
        .map(({ value, advisories, assets }) => [value, advisories, assets])
    expect(of('zone')).toEqual([
      ['dmz', 1, 2],
      ['ot', 1, 1],
      ['server', 1, 1],
    ])
    expect(of('owner')).toEqual([
      ['', 1, 1],
      ['Réseau', 1, 1],
    ])
    expect(of('vendor')).toEqual([['fortinet', 1, 2]])
    expect(of('deadline')).toEqual([['week', 1, 2]])
  })

  test('what waits for a fact is narrowed too', async () => {
    await scan('more.csv', 'asset,vendor,product,zone\nold-gate,Fortinet,FortiOS,guest\n')
    expect(await ids({ zone: 'guest' })).toEqual(['CVE-2024-21762'])
    expect(await advisory('CVE-2024-21762')).toMatchObject({ assets: 2, unsure: 1 })
    expect((await room.facets({ zone: 'guest' })).facets).toContainEqual({
      facet: 'deadline',
      value: 'undecided',
      advisories: 1,
      assets: 1,
    })
    const { advisories } = await room.advisories({ limit: 9, offset: 0, zone: 'guest' })
    expect(advisories).toMatchObject([{ assets: 0, unsure: 1 }])
    expect(await ids({ deadline: 'undecided' })).toEqual(['CVE-2024-21762'])
  })

  test('what to patch is one product a line, in order, and leaves out what has an exception', async () => {
    const { patches } = await room.patches({ limit: 10, offset: 0, within: 7 })
    expect(patches).toMatchObject([
      {
        product: 'FortiOS',
        vendor: 'fortinet',
        assets: 2,
        advisories: 1,
        triage: 2,
        due: '2026-08-21T00:00:00.000Z',
        versions: ['7.0.11', '7.0.12'],
        named: ['CVE-2024-21762'],
        places: [{ name: 'gate-1', owner: 'Réseau' }, { name: 'gate-2' }],
      },
    ])
    const all = await room.patches({ limit: 10, offset: 0 })
    expect(all.patches.map(({ product }) => product)).toEqual(['FortiOS', 'PLC', 'Share'])
    for (const { id } of patches[0]?.places ?? [])
      await room.except(
        {
          asset: id,
          vulnerability: 'CVE-2024-21762',
          owner: 'A. Roy',
          reason: 'The supplier comes on Monday',
          control: 'Only from two addresses, tried',
          expires: new Date(nowMs + 10 * DAY_MS).toISOString(),
        },
        'ann',
      )
    expect(await room.patches({ limit: 10, offset: 0, within: 7 })).toMatchObject({ total: 0 })
    expect(await ids({ deadline: 'excepted' })).toEqual(['CVE-2024-21762'])
  })

  test('goes to a spreadsheet in the language of the reader, and no cell is a formula', async () => {
    const [gate] = (await room.assets({ text: 'gate-1', limit: 1, offset: 0 })).assets
    await room.changeAsset(gate?.id ?? '', { name: '=cmd|calc', owner: '-2+3' }, 'ann')
    const rows = await room.rows({ zone: 'dmz' })
    const [heading, first] = spreadsheetOf(rows, 'fr').split('\r\n')
    expect(heading).toMatch(/^\uFEFF"Échéance";"En retard";/)
    expect(first).toContain('"2026-08-21";"non";"corriger";"\'=cmd|calc";"\'-2+3";"Internet";')
    expect(spreadsheetOf(rows, 'en')).toContain('"Due","Overdue","What to do"')
  })
})

describe('exceptions', () => {
  test('keep the deadline in sight, end, and are never longer than thirty days', async () => {
    await scan('estate.csv', ESTATE)
    await know('record.json', RECORD)
    const [exposure] = await open({ vulnerability: 'CVE-2024-21762' })
    const ask = {
      asset: exposure?.asset ?? '',
      vulnerability: 'CVE-2024-21762',
      owner: 'the clerk',
      reason: 'The upgrade needs new hardware.',
      control: 'Access is limited to two addresses; tested.',
      expires: new Date(nowMs + 10 * DAY_MS).toISOString(),
    }
    await room.except(ask, 'anna')
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toMatchObject([
      { due: exposure?.due, exception: { owner: 'the clerk' } },
    ])
    expect(
      (await room.advisories({ limit: 10, offset: 0 })).advisories.find(
        ({ vulnerability }) => vulnerability === 'CVE-2024-21762',
      ),
    ).toMatchObject({ excepted: 1, due: null })
    nowMs += 11 * DAY_MS
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toMatchObject([
      { exception: null, overdue: true },
    ])
    await expect(
      room.except({ ...ask, expires: new Date(nowMs + 31 * DAY_MS).toISOString() }, 'anna'),
    ).rejects.toMatchObject({ code: 'EXCEPTION_TOO_LONG' })
  })
})

test('an exception holds for what waits to be decided too', async () => {
  await scan('estate.csv', ESTATE)
  await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
  const [waiting] = await open({ state: 'unsure' })
  await room.except(
    {
      asset: waiting?.asset ?? '',
      vulnerability: 'CVE-2024-21762',
      owner: 'the clerk',
      reason: 'The maker is asked for the version.',
      control: 'Access is limited to two addresses; tested.',
      expires: new Date(nowMs + 10 * DAY_MS).toISOString(),
    },
    'anna',
  )
  expect(await open({ state: 'unsure' })).toMatchObject([{ exception: { owner: 'the clerk' } }])
  expect(await advisory('CVE-2024-21762')).toMatchObject({ unsure: 1, excepted: 1, due: null })
})

test('what waited as rows of their own moves to lists, and history stays', async () => {
  await sql`DROP VIEW exposure_pairs`.execute(records)
  await sql`DROP TABLE exposure_undecided, exposure_undecided_lists`.execute(records)
  await sql`INSERT INTO exposure_bases VALUES ('b', 1, true, false, '{}')`.execute(records)
  for (const [vulnerability, reopened] of [
    ['CVE-2024-1000', 0],
    ['CVE-2024-2000', 1],
  ] as const)
    await sql`INSERT INTO exposures (asset, vulnerability, state, product, version, sources, confidence, reason, severity, detected, last_seen, action, basis, reopened, digest)
      VALUES ('a', ${vulnerability}, 'unsure', 'FortiOS', '', '[]', 10, 'product-named', 'high', now(), now(), 'decide', 'b', ${reopened}, '')`.execute(
      records,
    )
  for (const statement of EXPOSURE_UNDECIDED_STATEMENTS) await sql.raw(statement).execute(records)
  const { rows } =
    await sql`SELECT vulnerability, state, product, reopened FROM exposure_pairs ORDER BY vulnerability`.execute(
      records,
    )
  expect(rows).toEqual([
    { vulnerability: 'CVE-2024-1000', state: 'unsure', product: 'FortiOS', reopened: 0 },
    { vulnerability: 'CVE-2024-2000', state: 'unsure', product: 'FortiOS', reopened: 1 },
  ])
  expect([await rowsOf('exposures'), await rowsOf('exposure_undecided')]).toEqual([1, 1])
})

test('10,000 findings again take at most two seconds', async () => {
  const rows = Array.from(
    { length: 10_000 },
    (_, index) =>
      `host${index % 500},10.1.${Math.floor((index % 500) / 250)}.${index % 250},${1000 + Math.floor(index / 500)},CVE-2024-10000,high`,
  )
  const report = `host,ip,port,cve,severity\n${rows.join('\n')}\n`
  expect(await scan('big.csv', report)).toMatchObject({ created: 10_000, assets: 500 })
  const startedAt = process.cpuUsage()
  expect(await scan('big.csv', report)).toMatchObject({
    created: 0,
    closed: 0,
    reopened: 0,
    same: 10_000,
  })
  // Others may share the processors: what counts is this process's own time on them.
  const { user, system } = process.cpuUsage(startedAt)
  expect((user + system) / 1e6).toBeLessThan(2)
})

describe.skipIf(!existsSync(KEV))('at size', () => {
  test('5,000 assets meet the full exploited list, and a new entry of it within a minute', async () => {
    const catalogue = JSON.parse(readFileSync(KEV, 'utf8')) as {
      dateReleased: string
      vulnerabilities: { vendorProject: string; product: string }[]
    }
    const rows = Array.from({ length: 5000 }, (_, index) => {
      const { vendorProject, product } = catalogue.vulnerabilities[
        (index * 7) % catalogue.vulnerabilities.length
      ] ?? { vendorProject: '', product: '' }
      return `host${index}.town.example,"${vendorProject}","${product}",${index % 9}.${index % 7}.1`
    })
    await scan('estate.csv', `host,vendor,product,version\n${rows.join('\n')}\n`)
    const startedAt = process.cpuUsage()
    const [loaded] = await room.loadKnowledge(createReadStream(KEV), 'kev.json', 'test')
    const { user, system } = process.cpuUsage(startedAt)
    expect((user + system) / 1e6).toBeLessThan(5)
    expect(loaded).toMatchObject({ refused: 0 })
    expect(loaded?.exposures).toBeGreaterThan(5000)
    // Every pair is counted, though one row a product is kept.
    const { advisories } = await room.advisories({ limit: 1000, offset: 0 })
    const others = await room.advisories({ limit: 1000, offset: 1000 })
    const waiting = [...advisories, ...others.advisories].map(({ unsure }) => unsure)
    expect(waiting.reduce((sum, unsure) => sum + unsure, 0)).toBe(loaded?.exposures)
    expect(await rowsOf('exposure_undecided')).toBeLessThan(5001)
    const [first] = catalogue.vulnerabilities
    const more = [...catalogue.vulnerabilities, { ...first, cveID: 'CVE-2026-99999' }]
    const longer = { ...catalogue, dateReleased: '2026-08-21T00:00:00Z', vulnerabilities: more }
    const [again] = await know('kev.json', longer)
    expect(again).toMatchObject({ newlyExploited: 1, added: 1, changed: 0 })
    expect(again?.seconds).toBeLessThan(60)
  })
})
