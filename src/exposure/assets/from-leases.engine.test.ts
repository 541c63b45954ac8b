// DHCP in the store: real lines through their parsers become assets with hardware address, name and the address they have now.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lineStore } from '../../app/lines.test-helper.ts'
import type { StoreLines } from '../../app/lines.test-helper.ts'
import { migrateEvents, openEmbeddedEngine } from '../../store/index.ts'
import type { EventEngine, Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { openExposure } from '../exposure.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-leases-'))
const nowMs = Date.now()
let events: EventEngine
let records: Records
let store: StoreLines

beforeAll(async () => {
  events = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 2 })
  await migrateEvents(events)
  records = await openTemporaryRecords()
  const only = ['isc-dhcp', 'windows-dhcp', 'dnsmasq', 'suricata', 'mikrotik', 'zeek']
  store = await lineStore({ events, records }, { folder, only })
})
afterAll(async () => {
  await events.close()
  await records.destroy()
  rmSync(folder, { recursive: true, force: true })
})

const at = (hoursAgo: number) => new Date(nowMs - hoursAgo * 3_600_000)
/** `Nov 30 19:00:00`, as RFC 3164 has it. */
const bsd = (hoursAgo: number) => {
  const [, day = '', month = '', , time = ''] = at(hoursAgo).toUTCString().split(' ')
  return `${month} ${day.replace(/^0/, ' ')} ${time}`
}
const room = () => openExposure({ store: { records, events }, clock: { nowMs: () => nowMs } })
const aliases = async (name: string) => {
  const { assets } = await room().assets({ text: name, limit: 10, offset: 0 })
  return assets.map((asset) => asset.aliases.map(({ value }) => value).toSorted())
}

test('leases of every server the parsers know name machines, by what they are known by', async () => {
  const [date = '', time = ''] = at(2).toISOString().split('T')
  const [year = '', month = '', day = ''] = date.split('-')
  await store(
    [
      `<30>${bsd(3)} dhcp1 dhcpd[311]: DHCPACK on 192.0.2.44 to 00:00:5e:00:53:44 (LT-0042) via eth1`,
      `11,${month}/${day}/${year.slice(2)},${time.slice(0, 8)},Renew,192.0.2.45,PC-0007.town.example,00005E005345,,123,0,,,,,,,,,0`,
      `${bsd(2)} router dnsmasq-dhcp[88]: DHCPACK(br0) 192.0.2.46 00:00:5e:00:53:46 printer-2`,
      `<30>${bsd(2)} rb-nord dhcp,info dhcp-lan assigned 192.0.2.47 to 00:00:5E:00:53:47 POSTE-21`,
      `{"timestamp":"${at(1).toISOString().replace('Z', '+0000')}","flow_id":7,"in_iface":"eth0","event_type":"dhcp","src_ip":"192.0.2.1","src_port":67,"dest_ip":"255.255.255.255","dest_port":68,"proto":"UDP","dhcp":{"type":"reply","dhcp_type":"ack","client_mac":"00:00:5e:00:53:48","assigned_ip":"192.0.2.48","hostname":"cam-3"}}`,
      // A telephone that makes itself a new address each day, and an offer that nobody took.
      `<30>${bsd(2)} dhcp1 dhcpd[311]: DHCPACK on 192.0.2.90 to 3a:11:22:33:44:55 (iphone) via eth1`,
      `<30>${bsd(2)} dhcp1 dhcpd[311]: DHCPOFFER on 192.0.2.91 to 00:00:5e:00:53:91 (nobody) via eth1`,
    ],
    nowMs,
  )
  await room().learnFromEvents()
  expect(await aliases('lt-0042')).toEqual([['00:00:5e:00:53:44', '192.0.2.44', 'lt-0042']])
  expect(await aliases('pc-0007')).toEqual([
    ['00:00:5e:00:53:45', '192.0.2.45', 'pc-0007.town.example'],
  ])
  expect(await aliases('printer-2')).toEqual([['00:00:5e:00:53:46', '192.0.2.46', 'printer-2']])
  expect(await aliases('poste-21')).toEqual([['00:00:5e:00:53:47', '192.0.2.47', 'poste-21']])
  expect(await aliases('cam-3')).toEqual([['00:00:5e:00:53:48', '192.0.2.48', 'cam-3']])
  expect(await aliases('iphone')).toEqual([])
  expect(await aliases('nobody')).toEqual([])
})

test('an address that is given to another machine goes along; the history says where names came from', async () => {
  await store(
    [
      `<30>${bsd(0.5)} dhcp1 dhcpd[311]: DHCPACK on 192.0.2.44 to 00:00:5e:00:53:99 (LT-0099) via eth1`,
    ],
    nowMs,
  )
  await room().learnFromEvents()
  expect(await aliases('lt-0042')).toEqual([['00:00:5e:00:53:44', 'lt-0042']])
  expect(await aliases('lt-0099')).toEqual([['00:00:5e:00:53:99', '192.0.2.44', 'lt-0099']])
  const { assets } = await room().assets({ text: 'lt-0099', limit: 1, offset: 0 })
  const { history } = await room().asset(assets[0]?.id ?? '')
  expect(history).toMatchObject([{ action: 'found', who: 'dhcp' }])
  // Asked again, nothing is new.
  expect(await room().learnFromEvents()).toBe(0)
  expect((await room().asset(assets[0]?.id ?? '')).history).toHaveLength(1)
})

test('a name that many makers give is nobody’s name', async () => {
  await store(
    ['a1', 'a2', 'a3'].map(
      (last) =>
        `<30>${bsd(0.4)} dhcp1 dhcpd[311]: DHCPACK on 192.0.2.1${last.slice(1)}0 to 00:00:5e:00:53:${last} (espressif) via eth1`,
    ),
    nowMs,
  )
  await room().learnFromEvents()
  expect(await aliases('espressif')).toEqual([])
  expect(await aliases('00:00:5e:00:53:a1')).toHaveLength(1)
})
