// A real ClickHouse server for tests, or several as one cluster, from the npm library.

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../src/core/index.ts'

const MODULES = join(import.meta.dirname, '../node_modules/@chdb')

/** The engine's library for this platform, or undefined where it cannot run as a server. */
export function serverLibrary(): string | undefined {
  if (process.platform !== 'linux' || !existsSync(MODULES)) return undefined
  return readdirSync(MODULES)
    .map((name) => join(MODULES, name, 'libchdb.so'))
    .find((file) => existsSync(file))
}

export type Servers = {
  /** Of every node, separated by commas. */ readonly url: string
  readonly cluster: string | undefined
  readonly stop: () => void
}

/** Starts `count` servers; more than one are shards of the cluster `vigie_test`. */
export async function startServers(folder: string, count: number): Promise<Servers> {
  const ports = await freePorts(count * 2)
  const nodes = Array.from({ length: count }, (_, at) => ({
    http: ports[at * 2] ?? 0,
    tcp: ports[at * 2 + 1] ?? 0,
  }))
  const shards = nodes
    .map(({ tcp }) => `<shard><replica><host>127.0.0.1</host><port>${tcp}</port></replica></shard>`)
    .join('')
  const children = nodes.map((node, at) => start(join(folder, `node-${at}`), node, shards))
  await Promise.all(nodes.map(({ http }) => answers(http)))
  return {
    url: nodes.map(({ http }) => `http://127.0.0.1:${http}`).join(','),
    cluster: count > 1 ? 'vigie_test' : undefined,
    stop: () => {
      for (const child of children) child.kill('SIGKILL')
    },
  }
}

function start(
  folder: string,
  { http, tcp }: { http: number; tcp: number },
  shards: string,
): ChildProcess {
  mkdirSync(folder, { recursive: true })
  const config = join(folder, 'config.xml')
  writeFileSync(
    config,
    `<clickhouse>
  <logger><level>none</level></logger>
  <max_server_memory_usage>1500000000</max_server_memory_usage>
  <tcp_port>${tcp}</tcp_port>
  <remote_servers><vigie_test>${shards}</vigie_test></remote_servers>
</clickhouse>`,
  )
  const child = join(import.meta.dirname, 'clickhouse-server.child.ts')
  const words = [
    child,
    serverLibrary() ?? '',
    join(folder, 'data'),
    config,
    String(http),
    String(tcp),
  ]
  return spawn(process.execPath, words, { stdio: 'ignore' })
}

const START_MS = 60_000

async function answers(port: number): Promise<void> {
  const untilMs = Date.now() + START_MS
  while (Date.now() < untilMs) {
    const response = await fetch(`http://127.0.0.1:${port}/?query=SELECT+1`).catch(() => undefined)
    if (response?.ok === true) return
    await sleep(200)
  }
  throw new Error(`no ClickHouse server on port ${port} after ${START_MS} ms`)
}
