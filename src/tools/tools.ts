// What a station knows of tools: loaded list by list, each as a whole, and what its organisation allows.

import { VigieError } from '../core/index.ts'
import type { Clock } from '../core/index.ts'
import { ToolFilesSchema, ToolListSchema } from '../model/index.ts'
import type { ToolAllowAsk, ToolList, ToolLoadAsk, ToolState } from '../model/index.ts'
import { emptyNext, sql, takePlace, trusted, typed } from '../store/index.ts'
import type { Sql, Store } from '../store/index.ts'
import type { Tool } from './entries.ts'
import { readList, refused } from './read-list.ts'

export type Tools = {
  readonly state: () => Promise<ToolState>
  /** JSON of `ToolFilesSchema`. Throws TOOLS_REFUSED; then what stood stands. */
  readonly load: (
    bytes: AsyncIterable<Uint8Array>,
    ask: ToolLoadAsk,
    who: string,
  ) => Promise<ToolState>
  readonly allow: (ask: ToolAllowAsk, who: string) => Promise<ToolState>
  /** Throws NOT_FOUND. */
  readonly disallow: (tool: string) => Promise<ToolState>
}

export type ToolsOptions = {
  readonly store: Pick<Store, 'events' | 'records'>
  readonly clock: Clock
}

/** Where each is published, under which terms, and what it is about. */
const LISTS = {
  lolbas: { source: 'https://lolbas-project.github.io', licence: 'GPL-3.0', use: 'abusable' },
  gtfobins: { source: 'https://gtfobins.github.io', licence: 'GPL-3.0', use: 'abusable' },
  lolrmm: { source: 'https://lolrmm.io', licence: 'Apache-2.0', use: 'remote' },
  loldrivers: { source: 'https://www.loldrivers.io', licence: 'Apache-2.0', use: 'driver' },
} as const satisfies Record<ToolList, object>

export function openTools(options: ToolsOptions): Tools {
  let busy: Promise<unknown> = Promise.resolve()
  // One table is built beside the other: two at once would build the same one.
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const done = busy.then(work)
    busy = done.catch(() => undefined)
    return done
  }
  return {
    state: () => stateOf(options),
    load: (bytes, ask, who) => alone(() => load(options, { bytes, ask, who })),
    allow: (ask, who) => alone(() => allow(options, ask, who)),
    disallow: (tool) => alone(() => disallow(options, tool)),
  }
}

async function stateOf({ store: { records }, clock }: ToolsOptions): Promise<ToolState> {
  const lists = await records.selectFrom('tool_lists').selectAll().orderBy('list').execute()
  const allowed = await records.selectFrom('allowed_tools').selectAll().orderBy('tool').execute()
  return {
    asOf: new Date(clock.nowMs()).toISOString(),
    lists: lists.map(({ list, dated, loaded, loaded_by, passed_over, ...rest }) => ({
      ...rest,
      list: ToolListSchema.parse(list),
      dated: dated.toISOString(),
      loaded: loaded.toISOString(),
      loadedBy: loaded_by,
      passedOver: passed_over,
    })),
    allowed: allowed.map((one) => ({ ...one, at: one.at.toISOString() })),
  }
}

type Loading = {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly ask: ToolLoadAsk
  readonly who: string
}

async function load(options: ToolsOptions, { bytes, ask, who }: Loading): Promise<ToolState> {
  const { store, clock } = options
  const { list, dated, source } = ask
  const { tools, passedOver } = readList(list, await filesOf(bytes))
  await replace(store.events, 'known_tools', [
    sql`INSERT INTO known_tools_next SELECT * FROM known_tools WHERE list != ${list}`,
    ...piecesOf(tools).map((rows) => insertOf(list, rows)),
  ])
  const now = new Date(clock.nowMs())
  const row = {
    list,
    source: source ?? LISTS[list].source,
    licence: LISTS[list].licence,
    dated: dated === undefined ? now : new Date(dated),
    loaded: now,
    loaded_by: who,
    tools: tools.length,
    values: tools.reduce((sum, { known }) => sum + known.length, 0),
    passed_over: passedOver,
  }
  await store.records
    .insertInto('tool_lists')
    .values(row)
    .onConflict((conflict) => conflict.column('list').doUpdateSet(row))
    .execute()
  return stateOf(options)
}

const MOST_BYTES = 128 * 1024 * 1024

async function filesOf(bytes: AsyncIterable<Uint8Array>) {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > MOST_BYTES) throw refused('too_large', '', '128 MiB')
    pieces.push(piece)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(pieces).toString())
    return ToolFilesSchema.parse(body).files
  } catch {
    throw refused('not_readable', '', '{"files": [{"name": …, "text": …}]}')
  }
}

type Row = {
  readonly tool: string
  readonly by: string
  readonly value: string
  readonly does: string
}

const ROWS_AT_ONCE = 2000

function piecesOf(tools: readonly Tool[]): readonly (readonly Row[])[] {
  const rows = tools.flatMap(({ name, does, known }) =>
    known.map(({ by, value }) => ({ tool: name, by, value, does: does.join(', ') })),
  )
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, at) =>
    rows.slice(at * ROWS_AT_ONCE, (at + 1) * ROWS_AT_ONCE),
  )
}

function insertOf(list: ToolList, rows: readonly Row[]): Sql {
  const text = rows.map((row) => JSON.stringify(row)).join('\n')
  return sql`INSERT INTO known_tools_next (list, tool, use, by, value, does) SELECT ${list}, tool, ${LISTS[list].use}, by, value, does
FROM format(JSONEachRow, 'tool String, by String, value String, does String', ${typed('String', text)})`
}

async function replace(
  events: Store['events'],
  table: string,
  statements: readonly Sql[],
): Promise<void> {
  await events.define(emptyNext(events.cluster, table))
  for (const statement of statements) await events.ask.command(statement)
  for (const statement of takePlace(events.cluster, table)) await events.define(statement)
}

async function allow(
  options: ToolsOptions,
  { tool, because }: ToolAllowAsk,
  who: string,
): Promise<ToolState> {
  const row = { tool: tool.toLowerCase(), who, because, at: new Date(options.clock.nowMs()) }
  await options.store.records
    .insertInto('allowed_tools')
    .values(row)
    .onConflict((conflict) => conflict.column('tool').doUpdateSet(row))
    .execute()
  return copied(options)
}

async function disallow(options: ToolsOptions, tool: string): Promise<ToolState> {
  const { numDeletedRows } = await options.store.records
    .deleteFrom('allowed_tools')
    .where('tool', '=', tool.toLowerCase())
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new VigieError('NOT_FOUND', { what: tool })
  return copied(options)
}

/** To where analytics see them. */
async function copied(options: ToolsOptions): Promise<ToolState> {
  const state = await stateOf(options)
  const names = state.allowed.map(({ tool }) => tool)
  await replace(options.store.events, 'allowed_tools', [
    names.length === 0
      ? trusted('SELECT 1')
      : sql`INSERT INTO allowed_tools_next SELECT arrayJoin(${typed('Array(String)', names)})`,
  ])
  return state
}
