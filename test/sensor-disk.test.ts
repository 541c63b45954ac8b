// A sensor whose disk takes no more: it says so, acknowledges nothing more, and goes on when there is room.

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openMemoryDoor } from '../src/collect/sensors/memory-door.test-helper.ts'
import { openLink } from './link.ts'

const MAIN = join(import.meta.dirname, '../src/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'vigie-sensor-disk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
/** A limit on file sizes stands for the full disk; this program of util-linux sets and lifts it. */
const hasLimits = spawnSync('prlimit', ['--version']).status === 0
const LIMIT_BYTES = 700_000

test.runIf(hasLimits)('nothing acknowledged is lost', { timeout: 120_000 }, async () => {
  const station = await openMemoryDoor({ folder: join(folder, 'station') })
  const link = await openLink(() => station.door.port)
  const code = await station.invite('north', `127.0.0.1:${link.port}`)
  const words = ['sensor', '--data', join(folder, 'sensor'), '--enrol', code]
  const ports = [
    '--http-port',
    '0',
    '--syslog-port',
    '0',
    '--syslog-tls-port',
    '0',
    '--flow-port',
    '0',
  ]
  const limit = [`--fsize=${LIMIT_BYTES}:unlimited`, process.execPath]
  const sensor = spawn('prlimit', [...limit, MAIN, ...words, ...ports])
  let said = ''
  sensor.stdout.on('data', (text: Buffer) => (said += text.toString()))
  sensor.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const until = async (isSo: () => boolean) => {
    for (let waited = 0; !isSo() && waited < 30_000; waited += 20) await sleep(20)
    if (!isSo()) throw new Error(said)
  }
  await until(() => said.includes('Ctrl-C'))
  const url = /http:\/\/[\d.:]+/.exec(said)?.[0] ?? ''
  const token = readFileSync(join(folder, 'sensor/keys/intake-token'), 'utf8').trim()
  link.cut()
  const acknowledged: string[] = []
  const send = async (request: number) => {
    const lines = Array.from({ length: 100 }, (_, at) => `${request}.${at} ${'x'.repeat(300)}`)
    const headers = { authorization: `Bearer ${token}` }
    const sent = await fetch(`${url}/ingest`, { method: 'POST', headers, body: lines.join('\n') })
    if (sent.ok) acknowledged.push(...lines)
  }
  const sending = (async () => {
    for (let request = 0; request < 100; request += 1) await send(request)
  })()
  await until(() => said.includes('The disk takes nothing'))
  await sleep(1500)
  const before = acknowledged.length
  await sleep(1000)
  expect(acknowledged.length).toBe(before)
  expect(before).toBeGreaterThan(0)
  spawnSync('prlimit', ['--pid', String(sensor.pid), '--fsize=unlimited:unlimited'])
  link.mend()
  await sending
  await until(() => station.lines.length >= 10_000)
  expect(acknowledged.length).toBe(10_000)
  expect(station.texts().toSorted()).toEqual(acknowledged.toSorted())
  expect(said).toContain('The disk takes lines again')
  sensor.kill('SIGTERM')
  link.close()
  await station.close()
})
