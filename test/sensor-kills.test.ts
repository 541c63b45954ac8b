// What a sensor acknowledged, and what stands in its files, becomes one row each at the station, whatever is killed or
// cut when: the sensor, the station, the link between them.
// VIGIE_SENSOR_KILLS says how many times (12); the release is tried with 50.

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { freePort } from '../src/core/index.ts'
import { openLink } from './link.ts'
import type { Link } from './link.ts'

const KILLS = Number(process.env['VIGIE_SENSOR_KILLS'] ?? 12)
const ROOT = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'vigie-sensor-kill-'))
const data = join(folder, 'sensor')
const followed = join(folder, 'followed.log')
mkdirSync(join(data, 'inbox'), { recursive: true })
const children = new Set<ChildProcess>()
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const OutcomeSchema = z.object({
  rows: z.array(z.object({ raw: z.string(), times: z.coerce.number() })),
  sources: z.array(z.string()),
})

type Running = {
  readonly child: ChildProcess
  readonly lines: AsyncIterator<string>
  readonly say: (line: string) => void
}

function run(words: readonly string[]): Running {
  const child = spawn(process.execPath, ['--liftoff-only', ...words], {
    stdio: ['pipe', 'pipe', words.includes('sensor') ? 'ignore' : 'inherit'],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { child, lines, say: (line) => child.stdin.write(`${line}\n`) }
}

async function kill({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function startStation(port: number): Promise<Running> {
  const station = run([join(import.meta.dirname, 'sensor-kills-station.ts'), folder, String(port)])
  expect((await station.lines.next()).value).toBe('ready')
  return station
}

async function startSensor(httpPort: number, code?: string): Promise<Running> {
  const sensor = run(
    [join(ROOT, 'src/cli/main.ts'), 'sensor', '--data', data, '--follow', followed].concat(
      [
        '--http-port',
        String(httpPort),
        '--syslog-port',
        '0',
        '--syslog-tls-port',
        '0',
        '--flow-port',
        '0',
      ],
      ['--priority', 'http/*', ...(code === undefined ? [] : ['--enrol', code])],
    ),
  )
  await sensor.lines.next()
  return sensor
}

/** Sends and writes files until told to stop; keeps what must be stored. */
class Senders {
  readonly acknowledged: string[] = []
  readonly #httpPort: number
  readonly #stop = new AbortController()
  readonly #done: Promise<unknown>

  constructor(httpPort: number) {
    this.#httpPort = httpPort
    this.#done = Promise.all([this.#requests(), this.#files()])
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#done
  }

  async #requests(): Promise<void> {
    for (let at = 0; !this.#stop.signal.aborted; at += 1) {
      const lines = Array.from({ length: 40 }, (_, line) => `request ${at} line ${line}`)
      if (await this.#send(lines)) this.acknowledged.push(...lines)
      else await sleep(20)
    }
  }

  async #send(lines: readonly string[]): Promise<boolean> {
    const file = join(data, 'keys/intake-token')
    const token = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
    const sent = await fetch(`http://127.0.0.1:${this.#httpPort}/ingest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: lines.join('\n'),
    }).catch(() => undefined)
    return sent?.ok === true
  }

  async #files(): Promise<void> {
    for (let at = 0; !this.#stop.signal.aborted; at += 1) {
      const lines = Array.from({ length: 100 }, (_, line) => `followed ${at} line ${line}`)
      appendFileSync(followed, `${lines.join('\n')}\n`)
      if (at % 25 === 0) this.#drop(at)
      this.acknowledged.push(...lines)
      await sleep(40)
    }
  }

  #drop(at: number): void {
    const lines = Array.from({ length: 5000 }, (_, line) => `dropped ${at} line ${line}`)
    writeFileSync(join(folder, 'dropping'), lines.join('\n'))
    renameSync(join(folder, 'dropping'), join(data, 'inbox', `dropped-${at}`))
    this.acknowledged.push(...lines)
  }
}

type World = {
  readonly link: Link
  readonly ports: { readonly door: number; readonly http: number }
  station: Running
  sensor: Running
}

const HARMS = [
  async (world: World) => {
    await kill(world.sensor)
    world.sensor = await startSensor(world.ports.http)
  },
  async (world: World) => {
    await kill(world.station)
    world.station = await startStation(world.ports.door)
  },
  async ({ link }: World) => {
    link.cut()
    await sleep(Math.random() * 500)
    link.mend()
  },
  async (world: World) => {
    await Promise.all([kill(world.sensor), kill(world.station)])
    world.station = await startStation(world.ports.door)
    world.sensor = await startSensor(world.ports.http)
  },
] as const

test(
  `every line once through ${KILLS} kills of sensor, station and link`,
  { timeout: 90_000 + KILLS * 15_000 },
  async () => {
    const ports = { door: await freePort(), http: await freePort() }
    const link = await openLink(() => ports.door)
    const station = await startStation(ports.door)
    station.say(`invite 127.0.0.1:${link.port}`)
    const code = String((await station.lines.next()).value)
    const world: World = { link, ports, station, sensor: await startSensor(ports.http, code) }
    const senders = new Senders(ports.http)
    for (let round = 0; round < KILLS; round += 1) {
      await sleep(100 + Math.random() * 1500)
      await HARMS[Math.floor(Math.random() * HARMS.length)]?.(world)
    }
    await senders.stop()
    const { acknowledged } = senders
    writeFileSync(join(folder, 'acknowledged.txt'), acknowledged.join('\n'))
    world.station.say('all')
    await once(world.station.child, 'exit')
    await kill(world.sensor)
    link.close()

    const { rows, sources } = OutcomeSchema.parse(
      JSON.parse(readFileSync(join(folder, 'outcome.json'), 'utf8')),
    )
    const times = new Map(rows.map((row) => [row.raw, row.times]))
    expect(acknowledged.length).toBeGreaterThan(KILLS * 100)
    expect(acknowledged.filter((line) => !times.has(line))).toEqual([])
    expect(rows.filter((row) => row.times !== 1)).toEqual([])
    expect(sources.filter((source) => !source.startsWith('north:'))).toEqual([])
    process.stdout.write(
      `${KILLS} harms, ${acknowledged.length} lines acknowledged, ${rows.length} rows\n`,
    )
  },
)
