// `vigie segment` as people run it: files in, verdicts and exit codes out.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-segment-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const ROUTER = `version 17.9
hostname r1
interface GigabitEthernet0/0
 description Office
 ip address 10.1.0.1 255.255.255.0
 ip access-group OFFICE in
interface GigabitEthernet0/1
 description SCADA
 ip address 10.2.0.1 255.255.255.0
ip access-list extended OFFICE
 10 permit tcp any host 10.2.0.5 eq 502
 20 permit tcp host 10.1.0.4 host 10.2.0.5 eq 502
`

const ZONES = `zones:
  - { id: office, kind: it, prefixes: [10.1.0.0/24] }
  - { id: plant, kind: ot, prefixes: [10.2.0.0/24] }
`

function put(name: string, text: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function run(...inputs: readonly string[]) {
  let out = ''
  let err = ''
  const code = await runCommand(['segment', ...inputs], {
    stdout: { write: (text: string) => ((out += text), true) },
    stderr: { write: (text: string) => ((err += text), true) },
    env: {},
    on: () => process,
    off: () => process,
  } as unknown as NodeJS.Process)
  return { code, out, err }
}

describe('vigie segment', () => {
  test('check: an open way into OT is a finding with its packet and line', async () => {
    const { code, out } = await run('check', put('r.cfg', ROUTER), '--zones', put('z.yml', ZONES))
    expect(code).toBe(3)
    expect(out).toContain('office reaches plant, and no conduit allows it: modbus. (T0886)')
    expect(out).toContain('10.1.0.1 → 10.2.0.5 tcp/502; the answer gets back')
    expect(out).toContain('OFFICE: 10 (line 11)')
  })

  test('check: what a conduit allows is no finding beyond it, in French', async () => {
    const zones = `${ZONES}conduits:\n  - { from: office, to: plant, allow: [tcp/502] }\n  - { from: plant, to: office, allow: [any] }\n`
    const { out } = await run(
      'check',
      put('r.cfg', ROUTER),
      '--zones',
      put('z.yml', zones),
      '--language',
      'fr',
    )
    expect(out).not.toContain('aucun conduit')
    expect(out).toContain('office → plant : ouvert, dans les conduits')
  })

  test('check: JSON holds the same', async () => {
    const { out } = await run(
      'check',
      put('r.cfg', ROUTER),
      '--zones',
      put('z.yml', ZONES),
      '--json',
    )
    expect(JSON.parse(out)).toMatchObject({
      devices: [{ name: 'r1', rules: 2, unreadRules: 0 }],
      pairs: [
        { from: 'office', to: 'plant', all: { verdict: 'open' } },
        { from: 'plant', to: 'office' },
      ],
    })
  })

  test('a zones file with mistakes is told by line and column, in both languages', async () => {
    const zones = put('z.yml', ZONES.replace('kind: ot', 'kind: cellar'))
    const english = await run('check', put('r.cfg', ROUTER), '--zones', zones)
    expect([english.code, english.err]).toEqual([
      2,
      expect.stringContaining(
        'Line 3, column 24: “cellar” does not fit zones[1].kind (it, dmz, ot, safety,',
      ),
    ])
    const french = await run('check', put('r.cfg', ROUTER), '--zones', zones, '--language', 'fr')
    expect(french.err).toContain('Ligne 3, colonne 24')
  })

  test('without a zones file it says how to start one', async () => {
    const { code, err } = await run('check', put('r.cfg', ROUTER))
    expect([code, err]).toEqual([2, expect.stringContaining('vigie segment propose')])
  })

  test('propose writes a zones file that check takes', async () => {
    const { out } = await run('propose', put('r.cfg', ROUTER))
    expect(out).toContain('kind: ot # only suggested by the word “SCADA”'.replace(' #', '  #'))
    const { code } = await run('check', put('r.cfg', ROUTER), '--zones', put('z.yml', out))
    expect(code).toBe(3)
  })

  test('trace: one flow', async () => {
    const open = await run(
      'trace',
      put('r.cfg', ROUTER),
      '--from',
      '10.1.0.4',
      '--to',
      '10.2.0.5',
      '--service',
      'tcp/502',
    )
    expect(open.out).toContain('open')
    const wrong = await run('trace', put('r.cfg', ROUTER), '--from', 'nowhere', '--to', '10.2.0.5')
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('nowhere')])
  })

  test('lines, search and diff answer for one list', async () => {
    const router = put('r.cfg', ROUTER)
    const lines = await run('lines', router)
    expect([lines.code, lines.out]).toEqual([
      3,
      expect.stringContaining('OFFICE: 20 (line 12) is never reached'),
    ])
    const search = await run('search', router, '--list', 'OFFICE', '--from', '10.1.0.0/24')
    expect(search.out).toContain('→ 10.2.0.5 tcp/502: OFFICE: 10 (line 11)')
    const diff = await run(
      'diff',
      router,
      put('now.cfg', ROUTER.replace('any host 10.2.0.5', 'any 10.2.0.0 0.0.0.255')),
    )
    expect([diff.code, diff.out]).toEqual([3, expect.stringContaining('OFFICE lets through more:')])
    expect((await run('diff', router, router)).code).toBe(0)
  })

  test('a file that cannot be read, and a make whose filters are not, are told and nothing is called blocked', async () => {
    const zones = put('z.yml', ZONES)
    const { code, err, out } = await run(
      'check',
      put('r.cfg', new Uint8Array([1, 0, 2])),
      '--zones',
      zones,
    )
    expect([code, err]).toEqual([4, expect.stringContaining('no text')])
    expect(out).not.toContain('blocked')
  })
})
