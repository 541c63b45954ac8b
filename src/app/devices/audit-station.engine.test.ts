import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchAlerts } from '../../detect/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { auditKey, openStationAudit } from './audit-station.ts'

let records: Records
const data = mkdtempSync(join(tmpdir(), 'vigie-audit-'))
let nowMs = Date.parse('2026-01-05T02:00:00Z')
const clock = { nowMs: () => nowMs }

beforeAll(async () => {
  records = await openTemporaryRecords()
})
afterAll(async () => {
  await records.destroy()
  rmSync(data, { recursive: true })
})

const station = () => openStationAudit({ records, settings: { data }, clock, onRaised: () => {} })
const SECRET = 'Pl4ntedS3cret'
const router = (name: string, more: readonly string[] = [], changed = '10:00:00') =>
  Buffer.from(
    [
      `! Last configuration change at ${changed} UTC Mon Jan 5 2026 by ann`,
      'version 17.9',
      `hostname ${name}`,
      `username ops privilege 15 secret 9 ${SECRET}`,
      `snmp-server community ${SECRET} RO 5`,
      'logging host 10.0.0.9',
      'interface Gi0/0',
      ' ip address 198.51.100.2 255.255.255.0',
      ...more,
      'line vty 0 4',
      ' access-class 20 in',
      'end',
    ].join('\n'),
  )

async function alertsOn(entity: string) {
  const { alerts } = await searchAlerts(records, { entity })
  return alerts.map(({ rule, severity, why, reasons }) => ({
    rule,
    severity,
    why,
    reasons: reasons.length,
  }))
}

describe('a configuration that is taken in', () => {
  test('is a device with a version the first time, and rings no bell', async () => {
    const taken = await station().take(router('r1'), { source: 'r1.cfg' })
    expect(taken).toMatchObject({
      ok: true,
      device: 'r1',
      isNew: true,
      audit: { changes: null, dialect: 'cisco-ios' },
    })
    expect(await alertsOn('r1')).toEqual([])
  })

  test('is kept once where only volatile lines changed, and says who changed it', async () => {
    nowMs += 86_400_000
    const taken = await station().take(router('r1', [], '11:11:11'), { source: 'r1.cfg' })
    expect(taken).toMatchObject({ ok: true, isNew: false, audit: { changeCount: 0 } })
    const versions = await records
      .selectFrom('audit_versions')
      .select(['last_seen', 'facts'])
      .execute()
    expect(versions).toHaveLength(1)
    expect(versions[0]?.last_seen).toEqual(new Date(nowMs))
    expect(JSON.stringify(versions[0]?.facts)).toContain('11:11:11')
    expect(await alertsOn('r1')).toEqual([])
  })

  test('raises one alert for one step', async () => {
    nowMs += 86_400_000
    const tunnel = ['interface Tunnel9', ' tunnel destination 203.0.113.7']
    const taken = await station().take(router('r1', tunnel), { source: 'r1.cfg' })
    expect(taken).toMatchObject({ ok: true, isNew: true, audit: { incident: [] } })
    const [alert, ...others] = await alertsOn('r1')
    expect(others).toEqual([])
    expect(alert).toMatchObject({ rule: 'audit-tunnel-added', severity: 'critical' })
    expect(alert?.why).toEqual({
      en: 'Configuration of r1: Tunnel added or pointed elsewhere, line 10: “interface Tunnel9 > tunnel destination 203.0.113.7”.',
      fr: 'Configuration de r1\u202f: Tunnel ajouté ou redirigé, ligne 10\u202f: «\u202finterface Tunnel9 > tunnel destination 203.0.113.7\u202f».',
    })
  })

  test('raises one incident for several steps, and not an alert for each', async () => {
    await station().take(router('r2'), { source: 'r2.cfg' })
    nowMs += 86_400_000
    const steps = [
      'username support privilege 15 secret 9 $9$x$y',
      'interface Tunnel9',
      ' tunnel destination 203.0.113.7',
    ]
    const taken = await station().take(router('r2', steps), { source: 'r2.cfg' })
    expect(taken).toMatchObject({
      ok: true,
      audit: { incident: expect.arrayContaining(['administrator', 'tunnel']) },
    })
    expect((await alertsOn('r2')).map(({ rule }) => rule)).toEqual(['audit-incident'])
    const diff = await records
      .selectFrom('audit_diffs')
      .selectAll()
      .orderBy('made', 'desc')
      .executeTakeFirstOrThrow()
    expect(diff).toMatchObject({
      change_count: 2,
      incident: expect.arrayContaining(['administrator', 'tunnel']),
    })
  })

  test('keeps hardening findings without ringing', async () => {
    await station().take(Buffer.from('version 17.9\nhostname r3\nvstack'), { source: 'r3.cfg' })
    nowMs += 1000
    await station().take(Buffer.from('version 17.9\nhostname r3\nvstack\nntp server 10.0.0.1'), {
      source: 'r3.cfg',
    })
    expect(await alertsOn('r3')).toEqual([])
    const diff = await records
      .selectFrom('audit_diffs')
      .select('findings')
      .orderBy('made', 'desc')
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(diff.findings)).toContain('smart-install-on')
  })

  test('that is no text leaves nothing behind', async () => {
    const before = await records.selectFrom('audit_devices').select('id').execute()
    expect(await station().take(Buffer.from([1, 0, 2, 0, 3, 3, 0]), { source: 'x' })).toMatchObject(
      { ok: false, problem: { kind: 'binary' } },
    )
    expect(await records.selectFrom('audit_devices').select('id').execute()).toEqual(before)
  })
})

