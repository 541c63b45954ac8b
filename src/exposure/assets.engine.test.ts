// Assets merged, taken apart, named by configurations, against a real records database.

import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '../core/index.ts'
import {
  START,
  at,
  told,
  records,
  room,
  scan,
  know,
  open,
  ESTATE,
  kevOf,
  FORTIOS,
  RECORD,
} from './exposure-room.test-helper.ts'

describe('assets', () => {
  test('two that are one are merged, and taken apart again with all they brought', async () => {
    await scan('a.csv', 'host,cve\nweb1,CVE-2024-1000\n')
    await scan('b.csv', 'ip,cve\n192.0.2.7,CVE-2024-2000\n')
    const { assets } = await room.assets({ text: '', limit: 10, offset: 0 })
    const [address, name] = assets
    if (address === undefined || name === undefined) throw new Error('two assets')
    expect(await room.merge(address.id, name.id, 'anna')).toMatchObject({
      open: 2,
      merged: [{ id: address.id }],
    })
    // The same report again finds the same finding on the merged asset.
    expect(await scan('b.csv', 'ip,cve\n192.0.2.7,CVE-2024-2000\n')).toMatchObject({
      created: 0,
      newAssets: 0,
    })
    expect(await room.unmerge(address.id, 'anna')).toMatchObject({ open: 1, merged: [] })
    expect((await room.asset(name.id)).exposures.map(({ vulnerability }) => vulnerability)).toEqual(
      ['CVE-2024-1000'],
    )
  })

  test('merging keeps the clocks and the history of both, and taking apart proves no fixing', async () => {
    await know('record.json', RECORD)
    await scan('estate.csv', ESTATE)
    const [gate] = (await room.assets({ text: 'gate', limit: 10, offset: 0 })).assets
    at.nowMs = START + 5 * DAY_MS
    await scan('other.csv', 'asset,ip\npassage.town.example,10.0.0.77\n')
    const [other] = (await room.assets({ text: 'passage', limit: 10, offset: 0 })).assets
    const [before] = await open({ asset: gate?.id ?? '' })
    await room.except(
      {
        asset: gate?.id ?? '',
        vulnerability: 'CVE-2024-21762',
        owner: 'A. Roy',
        reason: 'The supplier comes on Monday',
        control: 'Only from two addresses, tried',
        expires: new Date(at.nowMs + 10 * DAY_MS).toISOString(),
      },
      'ann',
    )
    await room.merge(gate?.id ?? '', other?.id ?? '', 'ann')
    const both = await open({ asset: other?.id ?? '' })
    expect(both).toMatchObject([
      { detected: before?.detected, due: before?.due, exception: { owner: 'A. Roy' } },
    ])
    at.nowMs += DAY_MS
    await room.unmerge(gate?.id ?? '', 'ann')
    expect(await open({ asset: gate?.id ?? '' })).toMatchObject([
      { detected: before?.detected, due: before?.due, exception: { owner: 'A. Roy' } },
    ])
    // The other never had it: nothing there was fixed.
    for (const state of ['open', 'fixed'])
      expect(await open({ asset: other?.id ?? '', state })).toEqual([])
    expect(await open({ asset: gate?.id ?? '', state: 'fixed' })).toEqual([])
  })

  test('face the public network by evidence, until a person decides', async () => {
    await scan(
      'shodan.json',
      JSON.stringify({
        ip_str: '203.0.113.9',
        port: 443,
        transport: 'tcp',
        product: 'nginx',
        version: '1.20.0',
        timestamp: '2026-08-19T00:00:00',
      }),
    )
    const [asset] = (await room.assets({ text: '203.0', limit: 10, offset: 0 })).assets
    expect(asset).toMatchObject({
      facing: 'internet',
      evidence: [{ source: 'shodan', evidence: expect.stringContaining('443/tcp') }],
    })
    expect(
      await room.changeAsset(
        asset?.id ?? '',
        { facing: 'internal', owner: 'anna', criticality: 'high' },
        'anna',
      ),
    ).toMatchObject({ facing: 'internal', facingBy: 'anna', owner: 'anna' })
    expect(await room.changeAsset(asset?.id ?? '', { facing: 'unknown' }, 'anna')).toMatchObject({
      facing: 'internet',
      facingBy: '',
    })
  })

  test('of high criticality have less time', async () => {
    await scan('a.csv', 'host,cve\nweb1,CVE-2024-1000\n')
    const [before] = await open()
    await room.changeAsset(before?.asset ?? '', { criticality: 'very high' }, 'anna')
    const [after] = await open()
    expect([before?.basis.tier, after?.basis.tier]).toEqual(['upgrade', 'sixty-days'])
  })
})

