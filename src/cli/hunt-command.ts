// `vigie hunt QUERY`: the events of a running station.

import { buildCommand } from '@stricli/core'
import type { z } from 'zod'
import { DAY_MS, systemClock } from '../core/index.ts'
import { HuntRowsSchema } from '../model/index.ts'
import type { EventRow } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Flags = ClientFlags & {
  readonly from?: string
  readonly to?: string
  readonly limit: number
  readonly sql: boolean
  readonly json: boolean
}

export function huntCommand(words: Words) {
  const optional = { kind: 'parsed', parse: String, optional: true } as const
  return buildCommand<Flags, [string?], Context>({
    docs: { brief: words.cli.hunt.brief },
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          { brief: 'field:value conditions', parse: String, placeholder: 'query', optional: true },
        ],
      },
      flags: {
        ...CLIENT_FLAGS,
        from: { ...optional, brief: 'Start, ISO 8601 (24 hours ago)', placeholder: 'time' },
        to: { ...optional, brief: 'End, ISO 8601 (now)', placeholder: 'time' },
        limit: {
          kind: 'parsed',
          parse: Number,
          brief: 'Most rows',
          placeholder: 'n',
          default: '100',
        },
        sql: { kind: 'boolean', brief: 'The query is a SELECT over events', default: false },
        json: { kind: 'boolean', brief: 'One JSON object a line', default: false },
      },
    },
    async func(flags, query = '') {
      await hunt(this, flags, query)
    },
  })
}

async function hunt(context: Context, flags: Flags, query: string): Promise<void> {
  const { process, language } = context
  const nowMs = systemClock.nowMs()
  const from = flags.from ?? new Date(nowMs - DAY_MS).toISOString()
  const to = flags.to ?? new Date(nowMs).toISOString()
  const answer = await stationClient(process, flags, language).post(
    '/api/hunt/search',
    {
      ...(flags.sql ? { sql: query } : { query }),
      from,
      to,
      limit: flags.limit,
    },
    HuntRowsSchema,
  )
  if (flags.json) {
    for (const row of answer.rows) process.stdout.write(`${JSON.stringify(row)}\n`)
  } else if (answer.rows.length > 0) {
    process.stdout.write(`${flags.sql ? grid(answer.columns, answer.rows) : lines(answer.rows)}\n`)
  }
  // Beside the rows, so that a program that reads them gets rows alone.
  const note = noteOn(answer, { words: context.words.cli.hunt, from, to })
  if (note !== undefined) process.stderr.write(`${note}\n`)
}

type Asked = { readonly words: Words['cli']['hunt']; readonly from: string; readonly to: string }

/** What the rows alone do not say. */
function noteOn(
  { rows, more, stoppedAt }: z.infer<typeof HuntRowsSchema>,
  { words, from, to }: Asked,
): string | undefined {
  if (stoppedAt !== null) return words.stopped(stoppedAt)
  if (rows.length === 0) return words.none(from, to)
  return more ? words.more(rows.length) : undefined
}

function grid(columns: readonly string[], rows: readonly EventRow[]): string {
  return table([
    columns,
    ...rows.map((row) => columns.map((column) => printable(row[column] ?? ''))),
  ])
}

const SHOWN = ['src_ip', 'dst_ip', 'user_name', 'action', 'message']

/** Time, device, product, then what the row says. */
function lines(rows: readonly EventRow[]): string {
  return rows
    .map((row) => {
      const shown = SHOWN.map((name) => row[name] ?? '').filter((value) => value !== '')
      return printable([row['time'], row['device_name'], row['product'], ...shown].join('  '))
    })
    .join('\n')
}
