// Configurations on a whole station: put into its folder, handed in by command, and whose changes are.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePortFlags, run, start } from './commands.ts'
import type { Running } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-configs-'))
const data = join(folder, 'data')
let station: Running
let url = ''

const firewall = (name: string, ...more: readonly string[]) =>
  [
    '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin',
    'config system global',
    `    set hostname "${name}"`,
    'end',
    'config log syslogd setting',
    '    set status enable',
    '    set server "10.0.0.9"',
    'end',
    ...more,
  ].join('\n')
const ADMIN = [
  'config system admin',
  '    edit "support"',
  '        set accprofile "super_admin"',
  '        set password ENC AK1abcdefghijklmnop',
  '    next',
  'end',
]

beforeAll(async () => {
  const { flags, ports } = await freePortFlags()
  url = `http://127.0.0.1:${ports.console}`
  station = start(['up', '--data', data, ...flags])
  await station.until('Ctrl-C')
})
afterAll(async () => {
  station.signal('SIGINT')
  await station.ended
  rmSync(folder, { recursive: true, force: true })
})

const vigie = (...args: readonly string[]) =>
  run(['devices', ...args, '--url', url, '--data', data])
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('says where to begin while there is none, and where the folder is', async () => {
  expect(station.printed()).toContain(join(data, 'configurations'))
  expect(await vigie()).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('vigie devices take'),
  })
})

test('a file in the folder is a device', async () => {
  mkdirSync(join(data, 'configurations/depot'))
  writeFileSync(join(data, 'configurations/depot/fw.conf'), firewall('fw-depot'))
  await expect
    .poll(async () => (await vigie()).stdout, { timeout: 30_000, interval: 500 })
    .toMatch(/^0 .*fw-depot .*Forti/m)
})

test('a change is unexplained until somebody says whose it is', async () => {
  const first = file('hall.conf', firewall('fw-hall'))
  expect(await vigie('take', first)).toMatchObject({
    stdout: expect.stringContaining('fw-hall: 0 changes'),
  })
  expect(await vigie('take', first)).toMatchObject({
    code: 0,
    stdout: 'fw-hall: nothing has changed\n',
  })
  const taken = await vigie('take', file('hall.conf', firewall('fw-hall', ...ADMIN)))
  expect([taken.code, taken.stdout]).toEqual([3, expect.stringMatching(/^fw-hall: [1-9]/)])
  const listed = await vigie('changes')
  expect(listed.code).toBe(3)
  const id = /unexplained .*fw-hall +(\S+)/.exec(listed.stdout)?.[1] ?? ''
  const shown = await vigie('show', id)
  expect(shown.stdout).toContain('New administrator')
  expect(shown.stdout).not.toContain('AK1abcdefghijklmnop')
  const explained = await vigie('explain', id, '--reason', 'A. Roy, new colleague')
  expect(explained).toMatchObject({ code: 0, stdout: expect.stringContaining('Written down as') })
  expect(await vigie('changes')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^explained .*fw-hall/m),
  })
})

test('a change is announced, by hand and by a table, and a record is taken back', async () => {
  const window = ['--from', '2026-12-01T20:00-05:00', '--to', '2026-12-01T23:00-05:00']
  const announced = await vigie(
    'announce',
    'fw-depot',
    ...window,
    '--allow=config system admin',
    '--allow=config router static',
    '--reason=routes',
  )
  const id = /as (\S+)\./.exec(announced.stdout)?.[1] ?? ''
  const table = file(
    'records.csv',
    'device,starts,ends,reason\nfw-depot,2026-12-03T00:00:00Z,2026-12-03T04:00:00Z,firmware\nfw-depot,soon,later,?',
  )
  expect(await vigie('import', table)).toMatchObject({
    code: 4,
    stdout: '1 record taken.\nLine 3 was not taken: starts is “soon”.\n',
  })
  expect((await vigie('revoke', id)).stdout).toContain('taken back')
  const { stdout } = await vigie('records')
  expect(stdout).toMatch(/fw-depot +2026-12-02T01:00 +2026-12-02T04:00 .*\(taken back\) routes/)
  expect(stdout).toMatch(/fw-depot +2026-12-03T00:00 .*firmware/)
})

test('what cannot be used is said in a sentence', async () => {
  const bad = await vigie('take', file('x.bin', 'a\0b'))
  expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining('a zero byte')])
  const page = file('login.conf', '<!DOCTYPE html><html><title>Sign in</title></html>')
  const whole = file('annex.conf', firewall('fw-annex'))
  const pair = file('pair.conf', `${firewall('fw-one')}\n${firewall('fw-two')}`)
  expect(await vigie('take', page, join(folder, 'nowhere'), whole, pair)).toMatchObject({
    code: 4,
    stdout: expect.stringMatching(
      /^fw-annex: 0 changes.*\nfw-one: .*\n {2}Two configurations in one/,
    ),
    stderr: expect.stringMatching(
      /login\.conf: no configuration but a web page.*\nThere is nothing/,
    ),
  })
  const set = ['golden', 'set', 'halls', '--device', 'fw-*']
  expect((await vigie(...set, '--file', page)).code).toBe(1)
  expect((await vigie('golden')).stdout).not.toContain('halls')
  expect((await vigie(...set, '--operator', 'ann', '--file', whole)).code).toBe(0)
  expect((await vigie(...set, '--operator', 'ben', '--file', page)).code).toBe(1)
  expect((await vigie('golden')).stdout).toMatch(/halls +fw-\* +ann +annex\.conf/)
  const turned = await vigie(
    'announce',
    'fw-hall',
    '--from=2026-12-02T00:00Z',
    '--to=2026-12-01T00:00Z',
    '--reason=turned',
  )
  expect(turned.stderr).toContain('starts < ends')
})

test('zones are kept by command under a name, judged, and shown with what was seen', async () => {
  const segment = (...args: readonly string[]) =>
    run(['segment', ...args, '--url', url, '--data', data])
  expect(await segment('show')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('vigie segment zones --proposal'),
  })
  const text = 'zones:\n  - { id: office, kind: it, prefixes: [10.1.0.0/24] }\n'
  const broken = await segment('keep', file('zones.yml', text.replace('it', 'what')))
  expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('Line 2, column 25') })
  const zones = `${text}  - { id: plant, kind: ot, prefixes: [10.3.0.0/24] }\n`
  expect(await segment('keep', file('zones.yml', zones), '--note', 'first')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Version 1 stands: 2 zones'),
  })
  expect((await segment('zones')).stdout).toBe(zones)
  await expect
    .poll(async () => (await segment('show')).stdout, { timeout: 30_000, interval: 500 })
    .toMatch(/office +plant +indeterminate/)
  expect(await segment('flows')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('0 of 30 days have some'),
  })
})
