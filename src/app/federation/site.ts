// One station or hub of an exercise of the federation: a real process on this machine, asked through its API.

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { VigieError, freePorts, reasonOf } from '../../core/index.ts'
import { ShareStateSchema } from '../../model/index.ts'

export type SiteKind = 'up' | 'hub'

export type Site = {
  readonly name: string
  readonly data: string
  /** Of its API. */
  readonly url: string
  /** `host:port` of a hub's port; '' for a station. */
  readonly hubAddress: string
  readonly get: <T>(path: string, schema: z.ZodType<T>) => Promise<T>
  readonly post: <T>(path: string, body: unknown, schema: z.ZodType<T>) => Promise<T>
  /** As a file. */
  readonly send: <T>(path: string, text: string, schema: z.ZodType<T>) => Promise<T>
  /** One line of a firewall that lets `from` reach `to`. */
  readonly log: (to: string) => Promise<void>
  /** One line of a server that lets somebody in from there. */
  readonly logIn: (from: string) => Promise<void>
  /** Resident memory of the process, MiB; undefined where the system does not say. */
  readonly memoryMib: () => number | undefined
  readonly kill: () => Promise<void>
}

export type SiteOptions = {
  readonly name: string
  readonly kind: SiteKind
  /** Folder of the exercise. */
  readonly folder: string
  readonly engineMemoryMib: number
  readonly cohortFloor: number
  readonly signal: AbortSignal
}

const MAIN = join(import.meta.dirname, '../../cli/main.ts')
const START_MS = 180_000
const ASK_MS = 30_000
const LISTENERS = ['console', 'syslog', 'syslog-tls', 'http', 'flow'] as const

/** A port that was free may be taken before the process has it. */
const MOST_STARTS = 3

/** Starts it and waits until it answers. Throws EXERCISE_FAILED when it ends or does not answer in three minutes. */
export async function openSite(options: SiteOptions): Promise<Site> {
  const endMs = performance.now() + START_MS
  for (let left = MOST_STARTS - 1; ; left -= 1)
    try {
      return await openOnce(options)
    } catch (cause) {
      if (left <= 0 || options.signal.aborted || performance.now() > endMs) throw cause
    }
}

async function openOnce(options: SiteOptions): Promise<Site> {
  const { name, kind, folder, engineMemoryMib, cohortFloor, signal } = options
  const data = join(folder, name)
  const [hubPort = 0, ...ports] = await freePorts(LISTENERS.length + 1)
  const listeners = LISTENERS.flatMap((listener, at) => [`--${listener}-port`, String(ports[at])])
  const own =
    kind === 'hub' ? ['--hub-port', String(hubPort), '--cohort-floor', String(cohortFloor)] : []
  const memory = ['--engine-memory-mib', String(engineMemoryMib)]
  const flags = ['--data', data, '--organisation', name, ...memory, ...listeners, ...own]
  const child = start([kind, ...flags])
  const stop = () => child.kill('SIGKILL')
  signal.addEventListener('abort', stop, { once: true })
  const url = `http://127.0.0.1:${ports[0] ?? 0}`
  const site = siteOf(
    { name, data, url, child, syslog: ports[1] ?? 0 },
    hubAddressOf(kind, hubPort),
  )
  await answering(site, child)
  return site
}

const hubAddressOf = (kind: SiteKind, port: number) => (kind === 'hub' ? `127.0.0.1:${port}` : '')

/** Settings of the surroundings are left out: a station that may run here is not touched. */
function start(args: readonly string[]): ChildProcess & { said: string } {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env
  const cache = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }
  const env = { PATH, HOME, LANG: 'C.UTF-8', UV_THREADPOOL_SIZE: '8', ...cache }
  const child = Object.assign(
    spawn(process.execPath, ['--liftoff-only', MAIN, ...args], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
    { said: '' },
  )
  child.stderr.on('data', (text: Buffer) => {
    child.said = `${child.said}${text.toString()}`.slice(-2000)
  })
  return child
}

async function answering(site: Site, child: ReturnType<typeof start>): Promise<void> {
  const endMs = performance.now() + START_MS
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > endMs)
      throw new VigieError('EXERCISE_FAILED', { organisation: site.name, reason: child.said })
    if (existsSync(join(site.data, 'keys/cli-token')))
      try {
        await site.get('/api/share', ShareStateSchema)
        return
      } catch {
        // Not yet.
      }
    await sleep(200)
  }
}

type Parts = {
  readonly name: string
  readonly data: string
  readonly url: string
  readonly child: ReturnType<typeof start>
  readonly syslog: number
}

function siteOf({ name, data, url, child, syslog }: Parts, hubAddress: string): Site {
  const ask = async <T>(path: string, init: RequestInit, schema: z.ZodType<T>): Promise<T> => {
    const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${token}`)
    const answer = await fetch(`${url}${path}`, {
      ...init,
      headers,
      signal: AbortSignal.timeout(ASK_MS),
    })
    if (!answer.ok) {
      const reason = `${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`
      throw new VigieError('EXERCISE_FAILED', { organisation: name, reason })
    }
    return schema.parse(await answer.json())
  }
  const sent = (type: string, body: string): RequestInit => ({
    method: 'POST',
    body,
    headers: { 'content-type': type },
  })
  return {
    name,
    data,
    url,
    hubAddress,
    get: (path, schema) => ask(path, {}, schema),
    post: (path, body, schema) => ask(path, sent('application/json', JSON.stringify(body)), schema),
    send: (path, text, schema) => ask(path, sent('application/octet-stream', text), schema),
    log: (to) => sendLine(syslog, allowed(to)),
    logIn: (from) => sendLine(syslog, loggedIn(from)),
    memoryMib: () => memoryOf(child.pid),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

function allowed(to: string): string {
  const at = new Date().toISOString()
  return `<134>date=${at.slice(0, 10)} time=${at.slice(11, 19)} devname="FGT" devid="F1" logid="0000000013" type="traffic" subtype="forward" srcip=10.0.0.5 srcport=40000 dstip=${to} dstport=443 action="accept"`
}

function loggedIn(from: string): string {
  return `<86>1 ${new Date().toISOString()} gate sshd 411 - - Accepted publickey for ann from ${from} port 50122 ssh2`
}

async function sendLine(port: number, line: string): Promise<void> {
  const socket = createSocket('udp4')
  await new Promise((resolve) => socket.send(Buffer.from(line), port, '127.0.0.1', resolve))
  socket.close()
}

/** Linux alone says it without asking another program. */
function memoryOf(pid: number | undefined): number | undefined {
  try {
    const [, kib] =
      /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')) ?? []
    return kib === undefined ? undefined : Math.round(Number(kib) / 1024)
  } catch {
    return undefined
  }
}

/** Milliseconds until it was so; undefined when it was not within `mostMs`. */
export async function untilSo(
  isSo: () => Promise<boolean>,
  mostMs: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const startedMs = performance.now()
  for (;;) {
    if (signal.aborted) return undefined
    try {
      if (await isSo()) return performance.now() - startedMs
    } catch (cause) {
      // A site that is busy is asked again.
      if (performance.now() - startedMs > mostMs) throw new Error(reasonOf(cause), { cause })
    }
    if (performance.now() - startedMs > mostMs) return undefined
    await sleep(250)
  }
}
