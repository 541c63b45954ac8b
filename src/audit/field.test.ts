// Malicious changes put into real configurations are found, and what people change every day is not: the same golden
// changes, and edits that mean nothing, in devices that were seen nowhere else.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { yamlValue } from '../core/index.ts'
import type { DeviceAudit } from '../model/index.ts'
import { auditDevice } from './audit-device.ts'
import { readChecks } from './checks/read-checks.ts'
import { readConfig } from './read-config.ts'
import type { ReadConfig } from './read-config.ts'
import { alertsOf } from './records/alerts.ts'
import { HAS_REFERENCE, configurations, dialects, door } from './reference.test-helper.ts'

const CHECKS = join(import.meta.dirname, '../../content/checks')
const checks = readChecks(CHECKS)
const GoldenSchema = z.array(
  z.object({ dialect: z.string(), before: z.string().default(''), hit: z.string() }),
)

function read(text: string, knownAs?: string): ReadConfig | undefined {
  const config = readConfig(Buffer.from(text), {
    dialects,
    door,
    ...(knownAs === undefined ? {} : { knownAs }),
  })
  return config.ok ? config.config : undefined
}

/** The same device stands before many changes. */
const known = new Map<string, ReadConfig | undefined>()

function readOnce(text: string, knownAs: string): ReadConfig | undefined {
  if (known.has(text)) return known.get(text)
  // Trees of all of them at once would be too much.
  if (known.size > 50) known.clear()
  const config = read(text, knownAs)
  known.set(text, config)
  return config
}

function judged(before: string, after: string, dialect: string): DeviceAudit | undefined {
  const was = readOnce(before, dialect)
  const is = after === before ? was : read(after, dialect)
  if (was === undefined || is === undefined) return undefined
  return auditDevice({ source: 'x', now: is, before: was }, checks)
}

/** Changes that are found between two texts of one device. */
function found(before: string, after: string, dialect: string): readonly string[] {
  const findings = judged(before, after, dialect)?.findings ?? []
  return findings.filter(({ kind }) => kind === 'change').map(({ check }) => check)
}

/** Alerts that a station would raise. */
function alerts(before: string, after: string, dialect: string): readonly string[] {
  const audit = judged(before, after, dialect)
  if (audit === undefined) return []
  return alertsOf(audit, { device: 'x', version: 'v', nowMs: 0 }).findings.map(({ rule }) => rule)
}

type Device = { readonly text: string; readonly dialect: string; readonly form: string }

/** Whole configurations of real devices; fixtures of parsers are no devices. */
function devices(): readonly Device[] {
  const all: Device[] = []
  for (const path of configurations()) {
    if (/\/batfish\//.test(path)) continue
    const text = readFileSync(path, 'utf8')
    const config = text.length < 400 ? undefined : read(text)
    if (config?.recognised.kind !== 'known') continue
    all.push({ text, dialect: config.dialect.name, form: config.tree.form })
  }
  return all
}

/** Longer ones take minutes for every change, and are met in the everyday edits. */
const ORDINARY = 100_000

const isName = (line: string) =>
  /^(?:hostname|switchname|version|#TMSH|set (?:system host-name|hostname|deviceconfig system hostname))/.test(
    line,
  )
const withoutNames = (text: string) =>
  text
    .split('\n')
    .filter((line) => !isName(line))
    .join('\n')

describe.skipIf(!HAS_REFERENCE)('real devices', () => {
  const field = HAS_REFERENCE ? devices() : []

  test('95 of 100 malicious changes put into them are found', () => {
    let [all, met] = [0, 0]
    for (const check of checks.filter(({ kind }) => kind === 'change')) {
      const golden = GoldenSchema.parse(
        yamlValue(readFileSync(join(CHECKS, `${check.id}.golden.yml`), 'utf8')),
      )
      for (const { dialect, before, hit } of golden) {
        const fit = field.filter(
          (device) =>
            device.dialect === dialect &&
            device.form !== 'xml' &&
            device.text.length < ORDINARY &&
            (device.form === 'brace') === hit.includes('{\n'),
        )
        for (const { text } of fit.slice(0, 3)) {
          const base = text.replace(/^end\s*$/m, '')
          all += 1
          if (
            found(
              `${base}\n${withoutNames(before)}`,
              `${base}\n${withoutNames(hit)}`,
              dialect,
            ).includes(check.id)
          )
            met += 1
        }
      }
    }
    expect(all).toBeGreaterThan(800)
    expect(met / all).toBeGreaterThanOrEqual(0.95)
  }, 120_000)

  test('2 of 100 everyday edits at most are taken for more than that', () => {
    let [all, alarms] = [0, 0]
    for (const { text, dialect } of field) {
      for (const edit of EVERYDAY) {
        const edited = edit(text, dialect)
        if (edited === undefined) continue
        all += 1
        if (alerts(text, edited, dialect).length > 0) alarms += 1
      }
    }
    expect(all).toBeGreaterThan(2000)
    expect(alarms / all).toBeLessThanOrEqual(0.02)
  }, 120_000)
})

type Edit = (text: string, dialect: string) => string | undefined

const CISCO_LIKE = new Set(['cisco-ios', 'cisco-nxos', 'arista-eos', 'cisco-xr', 'cisco-asa'])

function replaced(pattern: RegExp, by: string): Edit {
  return (text) => (pattern.test(text) ? text.replace(pattern, by) : undefined)
}

function added(after: RegExp, lines: string, isFor: (dialect: string) => boolean): Edit {
  return (text, dialect) =>
    isFor(dialect) && after.test(text)
      ? text.replace(after, (line) => `${line}\n${lines}`)
      : undefined
}

const cisco = (after: RegExp, lines: string) =>
  added(after, lines, (dialect) => CISCO_LIKE.has(dialect))
const junos = (lines: string) =>
  added(/^set system host-name .*$/m, lines, (dialect) => dialect === 'junos')

const EVERYDAY: readonly Edit[] = [
  (text) => text,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', ' \n'),
  replaced(/^hostname \S+$/m, 'hostname renamed'),
  cisco(/^hostname .*$/m, 'vlan 777\n name STUDENTS'),
  cisco(/^hostname .*$/m, 'ntp server 10.0.0.77'),
  cisco(/^hostname .*$/m, 'snmp-server location Ottawa'),
  cisco(/^hostname .*$/m, 'ip prefix-list NEW seq 5 permit 10.0.0.0/8'),
  cisco(/^interface \S+$/m, ' mtu 9000'),
  cisco(/^interface \S+$/m, ' description to the library'),
  cisco(
    /^router bgp .*$/m,
    ' neighbor 10.9.9.9 remote-as 65009\n neighbor 10.9.9.9 description peer',
  ),
  junos('set vlans students vlan-id 777'),
  junos('set system ntp server 10.0.0.77'),
  junos('set interfaces ge-0/0/9 description "to the library"'),
  junos('set system syslog host 10.0.0.88 any notice'),
]
