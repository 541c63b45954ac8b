// A real Redis server for tests, where one is installed (Debian's package).

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort } from '../src/core/index.ts'

/** Why tests of Redis cannot run here; undefined where they can. */
export function redisMissing(): string | undefined {
  return spawnSync('redis-server', ['--version']).status === 0
    ? undefined
    : 'redis-server is not installed'
}

export type RedisServer = {
  readonly port: number
  readonly client: Redis
  readonly stop: () => Promise<void>
}

export type RedisServerOptions = {
  readonly folder: string
  readonly port?: number
  /** Encrypted only. */
  readonly isTls?: boolean
  /** Further words of the command line. */
  readonly words?: readonly string[]
  readonly client?: { readonly tls: { readonly ca: string } }
}

export async function startRedis(options: RedisServerOptions): Promise<RedisServer> {
  const { folder, port = await freePort(), words = [], isTls = false } = options
  mkdirSync(folder, { recursive: true })
  const own = isTls ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)]
  const server = spawn(
    'redis-server',
    [...own, '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', ...words],
    { stdio: 'ignore' },
  )
  const client = new Redis(port, '127.0.0.1', {
    protocol: 2,
    retryStrategy: () => 50,
    ...options.client,
  })
  client.on('error', () => undefined)
  await client.ping()
  return {
    port,
    client,
    stop: async () => {
      client.disconnect()
      server.kill('SIGTERM')
      if (server.exitCode === null) await once(server, 'exit')
    },
  }
}

export async function until(condition: () => boolean | Promise<boolean>, forMs = 30_000) {
  const endMs = Date.now() + forMs
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error('it did not come about')
    await sleep(20)
  }
}
