// `vigie up` as a town's two people meet it: started, used, stopped, started again; and refused in a clear sentence.

import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { freePort } from '../src/core/index.ts'
import { serverLibrary, startServers } from './clickhouse-server.ts'
import { freePortFlags, run, start } from './commands.ts'
import type { Running } from './commands.ts'
import { postgresBin, startPostgres } from './postgres-server.ts'

const LIMIT = { timeout: 180_000 }
const READY = 'Ctrl-C'
const FOUND =
  '<13>Nov 20 10:00:00 gate1 sshd[77]: Accepted publickey for jroy from 198.51.100.23 port 4022 ssh2'

let running: Running[] = []
afterEach(async () => {
  for (const one of running) one.signal('SIGKILL')
  await Promise.all(running.map(({ ended }) => ended))
  running = []
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-up-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function up(args: readonly string[]): Running {
  const one = start(['up', ...args])
  running.push(one)
  return one
}

async function sendSyslog(port: number, line: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.end(`${line}\n`)
  await once(socket, 'close')
}

/** Asks until the event is there: it takes a moment from the socket to a row. */
async function hunt(data: string, port: number, query: string): Promise<string> {
  for (let tries = 0; tries < 40; tries += 1) {
    const words = ['hunt', query, '--data', data, '--url', `http://127.0.0.1:${port}`]
    const { stdout } = await run([...words, '--from', '2020-01-01T00:00:00Z', '--json'])
    if (stdout.trim() !== '') return stdout
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return ''
}

describe('a station from start to stop', () => {
  test(
    'says where it is, takes lines and files, stops cleanly, and has them at the next start',
    LIMIT,
    async () => {
      const data = join(newFolder(), 'data')
      const { flags, ports } = await freePortFlags()
      const words = ['--data', data, ...flags]
      const first = up(words)
      await first.until(READY)
      const printed = first.printed()
      expect(printed).toContain(`127.0.0.1:${ports.syslog}`)
      expect(printed).toContain(join(data, 'inbox'))
      const address = /http:\/\/127\.0\.0\.1:\d+\/#token=(\S+)/.exec(printed)
      expect(address?.[0]).toContain(`:${ports.console}/`)

      const signIn = () =>
        fetch(`http://127.0.0.1:${ports.console}/api/session`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Origin: `http://127.0.0.1:${ports.console}`,
          },
          body: JSON.stringify({ token: decodeURIComponent(address?.[1] ?? '') }),
        })
      expect((await signIn()).status).toBe(200)
      expect((await signIn()).status).toBe(401)

      await sendSyslog(ports.syslog, FOUND)
      expect(await hunt(data, ports.console, 'user_name:jroy')).toContain('198.51.100.23')
      writeFileSync(join(data, 'inbox/old.log'), FOUND.replace('jroy', 'mtremblay'))
      expect(await hunt(data, ports.console, 'source:"inbox/old.log"')).toContain('mtremblay')

      first.signal('SIGINT')
      const stopped = await first.ended
      expect(stopped.code).toBe(0)
      expect(stopped.stderr).not.toMatch(/ at .*\.ts|Error:/)

      const startedMs = performance.now()
      const second = up(words)
      await second.until(READY)
      // Ten seconds are promised where nothing else runs; here other tests do.
      expect(performance.now() - startedMs).toBeLessThan(20_000)
      expect(await hunt(data, ports.console, 'user_name:jroy')).toContain('198.51.100.23')
      second.signal('SIGTERM')
      expect((await second.ended).code).toBe(0)
    },
  )

  test('in French says the same in French', LIMIT, async () => {
    const { flags } = await freePortFlags()
    const one = up(['--data', join(newFolder(), 'data'), '--language', 'fr', ...flags])
    await one.until('veille')
    one.signal('SIGINT')
    const { code, stdout } = await one.ended
    expect(code).toBe(0)
    expect(stdout).not.toMatch(/Send syslog|Drop files/)
  })

  const absent = [
    serverLibrary() === undefined ? 'the engine cannot run as a server here' : '',
    postgresBin() === undefined ? 'PostgreSQL is not installed' : '',
  ].filter((reason) => reason !== '')
  const name = 'on servers by address keeps what it took through a new start'
  test.skipIf(absent.length > 0)(
    absent.length > 0 ? `${name} (skipped: ${absent.join(', ')})` : name,
    LIMIT,
    async () => {
      const folder = newFolder()
      const servers = await startServers(folder, 1)
      onTestFinished(() => servers.stop())
      const base = newFolder()
      const { flags, ports } = await freePortFlags()
      const postgres = startPostgres(base, await freePort())
      onTestFinished(() => postgres.stop())
      const data = join(folder, 'data')
      const words = [
        '--data',
        data,
        '--clickhouse',
        servers.url,
        '--postgres',
        postgres.url,
        ...flags,
      ]
      for (const round of ['first', 'second']) {
        const station = up(words)
        await station.until(READY)
        await sendSyslog(ports.syslog, FOUND.replace('jroy', round))
        expect(await hunt(data, ports.console, `user_name:${round}`)).toContain('198.51.100.23')
        expect(await hunt(data, ports.console, 'user_name:first')).toContain('198.51.100.23')
        station.signal('SIGINT')
        expect((await station.ended).code).toBe(0)
      }
      expect(existsSync(join(data, 'events'))).toBe(false)
    },
  )
})

describe('a station that cannot start', () => {
  test('because a port is taken says which and what to do, and harms nothing', LIMIT, async () => {
    const data = join(newFolder(), 'data')
    const { flags, ports } = await freePortFlags()
    for (const listener of ['console', 'syslog', 'http'] as const) {
      const other = createServer().listen(ports[listener], '127.0.0.1')
      await once(other, 'listening')
      const refused = await up(['--data', data, ...flags]).ended
      other.close()
      expect(refused.code).toBe(1)
      expect(refused.stderr).toContain(`127.0.0.1:${ports[listener]}`)
      expect(refused.stderr).toMatch(/Stop that program or choose another port/)
      expect(refused.stderr).not.toMatch(/ at .*\.ts/)
    }
    const later = up(['--data', data, ...flags])
    await later.until(READY)
    later.signal('SIGINT')
    expect((await later.ended).code).toBe(0)
  })

  test('because another has the data folder says so, and the other goes on', LIMIT, async () => {
    const data = join(newFolder(), 'data')
    const { flags, ports } = await freePortFlags()
    const first = up(['--data', data, ...flags])
    await first.until(READY)
    const { flags: others } = await freePortFlags()
    const second = await up(['--data', data, '--language', 'fr', ...others]).ended
    expect(second.code).toBe(1)
    expect(second.stderr).toContain(data)
    expect(second.stderr).toMatch(/Une autre Vigie/)
    await sendSyslog(ports.syslog, FOUND)
    expect(await hunt(data, ports.console, 'user_name:jroy')).toContain('198.51.100.23')
    expect(
      readdirSync(join(data, 'spool')).filter((file) => file.startsWith('open-')).length,
    ).toBeLessThan(2)
  })

  test.each([
    ['a port that is none', ['--syslog-port', 'abc'], 2, /syslogPort|syslog-port/],
    ['a server that does not answer', ['--clickhouse', 'http://127.0.0.1:9'], 5, /127\.0\.0\.1:9/],
    [
      'a database that does not answer',
      ['--postgres', 'postgres://u@127.0.0.1:9/x'],
      5,
      /127\.0\.0\.1:9/,
    ],
  ])('for %s says what was met', LIMIT, async (_name, words, code, sentence) => {
    const { flags } = await freePortFlags()
    const refused = await up(['--data', join(newFolder(), 'data'), ...flags, ...words]).ended
    expect({ code: refused.code, stderr: refused.stderr }).toEqual({
      code,
      stderr: expect.stringMatching(sentence),
    })
    expect(refused.stderr).not.toMatch(/ at .*\.ts/)
  })
})