describe('configurations of devices', () => {
  const configure = async (name: string, id: string, config: string) => {
    const day = new Date(at.nowMs).toISOString()
    await sql`INSERT INTO audit_devices (id, name, dialect, title, vendor, first_seen, last_seen, version)
      VALUES (${name}, ${name}, 'fortios', 'FortiGate', 'Fortinet', ${day}, ${day}, ${id})
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, last_seen = excluded.last_seen`.execute(
      records,
    )
    await sql`INSERT INTO audit_versions (id, device, source, received, last_seen, text_digest, meaning_digest, config, dialect,
        lines, significant, understood, facts)
      VALUES (${id}, ${name}, 'test', ${day}, ${day}, ${id}, ${id}, ${config}, 'fortios', 1, 1, 1, '[]')`.execute(
      records,
    )
  }

  test('name the device and its version: what is exploited there is told, and the next one is the proof of fixing', async () => {
    await know('record.json', RECORD)
    await know('kev.json', kevOf('2026-08-20T08:00:00Z', [FORTIOS]))
    await configure('depot-gate', 'v1', '#config-version=FGT60F-7.0.12-FW-build0523:opmode=0\nend')
    expect(await room.learnFromConfigurations()).toBe(1)
    // No scanner saw it, and nobody said that it faces the internet: an edge product is presumed to.
    expect(told.urgent).toEqual(['depot-gate CVE-2024-21762'])
    expect(told.triage).toHaveLength(1)
    at.nowMs += HOUR_MS
    expect(await room.learnFromConfigurations()).toBe(0)
    expect(told.urgent).toHaveLength(1)
    at.nowMs += DAY_MS
    await configure('depot-gate', 'v2', '#config-version=FGT60F-7.4.9-FW-build2829:opmode=0\nend')
    await room.learnFromConfigurations()
    expect(await open()).toEqual([])
    expect(await open({ state: 'fixed' })).toMatchObject([
      { assetName: 'depot-gate', proof: 'configuration', product: 'FortiOS' },
    ])
  })
})

describe('clouds', () => {
  const instance = (id: string, more: object = {}) => ({
    InstanceId: id,
    ImageId: 'ami-1',
    PrivateIpAddress: '10.0.0.5',
    PrivateDnsName: 'ip-10-0-0-5.ec2.internal',
    Tags: [{ Key: 'Name', Value: 'web' }],
    ...more,
  })
  const listOf = (...instances: object[]) =>
    JSON.stringify({ Reservations: [{ ReservationId: 'r-1', Instances: instances }] })

  test('two machines of one private address in two networks are two; a public address faces the internet', async () => {
    await scan(
      'instances.json',
      listOf(instance('i-0a1'), instance('i-0a2', { PublicIpAddress: '203.0.113.9' })),
    )
    const { assets } = await room.assets({ text: 'web', limit: 10, offset: 0 })
    expect(assets.map(({ facing, evidence }) => [facing, evidence[0]?.evidence])).toEqual(
      expect.arrayContaining([
        ['internet', 'AWS: 203.0.113.9'],
        ['unknown', undefined],
      ]),
    )
    const again = await scan(
      'instances.json',
      listOf(instance('i-0a1'), instance('i-0a2', { PublicIpAddress: '203.0.113.9' })),
    )
    expect(again).toMatchObject({ newAssets: 0, assets: 2 })
    expect((await room.asset(assets[0]?.id ?? '')).history).toMatchObject([
      { action: 'found', who: 'aws' },
    ])
  })

  test('what a cloud answered to the audit names its machines too', async () => {
    await sql`INSERT INTO audit_devices (id, name, dialect, title, vendor, first_seen, last_seen, version)
      VALUES ('account', 'account', 'aws', '', 'Amazon', now(), now(), 'c1')`.execute(records)
    await sql`INSERT INTO audit_versions (id, device, source, received, last_seen, text_digest, meaning_digest, config, dialect,
        lines, significant, understood, facts)
      VALUES ('c1', 'account', 'test', now(), now(), 'c1', 'c1', ${listOf(instance('i-0b1', { PublicIpAddress: '203.0.113.10' }))}, 'aws', 1, 1, 1, '[]')`.execute(
      records,
    )
    expect(await room.learnFromConfigurations()).toBe(1)
    const { assets } = await room.assets({ text: '203.0.113.10', limit: 10, offset: 0 })
    expect(assets).toMatchObject([{ name: 'web', facing: 'internet' }])
  })
})
