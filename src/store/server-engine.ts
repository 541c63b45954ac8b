// A ClickHouse server, or a cluster, by URL. Same lanes, same SQL.

import { createClient } from '@clickhouse/client'
import { VigieError, reasonOf } from '../core/index.ts'
import { serverLane } from './server-lane.ts'
import { ENGINE_DEFAULTS } from './engine-settings.ts'
import type { EngineLane, EventEngine } from './event-engine.ts'

export type ServerOptions = {
  readonly url: string
  readonly cluster?: string | undefined
  readonly intakeLanes: number
}

/** Throws ENGINE_UNREACHABLE when the server does not answer. The URL may carry user, password and database. */
export async function openServerEngine(options: ServerOptions): Promise<EventEngine> {
  const settings = { ...ENGINE_DEFAULTS, distributed_foreground_insert: 1 } as const
  const intakeClients = Array.from({ length: options.intakeLanes }, () =>
    createClient({ url: options.url, clickhouse_settings: settings, request_timeout: 300_000 }),
  )
  const askClient = createClient({ url: options.url, clickhouse_settings: settings, request_timeout: 120_000 })
  const clients = [...intakeClients, askClient]
  const ask: EngineLane = serverLane(askClient)
  try {
    await ask.query({ text: 'SELECT 1', values: {} })
  } catch (cause) {
    for (const client of clients) await client.close()
    throw new VigieError('ENGINE_UNREACHABLE', { engine: 'ClickHouse', reason: reasonOf(cause) }, { cause })
  }
  return {
    kind: 'server',
    cluster: options.cluster,
    intake: intakeClients.map((client) => serverLane(client)),
    ask,
    close: async () => {
      for (const client of clients) await client.close()
    },
  }
}
