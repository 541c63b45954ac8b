// A part of the estate and what to patch, against a real records database.

import { beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS } from '../core/index.ts'
import {
  at,
  room,
  scan,
  know,
  open,
  advisory,
  kevOf,
  FORTIOS,
  RECORD,
} from './exposure-room.test-helper.ts'
import { spreadsheetOf } from './exposures/spreadsheet.ts'

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
          expires: new Date(at.nowMs + 10 * DAY_MS).toISOString(),
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
