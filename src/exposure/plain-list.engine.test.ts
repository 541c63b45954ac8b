// An inventory as a town keeps it, against a real records database.

import { describe, expect, test } from 'vitest'
import { ScanAskSchema } from '../model/index.ts'
import { room, open } from './exposure-room.test-helper.ts'

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
