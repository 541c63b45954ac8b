// A case from its first alert to its report, through a real station and its commands.

import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePortFlags, run, start } from './commands.ts'
import type { Running } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-cases-'))
const data = join(folder, 'data')
let station: Running
let url = ''
let alert = ''

const FIREWALL = [
  '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin',
  'config system global',
  '    set hostname "fw-hall"',
  'end',
]
const ADMIN = [
  'config system admin',
  '    edit "support"',
  '        set accprofile "super_admin"',
  '    next',
  'end',
]

beforeAll(async () => {
  const { flags, ports } = await freePortFlags()
  url = `http://127.0.0.1:${ports.console}`
  station = start(['up', '--data', data, ...flags])
  await station.until('Ctrl-C')
  for (const lines of [FIREWALL, [...FIREWALL, ...ADMIN]]) {
    const path = file('hall.conf', lines.join('\n'))
    await run(['devices', 'take', path, '--url', url, '--data', data])
  }
  const listed = await run(['alerts', '--json', '--url', url, '--data', data])
  alert = /"id":"([^"]+)"/.exec(listed.stdout)?.[1] ?? ''
})
afterAll(async () => {
  station.signal('SIGINT')
  await station.ended
  rmSync(folder, { recursive: true, force: true })
})

const vigie = (...args: readonly string[]) => run(['cases', ...args, '--url', url, '--data', data])
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('says where to begin while there is none', async () => {
  expect(await vigie()).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('vigie cases open'),
  })
})

test('is opened from an alert, which is under way from then on', async () => {
  const opened = await vigie('open', 'New administrator on fw-hall', '--alert', alert)
  expect(opened.stdout).toBe('Case 1 is open.\n')
  const alerts = await run(['alerts', '--json', '--url', url, '--data', data])
  expect(alerts.stdout).toContain('"state":"in_progress"')
  const shown = await vigie('show', '1')
  expect(shown.stdout).toMatch(/seen .*: fw-hall/)
  expect((await vigie('open', 'x', '--alert', 'none')).stderr).toContain('none is not here')
})

test('a playbook gives its tasks once, and one is done', async () => {
  expect((await vigie('playbook', '1', 'edge-device')).stdout).toBe('7 tasks added.\n')
  expect((await vigie('playbook', '1', 'edge-device')).stdout).toBe('0 tasks added.\n')
  const { tasks } = JSON.parse((await vigie('show', '1', '--json')).stdout)
  await vigie('done', '1', tasks[0].id, '--result', 'exported by A. Roy')
  expect((await vigie('show', '1')).stdout).toMatch(/\[x\] .*Keep the proof/)
})

test('what is kept as proof is what was handed in, and who reads it is written down', async () => {
  const text = 'show running-config\n'.repeat(5000)
  const kept = await vigie('keep', '1', file('running.txt', text), '--origin', 'console cable')
  const sha256 = createHash('sha256').update(text).digest('hex')
  expect(kept.stdout).toBe(`running.txt: 100,000 bytes, SHA-256 ${sha256}\n`)
  const { files } = JSON.parse((await vigie('show', '1', '--json')).stdout)
  const to = join(folder, 'fetched.txt')
  await vigie('fetch', '1', files[0].id, '--to', to)
  expect(readFileSync(to, 'utf8')).toBe(text)
  expect((await vigie('show', '1')).stdout).toContain('file read')
  expect(await vigie('prove', '1')).toMatchObject({ code: 0 })
  // Whoever changes a byte on disk is found.
  const own = join(data, 'cases/1')
  const [name = ''] = readdirSync(own)
  writeFileSync(join(own, name), text.replace('show', 'Show'))
  expect(await vigie('prove', '1')).toMatchObject({
    code: 3,
    stdout: expect.stringContaining('a file was changed: running.txt'),
  })
  writeFileSync(join(own, name), text)
})

test('its report is filled in, kept from telling what it must not, approved, and sent by people', async () => {
  const stated = {
    reporter: { name: 'A. Roy', phone: '555-0100' },
    organization: { name: 'Town' },
    consent: {},
    found: 'A change that nobody made. The password: Winter2026 was typed.',
    impact: { services: 'VPN' },
    vector: { entry: 'firewall' },
    indicators: [{ value: '203.0.113.7', context: 'logged in as support' }],
  }
  await vigie('state', '1', file('stated.json', JSON.stringify(stated)))
  const refused = await vigie('report', '1')
  expect(refused).toMatchObject({
    code: 3,
    stdout: expect.stringContaining('a password, in found'),
  })
  const digestOf = (text: string) => /digest: ([0-9a-f]{64})/.exec(text)?.[1] ?? ''
  const approved = await vigie('approve', '1', '--digest', digestOf(refused.stdout))
  expect(approved.stderr).toContain('password (found)')
  await vigie('state', '1', file('stated.json', JSON.stringify({ ...stated, found: 'By audit.' })))
  expect((await vigie('report', '1', '--format', 'stix')).stderr).toContain('nobody approved')
  const ready = await vigie('report', '1')
  expect(ready.stdout).toContain('Not told: fw-hall')
  expect(await vigie('approve', '1', '--digest', digestOf(ready.stdout))).toMatchObject({ code: 0 })
  const stix = JSON.parse((await vigie('report', '1', '--format', 'stix')).stdout)
  expect(JSON.stringify(stix)).toContain("[ipv4-addr:value = '203.0.113.7']")
  expect((await vigie('report', '1', '--format', 'html')).stdout).toContain('Approved by')
  const pdf = join(folder, 'report.pdf')
  await vigie('report', '1', '--format', 'pdf', '--out', pdf)
  expect(readFileSync(pdf, 'latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
  await vigie('sent', '1', '--how', 'by telephone', '--reference', 'CC-1')
  // What changes is no longer what was approved.
  await vigie('note', '1', 'It came back', '--kind', 'seen')
  expect((await vigie('report', '1')).stdout).toContain('is not approved')
})

test('is closed only as something', async () => {
  const refused = await vigie('change', '1', '--state', 'closed')
  expect(refused.stderr).toContain('what it turned out to be')
  const closed = await vigie(
    'change',
    '1',
    '--state=closed',
    '--assessment=compromise',
    '--conclusion=The device was rebuilt.',
  )
  expect(closed.code).toBe(0)
  expect((await vigie()).stdout).toMatch(/^1 +closed/m)
  expect(await vigie('prove', '1')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Of [1-9]\d* acts the digest stands in the log of evidence too/),
  })
})
