// A sensor as people meet it: invited, started, seen in the station's sources, revoked.

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { netflowFive } from '../src/collect/flows/exporter.test-helper.ts'
import { freePortFlags, run, start } from './commands.ts'
import type { Ended, Running } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-sensors-'))
const running: Running[] = []
afterAll(async () => {
  for (const one of running) one.signal('SIGKILL')
  await Promise.all(running.map(({ ended }) => ended))
  rmSync(folder, { recursive: true, force: true })
})

function keep(one: Running): Running {
  running.push(one)
  return one
}

async function eventually(ask: () => Promise<Ended>, text: string): Promise<string> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { stdout } = await ask()
    if (stdout.includes(text)) return stdout
    await sleep(250)
  }
  return (await ask()).stdout
}

/** One NetFlow v5 datagram of one flow. */
async function sendFlow(port: number): Promise<void> {
  const flow = netflowFive([
    {
      source: '10.20.0.5',
      destination: '198.51.100.9',
      ports: [51_000, 443],
      protocol: 6,
      packets: 2,
      octets: 120,
      firstMs: 1000,
      lastMs: 2000,
    },
  ])
  const socket = createSocket('udp4')
  await new Promise((resolve) => socket.send(flow, port, '127.0.0.1', resolve))
  socket.close()
}

test('invite, enrol, forward, list, revoke', { timeout: 180_000 }, async () => {
  const [own, others] = [await freePortFlags(), await freePortFlags()]
  const data = join(folder, 'station')
  const station = keep(start(['up', '--data', data, ...own.flags, '--sensor-port', '0']))
  await station.until('Ctrl-C')
  const ask = (...words: string[]) =>
    run([...words, '--data', data, '--url', `http://127.0.0.1:${own.ports.console}`])

  const list = join(folder, 'list.txt')
  writeFileSync(list, 'evil.example\n')
  expect(await ask('intel', 'import', list, '--confidence', '90')).toMatchObject({ code: 0 })
  expect((await ask('sensors')).stdout).toContain('vigie sensors invite NAME')
  expect(await ask('sensors', 'invite', 'Not A Name')).toMatchObject({ code: 1 })
  const { stdout: invited, stderr: hint } = await ask('sensors', 'invite', 'north')
  expect(hint).toContain('only this machine can reach')
  const code = /--enrol (vigie1\.\S+)/.exec(invited)?.[1] ?? ''

  const sensorFlags = others.flags.filter((_, at) => at > 1)
  const words = ['sensor', '--data', join(folder, 'sensor'), ...sensorFlags]
  expect(await run(words)).toMatchObject({ code: 2 })
  const sensor = keep(start([...words, '--match-indicators', 'on', '--enrol', code]))
  await sensor.until('Ctrl-C')
  expect(sensor.printed()).toContain('Sensor north forwards to 127.0.0.1:')

  const socket = connect(others.ports.syslog, '127.0.0.1')
  await once(socket, 'connect')
  socket.end('<13>Nov 20 10:00:00 gate1 sshd[77]: hello from the north\n')
  await once(socket, 'close')
  const source = 'north:syslog/127.0.0.1'
  const sources = await eventually(() => ask('sources', '--json'), source)
  expect(JSON.parse(sources)).toMatchObject({
    name: source,
    kind: 'syslog',
    sensor: 'north',
    lines: 1,
  })
  const { stdout: hunted } = await ask(
    'hunt',
    `source:${source}`,
    '--from',
    '2020-01-01T00:00:00Z',
    '--json',
  )
  expect(hunted).toContain('hello from the north')

  // Said at once, and then found by the station when the line itself is a row.
  for (
    let waited = 0;
    waited < 240 && !sensor.warned().includes('came from the station');
    waited += 1
  )
    await sleep(250)
  const second = connect(others.ports.syslog, '127.0.0.1')
  await once(second, 'connect')
  second.end(
    '{"timestamp":"2026-11-29T10:00:00.000000+0000","flow_id":7,"event_type":"dns","src_ip":"192.0.2.7","dest_ip":"198.51.100.9","dns":{"type":"query","rrname":"www.evil.example","rrtype":"A"}}\n',
  )
  await once(second, 'close')
  const met = await eventually(() => ask('sensors', '--json'), 'evil.example')
  expect(JSON.parse(met)).toMatchObject({
    isContentCurrent: true,
    sightings: 1,
    lastSighting: { value: 'evil.example', source: 'syslog/127.0.0.1' },
  })
  expect((await ask('sensors')).stdout).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +1\n/)
  await eventually(() => ask('alerts'), 'evil.example')

  await sendFlow(others.ports.flow)
  await eventually(() => ask('sources', '--json'), 'north:flow/127.0.0.1')
  const { stdout: flows } = await ask(
    'hunt',
    'parser:flow dst_port:443',
    '--from',
    '2026-01-01T00:00:00Z',
  )
  expect(flows).toContain('TCP 10.20.0.5 port 51000')

  const listed = await eventually(() => ask('sensors', 'list', '--json'), '"lagMs":null')
  expect(JSON.parse(listed)).toMatchObject({ name: 'north', state: 'enrolled', dropped: 0 })
  expect(await ask('sensors', 'invite', 'north')).toMatchObject({ code: 1 })
  expect((await ask('sensors', 'revoke', 'north')).stdout).toContain('cut off')
  expect((await ask('sensors')).stdout).toContain('revoked')
  expect(await ask('sensors', 'revoke', 'south')).toMatchObject({ code: 1 })
  for (let waited = 0; waited < 80 && !sensor.warned().includes('refuses this sensor'); waited += 1)
    await sleep(250)
  expect(sensor.warned()).toContain('refuses this sensor')
  sensor.signal('SIGTERM')
  expect((await sensor.ended).code).toBe(0)
})
