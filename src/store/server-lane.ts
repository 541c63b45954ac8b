// A lane over a ClickHouse server, through @clickhouse/client.

import { createReadStream } from 'node:fs'
import type { ClickHouseClient } from '@clickhouse/client'
import { readAnswer } from './answer.ts'
import type { EngineLane, LoadRequest, QueryOptions } from './event-engine.ts'
import { literal } from './literal.ts'
import { join, trusted, withPlaceholders } from './sql.ts'
import type { Sql } from './sql.ts'

export function serverLane(client: ClickHouseClient): EngineLane {
  return {
    command: async (statement, options = {}) => {
      await client.command(request(statement, options))
    },
    query: async (statement, options = {}) => {
      const answer = await client.query({ ...request(statement, options), format: 'JSON' })
      return readAnswer(await answer.text())
    },
    load: (load) => sendFile(client, load),
  }
}

function request(statement: Sql, { settings, signal }: QueryOptions) {
  const { text, values } = withPlaceholders(statement)
  return {
    query: text,
    query_params: { ...values },
    clickhouse_settings: { ...settings },
    ...(signal === undefined ? {} : { abort_signal: signal }),
  }
}

async function sendFile(client: ClickHouseClient, load: LoadRequest): Promise<void> {
  const { insert, where, structure, settings } = load
  const source = trusted(`input(${literal(structure)})`)
  const { text, values } = withPlaceholders(
    join([insert, source, where, trusted('FORMAT RowBinary')], ' '),
  )
  const answer = await client.exec({
    query: text,
    query_params: { ...values },
    clickhouse_settings: { ...settings },
    values: createReadStream(load.file),
  })
  answer.stream.resume()
}
