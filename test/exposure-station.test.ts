// Exposure on a whole station: the command hands it files, the API answers, devices in the log become assets.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCore } from '../src/app/core.ts'
import { startExposure } from '../src/app/exposure/exposure.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { AlertListSchema } from '../src/model/index.ts'
import { freePortFlags, run, start } from './commands.ts'
import type { Running } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-exposure-'))
const data = join(folder, 'data')
let station: Running
let url = ''

const KEV = {
  catalogVersion: '2026.08.20',
  dateReleased: '2026-08-20T08:00:00Z',
  vulnerabilities: [
    {
      cveID: 'CVE-2024-21762',
      vendorProject: 'Fortinet',
      product: 'FortiOS',
      vulnerabilityName: 'Out-of-bound write',
      dateAdded: '2026-08-18',
      dueDate: '2026-08-21',
    },
  ],
}

beforeAll(async () => {
  const { flags, ports } = await freePortFlags()
  url = `http://127.0.0.1:${ports.console}`
  station = start(['up', '--data', data, ...flags])
  await station.until('Ctrl-C')
  mkdirSync(join(folder, 'mirror'))
  writeFileSync(join(folder, 'mirror/kev.json'), JSON.stringify(KEV))
  for (const [id, end] of [
    ['CVE-2024-21762', '7.0.13'],
    ['CVE-2024-55591', '7.0.16'],
  ] as const) {
    const affected = [
      {
        vendor: 'Fortinet',
        product: 'FortiOS',
        versions: [{ version: '7.0.0', lessThanOrEqual: end, status: 'affected' }],
      },
    ]
    const record = {
      dataType: 'CVE_RECORD',
      cveMetadata: { cveId: id, state: 'PUBLISHED', dateUpdated: '2026-08-01T00:00:00Z' },
      containers: { cna: { affected } },
    }
    writeFileSync(join(folder, `mirror/${id}.json`), JSON.stringify(record))
  }
  writeFileSync(
    join(folder, 'estate.csv'),
    'asset,ip,vendor,product,version,internet-facing\ngate.town.example,192.0.2.1,Fortinet,FortiOS,7.0.12,yes\n',
  )
})
afterAll(async () => {
  station.signal('SIGINT')
  await station.ended
  rmSync(folder, { recursive: true, force: true })
})

const vigie = (...args: readonly string[]) =>
  run(['exposure', ...args, '--url', url, '--data', data])

