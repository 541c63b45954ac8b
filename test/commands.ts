// The program as people start it: real processes, free ports, folders of their own.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePorts } from '../src/core/index.ts'
import { COMPILED } from './compiled.ts'

const MAIN = join(import.meta.dirname, '../src/cli/main.ts')

export type Ended = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export type Running = {
  /** What it printed so far. */
  readonly printed: () => string
  readonly warned: () => string
  /** Resolves when stdout holds the text; fails with what was printed when it ends or 60 s pass before. */
  readonly until: (text: string) => Promise<void>
  readonly signal: (name: NodeJS.Signals) => void
  readonly ended: Promise<Ended>
}

/** Settings of the surroundings are left out, so that a developer's own do not decide. */
export function start(args: readonly string[]): Running {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, LANG: 'C.UTF-8', NODE_COMPILE_CACHE: COMPILED }
  const child = spawn(process.execPath, ['--liftoff-only', MAIN, ...args], { env })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  let isOver = false
  const ended = once(child, 'close').then(([code]: unknown[]): Ended => {
    isOver = true
    return { code: typeof code === 'number' ? code : null, stdout, stderr }
  })
  return {
    printed: () => stdout,
    warned: () => stderr,
    until: async (text) => {
      const untilMs = performance.now() + 60_000
      while (!stdout.includes(text)) {
        if (isOver || performance.now() > untilMs)
          throw new TypeError(`“${text}” was not printed: ${stdout}${stderr}`)
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    },
    signal: (name) => child.kill(name),
    ended,
  }
}

export function run(args: readonly string[]): Promise<Ended> {
  return start(args).ended
}

/** Ports that nobody listens on, for each of a station's listeners. */
export async function freePortFlags(): Promise<{
  readonly flags: readonly string[]
  readonly ports: Readonly<Record<'console' | 'syslog' | 'syslogTls' | 'http' | 'flow', number>>
}> {
  const [console = 0, syslog = 0, syslogTls = 0, http = 0, flow = 0] = await freePorts(5)
  const named = { console, syslog, 'syslog-tls': syslogTls, http, flow }
  const flags = Object.entries(named).flatMap(([name, port]) => [`--${name}-port`, String(port)])
  return { flags, ports: { console, syslog, syslogTls, http, flow } }
}
