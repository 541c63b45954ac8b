// A ClickHouse server, or a cluster, by URL. Same lanes, same SQL.

import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseClient } from '@clickhouse/client'
import { VigieError, reasonOf } from '../core/index.ts'
import { ENGINE_DEFAULTS } from './engine-settings.ts'
import type { EventEngine } from './event-engine.ts'
import { serverLane } from './server-lane.ts'
import { trusted } from './sql.ts'
import { stoppableLane } from './stoppable-lane.ts'

export type ServerOptions = {
  /** One URL, or those of all nodes of a cluster: then each is told the definitions, and the first one the rest. */
  readonly urls: readonly string[]
  readonly cluster?: string | undefined
  readonly intakeLanes: number
}

/** Throws ENGINE_UNREACHABLE when a server does not answer. A URL may carry user, password and database. */
export async function openServerEngine({
  urls,
  cluster,
  intakeLanes,
}: ServerOptions): Promise<EventEngine> {
  const [url = '', ...others] = urls
  const intakeClients = Array.from({ length: intakeLanes }, () => newClient(url, INTAKE_TIMEOUT_MS))
  const nodes = [url, ...others].map((node) => newClient(node, ASK_TIMEOUT_MS))
  const clients = [...intakeClients, ...nodes]
  const [ask, ...otherNodes] = nodes.map(serverLane)
  const close = async () => {
    for (const client of clients) await client.close()
  }
  if (ask === undefined)
    throw new VigieError('ENGINE_UNREACHABLE', { engine: 'ClickHouse', reason: 'no URL' })
  try {
    for (const node of [ask, ...otherNodes]) await node.query(trusted('SELECT 1'))
  } catch (cause) {
    await close()
    throw new VigieError(
      'ENGINE_UNREACHABLE',
      { engine: 'ClickHouse', reason: reasonOf(cause) },
      { cause },
    )
  }
  // With every node's URL at hand the definitions need no distributed DDL, and so no Keeper.
  const onCluster = cluster === undefined || others.length > 0 ? '' : ` ON CLUSTER '${cluster}'`
  return {
    kind: 'server',
    cluster,
    intake: intakeClients.map(serverLane),
    ask: stoppableLane(ask, ask),
    define: async (text) => {
      for (const node of [ask, ...otherNodes]) await node.command(trusted(text(onCluster)))
    },
    close,
  }
}

const INTAKE_TIMEOUT_MS = 300_000
const ASK_TIMEOUT_MS = 120_000

function newClient(url: string, timeoutMs: number): ClickHouseClient {
  return createClient({
    url,
    clickhouse_settings: { ...ENGINE_DEFAULTS, distributed_foreground_insert: 1 },
    request_timeout: timeoutMs,
    // The client warns about settings on stdout; what goes wrong reaches us as errors.
    log: { level: ClickHouseLogLevel.OFF },
  })
}