describe('vigie exposure', () => {
  test('says where to begin while nothing is known', async () => {
    const { stdout, code } = await vigie('list')
    expect([code, stdout]).toEqual([0, expect.stringContaining('vigie exposure knowledge load')])
  })

  test('takes an inventory and a folder of knowledge, and says what to fix first and why', async () => {
    expect(await vigie('import', join(folder, 'estate.csv'))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('csv: 0 findings on 1 asset'),
    })
    const loaded = await vigie('knowledge', 'load', join(folder, 'mirror'))
    expect([loaded.code, loaded.stderr]).toEqual([3, ''])
    expect(loaded.stdout).toContain('CISA KEV of 2026-08-20: 1 entry')
    const { stdout } = await vigie('list', '--week')
    expect(stdout).toMatch(
      /2026-08-21.*CVE-2024-21762 +1 +1 +0 +3 days and forensic triage +FortiOS/,
    )
    expect(stdout).toContain(
      'CVE-2024-21762: 3 days and forensic triage, because it is exploited, internet-facing',
    )
    const asset = await vigie('asset', 'gate')
    expect(asset.stdout).toContain('CVE-2024-55591')
  })

  test('a report and a list in the inbox are taken like any other, and what is refused says why', async () => {
    const inbox = join(data, 'inbox')
    const nmap = `<?xml version="1.0"?><nmaprun scanner="nmap" start="1755600000"><host><status state="up"/>
<address addr="192.0.2.77" addrtype="ipv4"/><ports><port protocol="tcp" portid="22"><state state="open"/><service name="ssh"/></port></ports></host></nmaprun>`
    writeFileSync(join(inbox, 'scan.xml'), nmap)
    writeFileSync(join(inbox, 'cut.xml'), nmap.slice(0, -20))
    const older = { ...KEV, catalogVersion: '2026.01.01', dateReleased: '2026-01-01T08:00:00Z' }
    writeFileSync(join(inbox, 'kev.json'), JSON.stringify(older))
    await expect
      .poll(() => station.warned(), { timeout: 60_000 })
      .toMatch(/inbox\/scan\.xml: nmap: 1 finding on 1 asset/)
    const note = (name: string) => {
      const path = join(inbox, 'problem', `${name}.txt`)
      return existsSync(path) ? readFileSync(path, 'utf8') : ''
    }
    await expect.poll(() => note('cut.xml'), { timeout: 60_000 }).toContain('the XML breaks off')
    await expect.poll(() => note('kev.json'), { timeout: 60_000 }).toContain('is already here')
    expect((await vigie('asset', '192.0.2.77')).code).toBe(0)
    const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
    const sources = await fetch(`${url}/api/sources`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(await sources.text()).not.toContain('inbox/')
  })

  test('what is exploited within reach of the internet is one alert, however often it is loaded', async () => {
    const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
    const alerts = async () => {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
      const ask = { method: 'POST', headers, body: '{}' }
      const answer = await fetch(`${url}/api/alerts/search`, ask)
      return AlertListSchema.parse(await answer.json()).alerts
    }
    const raised = [
      {
        rule: 'vigie:exploited-exposure',
        entity: 'gate.town.example',
        severity: 'critical',
        state: 'new',
        count: 1,
      },
    ]
    const [alert, ...others] = await alerts()
    expect([[alert], others]).toMatchObject([raised, []])
    expect(alert?.why.en).toMatch(
      /^gate\.town\.example: CVE-2024-21762 in FortiOS 7\.0\.12, to be fixed by 2026-08-21\. 3 days and forensic triage, because/,
    )
    expect(alert?.why.fr).toContain('à corriger d’ici le 2026-08-21')
    await vigie('import', join(folder, 'estate.csv'))
    await vigie('knowledge', 'load', join(folder, 'mirror'))
    expect(await alerts()).toMatchObject(raised)
    // It is fixed, and a person closes the alert: nothing else does.
    const fixed = join(folder, 'fixed.csv')
    writeFileSync(
      fixed,
      readFileSync(join(folder, 'estate.csv'), 'utf8').replace('7.0.12', '7.4.9'),
    )
    await vigie('import', fixed)
    expect((await vigie('list')).stdout).toContain('Nothing is exposed')
    expect(await alerts()).toMatchObject(raised)
  })

  test('knows the same file again, and refuses an older one with a sentence', async () => {
    expect((await vigie('knowledge', 'load', join(folder, 'mirror/kev.json'))).stdout).toContain(
      'is already here',
    )
    const old = join(folder, 'old.json')
    writeFileSync(old, JSON.stringify({ ...KEV, dateReleased: '2026-08-01T00:00:00Z' }))
    expect(await vigie('knowledge', 'load', old)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing was taken from it'),
    })
    expect((await vigie('knowledge')).stdout).toMatch(/2026-08-20 08:00 +1 +CISA KEV/)
  })

  test('refuses what no tool wrote, and an address that is not HTTPS', async () => {
    const letter = join(folder, 'letter.txt')
    writeFileSync(letter, 'Dear colleagues,\n')
    expect(await vigie('import', letter)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no tool that is known wrote it'),
    })
    expect((await vigie('knowledge', 'load', 'http://example.org/kev.json')).code).toBe(2)
    // A refused file is told, and those beside it are taken.
    const beside = await vigie(
      'import',
      letter,
      join(folder, 'none.csv'),
      join(folder, 'estate.csv'),
    )
    expect(beside).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('estate.csv: '),
      stderr: expect.stringMatching(/letter\.txt: no tool.*\n.*nothing to read at .*none\.csv/),
    })
  })
})

test('devices that send logs become assets, once', async () => {
  const own = join(folder, 'own')
  const core = await openCore({
    settings: readSettings({ data: own }, {}),
    clock: systemClock,
    durable: false,
    onTrouble: (cause) => {
      if (cause !== null) throw cause
    },
  })
  const at = new Date()
  const [date, time] = [at.toISOString().slice(0, 10), at.toISOString().slice(11, 19)]
  const line = Buffer.from(
    `<134>date=${date} time=${time} devname="gate-north" devid="FGT60F0000000001" logid="0000000013" type="traffic" subtype="forward" srcip=10.0.0.1 srcport=40000 dstip=192.0.2.9 dstport=443 action="accept"`,
  )
  const from = core.wayIn.intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
  core.wayIn.intake.write(from, line, 0, line.length)
  await core.wayIn.settled()
  const exposure = startExposure({
    core,
    evidence: { note: async () => undefined, noted: async () => new Map() },
    clock: systemClock,
    language: 'en',
    onNote: () => undefined,
    onTrouble: (cause) => {
      throw cause
    },
  })
  expect([await exposure.room.learnFromEvents(), await exposure.room.learnFromEvents()]).toEqual([
    1, 0,
  ])
  const { assets } = await exposure.room.assets({ text: '', limit: 10, offset: 0 })
  expect(assets).toMatchObject([
    {
      name: 'gate-north',
      aliases: expect.arrayContaining([
        expect.objectContaining({ kind: 'serial', value: 'fgt60f0000000001' }),
      ]),
    },
  ])
  await exposure.close()
  await core.close()
})
