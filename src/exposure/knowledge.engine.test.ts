// What is known of vulnerabilities decides, against a real records database.

import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '../core/index.ts'
import {
  at,
  room,
  scan,
  know,
  open,
  advisory,
  ESTATE,
  kevOf,
  FORTIOS,
  RECORD,
} from './exposure-room.test-helper.ts'

describe('knowledge', () => {
  test('an updated version is the proof of fixing', async () => {
    await scan('estate.csv', ESTATE)
    await know('record.json', RECORD)
    at.nowMs += HOUR_MS
    await scan('estate.csv', ESTATE.replace('7.0.12', '7.0.15'))
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toEqual([])
    expect(await open({ state: 'fixed' })).toMatchObject([
      { vulnerability: 'CVE-2024-21762', proof: 'version' },
    ])
  })

  test.each([
    [
      'NetScaler',
      'ADC',
      '13.1-58.32',
      'Citrix,NetScaler ADC,13.1-51.15',
      'Citrix,NetScaler ADC,13.1-58.32',
    ],
    [
      'Cisco',
      'Cisco Adaptive Security Appliance (ASA) Software',
      '9.16.5',
      'Cisco,ASA,9.16(4)',
      'Cisco,ASA,9.16(5)',
    ],
    [
      'Ivanti',
      'Connect Secure',
      '22.6R2.3',
      'Pulse Secure,Connect Secure,22.6R2.2',
      'Pulse Secure,Connect Secure,22.6R2.3',
    ],
  ])(
    '%s %s before %s is met under the names that people write',
    async (vendor, product, lessThan, old, fixed) => {
      const version = lessThan.replace(/[-.R][^-R]*$/, '')
      const affected = [{ vendor, product, versions: [{ version, lessThan, status: 'affected' }] }]
      await know('record.json', { ...RECORD, containers: { cna: { affected } } })
      await scan('estate.csv', `host,vendor,product,version\nold1,${old}\nnew1,${fixed}\n`)
      expect((await open()).map(({ assetName }) => assetName)).toEqual(['old1'])
    },
  )

  test('a list that goes back in time is refused, and nothing changes', async () => {
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
    await expect(know('old.json', kevOf('2026-08-01T08:00:00Z', [FORTIOS]))).rejects.toMatchObject({
      code: 'FEED_GOES_BACK',
    })
    expect((await room.feeds()).feeds).toMatchObject([
      { name: 'CISA KEV', dated: '2026-08-20T08:00:00.000Z', entries: 1 },
    ])
    expect(await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))).toMatchObject([
      { unchanged: true },
    ])
  })

  test.each<[string, object, string]>([
    ['is empty', kevOf('2026-08-21T08:00:00Z', []), 'empty'],
    [
      'writes its dates otherwise',
      kevOf('2026-08-21T08:00:00Z', [{ ...FORTIOS, dateAdded: '18/08/2026' }]),
      'nothing_usable',
    ],
    [
      'has more that cannot be used than can',
      kevOf('2026-08-21T08:00:00Z', [FORTIOS, { cveID: 'x' }, { cveID: 'y' }]),
      'mostly_unusable',
    ],
    ['was cut', { ...kevOf('2026-08-21T08:00:00Z', [FORTIOS]), count: 1600 }, 'fewer_than_said'],
    ['comes from the future', kevOf('2199-01-01T00:00:00Z', [FORTIOS]), 'from_the_future'],
    ['is a small part', kevOf('2026-08-21T08:00:00Z', [FORTIOS]), 'fewer_than_known'],
  ])('a list of exploited vulnerabilities that %s ends nothing', async (_, list, problem) => {
    await scan('estate.csv', ESTATE)
    const known = Array.from({ length: 30 }, (__, number) => ({
      ...FORTIOS,
      cveID: `CVE-2024-${50_000 + number}`,
    }))
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', known))
    const before = (await room.feeds()).feeds
    await expect(know('kev.json', list)).rejects.toMatchObject({
      code: 'EXPOSURE_FILE_REFUSED',
      details: { problem },
    })
    expect((await room.feeds()).feeds).toEqual(before)
    const { total } = await room.advisories({ offset: 0, limit: 1 })
    expect(total).toBe(31)
  })

  test('an entry that cannot be used does not take its vulnerability off the list', async () => {
    await scan('estate.csv', ESTATE)
    const other = { ...FORTIOS, cveID: 'CVE-2024-55591' }
    const third = { ...FORTIOS, cveID: 'CVE-2024-47575' }
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS, other]))
    const [loaded] = await know(
      'kev.json',
      kevOf('2026-08-21T08:00:00Z', [third, { ...FORTIOS, dateAdded: 'soon' }]),
    )
    expect(loaded).toMatchObject({
      refused: 1,
      problems: [{ en: expect.stringContaining('vulnerabilities[1].dateAdded') }],
    })
    const listed = async (id: string) => (await advisory(id))?.exploited
    expect([
      await listed(FORTIOS.cveID),
      await listed(third.cveID),
      await listed(other.cveID),
    ]).toEqual([true, true, undefined])
  })

  test('scores that a spreadsheet wrote with commas leave the earlier ones', async () => {
    const scores = (day: string, row: string) =>
      `#model_version:v2026,score_date:${day}T00:00:00Z\ncve,epss,percentile\n${row}\n`
    await know('epss.csv', scores('2026-08-18', 'CVE-2024-21762,0.9,0.99'))
    await expect(
      know('epss.csv', scores('2026-08-19', 'CVE-2024-21762;0,9;0,99')),
    ).rejects.toMatchObject({ details: { problem: 'nothing_usable' } })
    expect((await room.feeds()).feeds).toMatchObject([{ name: 'EPSS', entries: 1 }])
  })

  test('a record dated in the future does not keep out those that follow', async () => {
    await scan('estate.csv', ESTATE)
    const dated = (dateUpdated: string) => ({
      ...RECORD,
      cveMetadata: { ...RECORD.cveMetadata, dateUpdated },
    })
    expect(await know('a.json', dated('2199-01-01T00:00:00Z'))).toMatchObject([{ refused: 1 }])
    expect(await know('b.json', dated('2026-08-19T00:00:00Z'))).toMatchObject([
      { refused: 0, feed: { dated: '2026-08-20T12:00:00.000Z' } },
    ])
    expect(await open({ vulnerability: 'CVE-2024-21762' })).toHaveLength(1)
  })

  test('a CVE with thousands of ranges decides, and costs no more than its ranges', async () => {
    await scan('estate.csv', ESTATE)
    const versions = Array.from({ length: 5000 }, (_, index) => ({
      version: `${index}.0.0`,
      lessThan: `${index}.0.9`,
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
    at.nowMs += HOUR_MS
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
    ['nothing', '[]'],
    ['an advisory that says nothing', { document: { csaf_version: '2.0' }, vulnerabilities: [] }],
    ['a list of cycles with words for dates', [{ cycle: '7.0', eol: 'someday' }]],
    ['words', 'hello'],
    ['half a document', '{"vulnerabilities": ['],
  ])('%s is refused with a sentence', async (_, document) => {
    await expect(know('x.json', document)).rejects.toMatchObject({ code: 'EXPOSURE_FILE_REFUSED' })
  })
})
