// A sensor is small: neither engine is loaded, and what it holds in memory is bounded.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { packIndicators, readPriorities } from '../src/collect/sensors/index.ts'
import { openMemoryDoor } from '../src/collect/sensors/memory-door.test-helper.ts'
import { until as eventually } from './redis-server.ts'

const ROOT = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'vigie-sensor-small-'))
let lines = 0
const door = await openMemoryDoor({
  folder: join(folder, 'station'),
  onSegment: ({ records }) => {
    lines += records
  },
})
afterAll(async () => {
  await door.close()
  rmSync(folder, { recursive: true, force: true })
})

function raise(cause: unknown): never {
  throw cause
}

const FLAGS = [
  '--data',
  join(folder, 'sensor'),
  '--syslog-tls-port',
  '0',
  '--flow-port',
  '0',
  '--http-port',
  '0',
]

function start(words: readonly string[]) {
  return spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** What it prints, until it matches. */
async function printed(child: ReturnType<typeof start>, until: RegExp): Promise<string> {
  let text = ''
  child.stdout.setEncoding('utf8')
  for await (const part of child.stdout.iterator({ destroyOnReturn: false })) {
    text += String(part)
    if (until.test(text)) break
  }
  return text
}

test('neither engine is loaded, nor what speaks to one', async () => {
  const script = join(import.meta.dirname, 'sensor-modules.ts')
  const code = await door.invite('north')
  const sensor = start([script, 'sensor', ...FLAGS, '--syslog-port', '0', '--enrol', code])
  await printed(sensor, /Ctrl-C/)
  sensor.kill('SIGTERM')
  const modules = (await printed(sensor, /\]\n$/)).split('\n').find((line) => line.startsWith('['))
  const loaded = JSON.parse(modules ?? '[]') as string[]
  expect(loaded.length).toBeGreaterThan(100)
  expect(
    loaded.filter((url) =>
      /node_modules\/(?:chdb|@chdb|@electric-sql|@clickhouse|pg|kysely)\//.test(url),
    ),
  ).toEqual([])
  // Nor other rooms, nor the schemas of all of them.
  const others = /\/src\/(?:(?:detect|hunt|cases|server)\/|model\/index\.ts)/
  expect(loaded.filter((url) => others.test(url))).toEqual([])
})

// Resident memory is read from Linux's /proc.
test.runIf(process.platform === 'linux')(
  'holds at most 120 MiB while it forwards as fast as it can',
  async () => {
    // With everything a sensor may look for in each line.
    const first = readPriorities(join(ROOT, 'content/priority'), raise).flatMap((one) => one.lines)
    const values = Array.from({ length: 50_000 }, (_, at) => ({
      value: `host${at}.evil${at % 977}.example`,
      below: true,
    }))
    const packed = packIndicators(values).toString('base64')
    door.give({ version: 1000, first, indicators: { count: values.length, hasSix: true, packed } })
    const flags = [...FLAGS, '--match-indicators', 'on', '--syslog-port', '0']
    const words = [join(ROOT, 'bin/vigie.js'), 'sensor', ...flags]
    // The first start of an installation compiles, and keeps what it compiled: the second is the one that runs for months.
    const prepared = start(words)
    await printed(prepared, /Ctrl-C/)
    await eventually(() => door.registry.reports.size > 0)
    await sleep(1000)
    prepared.kill('SIGTERM')
    await once(prepared, 'exit')
    const sensor = start(words)
    const text = await printed(sensor, /Ctrl-C/)
    const port = Number(/127\.0\.0\.1:(\d+) {2}\(UDP/.exec(text)?.[1])
    const part = Buffer.from(
      Array.from({ length: 500 }, (_, at) => `line ${at} ${'of a firewall '.repeat(40)}\n`).join(
        '',
      ),
    )
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const before = lines
    for (let at = 0; at < 600; at += 1) {
      if (!socket.write(part)) await once(socket, 'drain')
    }
    socket.end()
    const arrived = () => lines - before
    while (arrived() < 300_000) await sleep(50)
    const status = readFileSync(`/proc/${sensor.pid}/status`, 'utf8')
    sensor.kill('SIGTERM')
    await once(sensor, 'exit')
    expect(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024).toBeLessThanOrEqual(120)
  },
)