describe('what is not whole', () => {
  const STAFF = ['snmp-server group ops v3 priv', 'ip route 10.8.0.0 255.255.0.0 10.0.0.1']
  const part = (whole: Buffer, upto: string) =>
    whole.subarray(0, whole.toString().indexOf(upto) + upto.length)
  const later = async (bytes: Buffer, source: string) => {
    nowMs += 3_600_000
    const taken = await station().take(bytes, { source, device: source })
    if (!taken.ok) throw new Error(taken.problem.kind)
    return taken
  }
  const current = async (name: string) =>
    records
      .selectFrom('audit_devices')
      .innerJoin('audit_versions', 'audit_versions.id', 'audit_devices.version')
      .select(['audit_versions.id', 'is_whole'])
      .where('name', '=', name)
      .executeTakeFirstOrThrow()

  test('rings once, is kept, and the whole one that comes after it is no change', async () => {
    const whole = router('h1', STAFF)
    const { version } = await later(whole, 'h1')
    const cut = part(whole, ' ip address 198.51')
    expect(await later(cut, 'h1')).toMatchObject({ isNew: true, audit: { signs: ['cut'] } })
    expect(await current('h1')).toEqual({ id: version, is_whole: true })
    expect((await alertsOn('h1')).map(({ rule }) => rule)).toEqual(['audit-config-cut'])
    expect(await later(cut, 'h1')).toMatchObject({ isNew: false })
    expect(await later(whole, 'h1')).toMatchObject({ version, isNew: false })
    expect(await alertsOn('h1')).toHaveLength(1)
    const kept = await records
      .selectFrom('audit_versions')
      .select('is_whole')
      .where('device', 'in', (of) =>
        of.selectFrom('audit_devices').select('id').where('name', '=', 'h1'),
      )
      .execute()
    expect(kept.map(({ is_whole }) => is_whole).toSorted((a, b) => Number(a) - Number(b))).toEqual([
      false,
      true,
    ])
  })

  test('hides nothing: what came with it rings, and what went is found by the next whole one', async () => {
    await later(router('h2', STAFF), 'h2')
    const intruded = router('h2', ['username support privilege 15 secret 9 $9$x$y', ...STAFF])
    await later(part(intruded, 'ip route 10.8'), 'h2')
    expect((await alertsOn('h2')).map(({ rule }) => rule).toSorted()).toEqual([
      'audit-config-cut',
      'audit-new-administrator',
    ])
    const muted = intruded.toString().replace('logging host 10.0.0.9\n', '')
    const taken = await later(Buffer.from(muted), 'h2')
    expect(taken.audit.incident).toEqual(expect.arrayContaining(['administrator', 'log']))
  })

  test('and comes first is followed by no change either', async () => {
    const whole = router('h3', STAFF)
    await later(part(whole, ' ip address 198.51'), 'h3')
    expect(await later(whole, 'h3')).toMatchObject({ isNew: true, audit: { changes: null } })
    expect(await alertsOn('h3')).toEqual([])
  })

  test('because two stand in one is one alert, of neither’s administrators', async () => {
    const whole = router('h4', STAFF)
    const other = router('other', ['username else privilege 15 secret 9 $9$x$y', 'vstack'])
    await later(whole, 'h4')
    const both = await later(Buffer.concat([whole, Buffer.from('\n'), other]), 'h4')
    expect(both.audit.signs).toEqual(['joined'])
    await later(whole, 'h4')
    expect((await alertsOn('h4')).map(({ rule }) => rule)).toEqual(['audit-config-cut'])
  })

  test('because it is another file is one alert, and nothing that the device has is gone', async () => {
    const rules = Array.from(
      { length: 30 },
      (_, at) => `    edit ${at}\n        set srcaddr "all"\n    next`,
    )
    const whole = Buffer.from(
      `#config-version=FG100F-7.4.3-FW-build2573-240201:opmode=0:vdom=0:user=admin\nconfig system global\n    set hostname "h8"\nend\nconfig log syslogd setting\n    set status enable\n    set server "10.0.0.9"\nend\nconfig firewall policy\n${rules.join('\n')}\nend\n`,
    )
    const { version } = await later(whole, 'h8')
    const letter = await later(Buffer.from('Dear council,\nit is done.\n'), 'h8')
    expect(letter.audit.signs).toEqual(['strange'])
    expect(await current('h8')).toEqual({ id: version, is_whole: true })
    expect(await later(whole, 'h8')).toMatchObject({ version, isNew: false })
    expect((await alertsOn('h8')).map(({ rule }) => rule)).toEqual(['audit-config-cut'])
  })

  test('but stands so for a week is what the device says', async () => {
    const whole = router('h5', STAFF)
    await later(whole, 'h5')
    const cut = part(whole, ' ip address 198.51')
    const { version } = await later(cut, 'h5')
    nowMs += 7 * 86_400_000
    await later(cut, 'h5')
    expect(await current('h5')).toEqual({ id: version, is_whole: true })
  })

  test('or of another make rings once, however often two devices of one name take turns', async () => {
    const firewall = Buffer.from(
      '#config-version=FG100F-7.4.3-FW-build2573-240201:opmode=0:vdom=0:user=admin\nconfig system global\n    set hostname "h6"\nend\nconfig system dns\n    set primary 10.0.0.53\nend\n',
    )
    for (const bytes of [router('h6'), firewall, router('h6'), firewall, router('h6')])
      await later(bytes, 'h6')
    expect((await alertsOn('h6')).map(({ rule }) => rule)).toEqual(['audit-config-cut'])
  })

  test('and looks like another make’s beginning is the device’s own', async () => {
    const whole = `firewall {
    name WAN-IN {
        default-action drop
        rule 10 {
            action accept
            state {
                established enable
            }
        }
    }
}
interfaces {
    ethernet eth0 {
        address 198.51.100.2/24
        description outside
    }
    ethernet eth1 {
        address 10.0.0.1/24
    }
}
system {
    host-name h7
    login {
        user vyos {
            authentication {
                encrypted-password $6$x$y
            }
        }
    }
}
// vyos-config-version: "firewall@15:system@27"
`
    await later(Buffer.from(whole), 'h7')
    const taken = await later(part(Buffer.from(whole), '198.51.100.2/24\n'), 'h7')
    expect(taken.audit).toMatchObject({ dialect: 'vyos', signs: expect.arrayContaining(['half']) })
    await later(Buffer.from(whole), 'h7')
    expect((await alertsOn('h7')).map(({ rule }) => rule)).toEqual(['audit-config-cut'])
  })
})

test('no secret is in any table', async () => {
  const { rows: tables } = await sql<{
    name: string
  }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`.execute(
    records,
  )
  expect(tables.length).toBeGreaterThan(10)
  for (const { name } of tables) {
    const { rows } = await sql<{
      row: string
    }>`SELECT to_jsonb(t)::text AS row FROM ${sql.table(name)} AS t`.execute(records)
    expect({ name, left: rows.filter(({ row }) => row.includes(SECRET)) }).toEqual({
      name,
      left: [],
    })
  }
})

test('the key is the station’s alone and stays the same', () => {
  const folder = join(data, 'keys')
  expect(Buffer.from(auditKey(folder))).toEqual(readFileSync(join(folder, 'audit-key')))
  expect(statSync(join(folder, 'audit-key')).mode & 0o777).toBe(0o600)
})
