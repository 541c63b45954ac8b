import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../../cli/run-command.ts'
import { readSettings } from '../../core/index.ts'
import { auditPaths } from './audit.ts'
import type { AuditOptions } from './audit.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-audit-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const SECRET = 'Pl4ntedS3cret'
const QUIET = `version 17.9\nhostname r1\nusername ops privilege 15 secret 9 ${SECRET}\nlogging host 10.0.0.9\nline vty 0 4\n access-class 20 in\n`
const LOUD = QUIET.replace(
  'logging host 10.0.0.9',
  `username <b>x</b> privilege 15 password 0 ${SECRET}`,
)

function put(name: string, text: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

const audit = (options: Partial<AuditOptions> & Pick<AuditOptions, 'paths'>) =>
  auditPaths({
    settings: readSettings({}, {}),
    clock: { nowMs: () => Date.parse('2026-01-05T00:00:00Z') },
    out: join(folder, 'out'),
    ...options,
  })

describe('vigie audit', () => {
  test('says what changed between two files of one device', async () => {
    const { report } = await audit({ before: put('old.cfg', QUIET), paths: [put('new.cfg', LOUD)] })
    const [device] = report.devices
    expect(device).toMatchObject({
      hostname: 'r1',
      dialect: 'cisco-ios',
      incident: ['log', 'administrator'],
    })
    expect(
      device?.findings.filter(({ kind }) => kind === 'change').map(({ check }) => check),
      // The last two are states that this change brought about.
    ).toEqual(['log-muted', 'new-administrator', 'no-remote-log', 'weak-secrets'])
  })

  test('pairs the files of two folders by name, and says which has no earlier version', async () => {
    put('monday/a/r1.cfg', QUIET)
    put('tuesday/a/r1.cfg', LOUD)
    put('tuesday/r2.cfg', QUIET.replace('r1', 'r2'))
    const { report } = await audit({
      before: join(folder, 'monday'),
      paths: [join(folder, 'tuesday')],
    })
    expect(report.devices.map(({ source, changes }) => [source, changes?.length ?? null])).toEqual([
      ['a/r1.cfg', 2],
      ['r2.cfg', null],
    ])
    expect(report.problems.map(({ sentence }) => sentence)).toEqual([
      'r2.cfg has no earlier version beside it',
    ])
  })

  test('one file that cannot be read does not keep the others', async () => {
    put('in/a.bin', Buffer.from([1, 2, 0, 3]))
    put('in/b.cfg', QUIET)
    const { report } = await audit({ paths: [join(folder, 'in')] })
    expect(report.devices.map(({ source }) => source)).toEqual(['b.cfg'])
    expect(report.problems).toEqual([
      { file: 'a.bin', sentence: 'no text: a zero byte stands in line 1' },
    ])
  })

  test('writes a report without script, markup or secret of the device, in both languages', async () => {
    for (const language of ['en', 'fr'] as const) {
      const settings = readSettings({ language }, {})
      const { written } = await audit({
        settings,
        before: put('old.cfg', QUIET),
        paths: [put('new.cfg', LOUD)],
      })
      const [html = '', lines = ''] = written.map((file) => readFileSync(file, 'utf8'))
      expect(html).toContain(language === 'fr' ? 'Nouvel administrateur' : 'New administrator')
      expect(html).not.toMatch(/<script|<b>x<\/b>|https?:\/\//)
      expect(html + lines).not.toContain(SECRET)
      expect(
        lines
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      ).toContainEqual(
        expect.objectContaining({ check: 'log-muted', kind: 'change', hostname: 'r1' }),
      )
    }
  })

  test('a configuration that ends in a block or lost most of itself is said to be so', async () => {
    const half = 'set system host-name j1\n'.repeat(1)
    const { report } = await audit({
      paths: [put('half.conf', 'system {\n    host-name j1;\n    services {\n        ssh;\n')],
    })
    expect(report.devices[0]?.signs).toEqual(['half'])
    const answer = 'Current configuration : 4711 bytes\n!\nversion 17.3\nhostname r1\n!\n'
    for (const [name, text, signs] of [
      ['cut.cfg', `${answer}interface Gi0/1\n ip ad`, ['half']],
      ['whole.cfg', `${answer}end\n`, []],
    ] as const) {
      const { report: one } = await audit({ paths: [put(name, text)] })
      expect(one.devices[0]?.signs).toEqual(signs)
    }
    const longer = Array.from({ length: 30 }, (_, at) => `set interfaces ge-0/0/${at} unit 0`).join(
      '\n',
    )
    // All of it at the end, and from the middle.
    const last = '\nset snmp location hall\n'
    for (const [name, text, signs] of [
      ['end.conf', half, ['cut']],
      ['middle.conf', half + last, ['shrunk']],
    ] as const) {
      const { report: one } = await audit({
        before: put('a.conf', half + longer + last),
        paths: [put(name, text)],
      })
      expect(one.devices[0]?.signs).toEqual(signs)
    }
  })
})

describe('exit code', () => {
  const run = async (...inputs: readonly string[]) => {
    const printed: string[] = []
    const stream = { write: (text: string) => printed.push(text) > 0, isTTY: false }
    const code = await runCommand(['audit', '--out', join(folder, 'out'), ...inputs], {
      ...process,
      env: {},
      on: process.on.bind(process),
      off: process.off.bind(process),
      stdout: Object.assign(Object.create(process.stdout), stream),
      stderr: Object.assign(Object.create(process.stderr), stream),
    })
    return { code, printed: printed.join('') }
  }

  test('is 3 with findings, 0 without, 4 where something could not be read, 2 without a path', async () => {
    const loud = await run('--before', put('old.cfg', QUIET), put('new.cfg', LOUD))
    expect(loud).toMatchObject({
      code: 3,
      printed: expect.stringContaining('Treat this as an incident.'),
    })
    expect(await run(put('quiet.cfg', QUIET))).toMatchObject({ code: 0 })
    expect(await run(put('x.bin', Buffer.from([0, 1, 2, 3, 4])))).toMatchObject({ code: 4 })
    expect(await run()).toMatchObject({ code: 2 })
  })
})
