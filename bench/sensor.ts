// Lines over TCP syslog through a sensor to a station's disk: a second, a second of the sensor's processor time, and what
// the sensor holds in memory. Sender, sensor and station are processes on the same processors. Prints JSON.
// Argument: number of lines.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { freePort } from '../src/core/index.ts'

const count = Number(process.argv[2] ?? 1_000_000)
const ROOT = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
const CountSchema = z.object({ lines: z.number() })
/** Clock ticks of Linux, in /proc. */
const TICKS_A_SECOND = 100

const station = start('sensor-station.ts', join(folder, 'station'))
const said = createInterface({ input: station.stdout })[Symbol.asyncIterator]()
const code = String((await said.next()).value)
const port = await freePort()
const given = ['--data', join(folder, 'sensor'), '--syslog-port', String(port)]
// The first start makes keys and compiles; what a sensor holds for months is measured after another.
const first = startSensor('--enrol', code)
await once(first.stdout, 'data')
const firstMib = status(first, 'VmHWM')
first.kill('SIGTERM')
await once(first, 'exit')
const sensor = startSensor()
await once(sensor.stdout, 'data')
sensor.stdout.resume()
const idleMib = status(sensor, 'VmRSS')
const sender = start('send.ts', String(port), String(count))
await once(sender.stdout, 'data')
const [startMs, startTicks] = [performance.now(), ticks()]
sender.stdin.write('go\n')
for await (const line of { [Symbol.asyncIterator]: () => said }) {
  if (CountSchema.parse(JSON.parse(line)).lines >= count) break
}
const seconds = (performance.now() - startMs) / 1000
const busy = (ticks() - startTicks) / TICKS_A_SECOND
process.stdout.write(
  JSON.stringify({
    perSecond: Math.round(count / seconds),
    perCoreSecond: Math.round(count / busy),
    firstStartMib: firstMib,
    idleMib,
    peakRssMib: status(sensor, 'VmHWM'),
  }),
)
for (const child of [sender, sensor, station]) child.kill('SIGKILL')
rmSync(folder, { recursive: true, force: true })
process.exit(0)

function startSensor(...more: string[]) {
  const ports = ['--syslog-tls-port', '0', '--flow-port', '0', '--http-port', '0']
  const args = [join(ROOT, 'bin/vigie.js'), 'sensor', ...given, ...ports, ...more]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

function start(script: string, ...words: string[]) {
  const args = ['--liftoff-only', join(import.meta.dirname, script), ...words]
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
}

/** Of all threads of the sensor, in user and kernel mode (proc(5), fields 14 and 15). */
function ticks(): number {
  const fields = readFileSync(`/proc/${sensor.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

function status({ pid }: ReturnType<typeof startSensor>, name: 'VmRSS' | 'VmHWM'): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1] ?? 0) / 1024)
}
