// `vigie intel`: indicators of a running station: import lists, add one, look one up, remove a list.

import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import {
  ImportedSchema,
  IndicatorListsSchema,
  IndicatorSearchesSchema,
  IndicatorsSchema,
} from '../model/index.ts'
import type { Imported, Indicator } from '../model/index.ts'
import { decimal } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags, StationClient } from './station-client.ts'

type Shared = ClientFlags & { readonly json: boolean }
type ImportFlags = Shared & {
  readonly list?: string
  readonly tlp?: string
  readonly confidence?: string
  readonly until?: string
  readonly replace: boolean
  readonly noSearch: boolean
}

const SHARED = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const
const text = { kind: 'parsed', parse: String, optional: true } as const
const IMPORT = {
  ...SHARED,
  list: {
    ...text,
    brief: 'Name of the list (the file’s name; “added” for values)',
    placeholder: 'name',
  },
  tlp: { ...text, brief: 'clear, green, amber, amber+strict or red', placeholder: 'marking' },
  confidence: {
    ...text,
    brief: '0 to 100, where the list says nothing (50)',
    placeholder: 'number',
  },
  until: { ...text, brief: 'End, ISO 8601, where the list says none', placeholder: 'time' },
  replace: { kind: 'boolean', brief: 'What the list no longer names ends', default: false },
  noSearch: { kind: 'boolean', brief: 'Do not search stored events', default: false },
} as const

export function intelCommand(words: Words) {
  return buildRouteMap({
    routes: {
      import: importCommand(words),
      add: addCommand(words),
      list: listCommand(words),
      remove: removeCommand(words),
      search: searchCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.cli.intel.brief },
  })
}

const many = (placeholder: string) =>
  ({ kind: 'array', parameter: { brief: placeholder, parse: String, placeholder } }) as const
const single = (placeholder: string) =>
  ({ kind: 'tuple', parameters: [{ brief: placeholder, parse: String, placeholder }] }) as const

function importCommand(words: Words) {
  return buildCommand<ImportFlags, string[], Context>({
    docs: { brief: words.cli.intel.import },
    parameters: { flags: IMPORT, positional: many('file') },
    async func(flags, ...files) {
      refuseNone(files, words)
      for (const file of files) {
        const bytes = createReadStream(file)
        await send(this, flags, { list: flags.list ?? basename(file), bytes })
      }
    },
  })
}

function addCommand(words: Words) {
  return buildCommand<ImportFlags, string[], Context>({
    docs: { brief: words.cli.intel.add },
    parameters: { flags: IMPORT, positional: many('value') },
    async func(flags, ...values) {
      refuseNone(values, words)
      const bytes = [Buffer.from(`value\n${values.map(quoted).join('\n')}\n`)]
      await send(this, flags, { list: flags.list ?? 'added', bytes })
    },
  })
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`
}

function refuseNone(inputs: readonly string[], words: Words): void {
  if (inputs.length > 0) return
  const expected = 'vigie intel import FILE…, vigie intel add VALUE…'
  throw new VigieError('BAD_REQUEST', { met: words.indicators.empty, expected })
}

type Sent = {
  readonly list: string
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

async function send(context: Context, flags: ImportFlags, { list, bytes }: Sent): Promise<void> {
  const client = clientOf(context, flags)
  const query = new URLSearchParams({
    list: list.replaceAll(/[^\p{L}\p{N} ._:@+-]/gu, '-').slice(0, 100),
    replace: String(flags.replace),
    search: String(!flags.noSearch),
    ...(flags.tlp === undefined ? {} : { marking: flags.tlp }),
    ...(flags.confidence === undefined ? {} : { confidence: flags.confidence }),
    ...(flags.until === undefined ? {} : { until: instant(flags.until) }),
  })
  const imported = await client.send(
    `/api/indicator-imports?${query.toString()}`,
    bytes,
    ImportedSchema,
  )
  if (flags.json) context.process.stdout.write(`${JSON.stringify(imported)}\n`)
  else print(context, imported)
  const findings = await watch(context, client, imported, flags.json)
  const code = findings > 0 ? EXIT.findings : imported.refused > 0 ? EXIT.partial : EXIT.done
  Object.assign(context.process, { exitCode: code })
}

/** A day alone is midnight UTC. */
function instant(met: string): string {
  const ms = Date.parse(met)
  if (!Number.isNaN(ms)) return new Date(ms).toISOString()
  throw new VigieError('SETTING_INVALID', { name: 'until', met, expected: '2026-12-31T00:00:00Z' })
}

function print({ process, words: { indicators: say }, language }: Context, made: Imported): void {
  const lines = [
    say.imported(made.list.name, made.kept, made.read),
    ...(made.warned === 0 ? [] : [say.warned(made.warned)]),
    ...(made.refused === 0 ? [] : [say.refusedCount(made.refused)]),
    ...made.problems.map(({ line, value, reason }) =>
      say.atLine(line, printable(value), reason[language]),
    ),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

const POLL_MS = 300

/** Waits for the search of stored events; gives how many findings are new. */
async function watch(
  { process, words: { indicators: say }, language }: Context,
  client: StationClient,
  { search: started }: Imported,
  isQuiet: boolean,
): Promise<number> {
  let search = started
  const number = (value: number) => decimal(language, value, 0)
  while (search?.state === 'running') {
    const { id, searched, events } = search
    if (process.stderr.isTTY)
      process.stderr.write(`\r\u001B[K${say.searching(number(searched), number(events))}`)
    await sleep(POLL_MS)
    const { searches } = await client.get('/api/indicator-searches', IndicatorSearchesSchema)
    search = searches.find((one) => one.id === id) ?? null
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
  if (search === null) return 0
  if (!isQuiet) {
    const { searched, findings, known, seconds, problem } = search
    const said = say.searched(number(searched), findings, known, decimal(language, seconds))
    const trouble = problem === 'flooded' ? say.flooded : printable(problem ?? '')
    process.stdout.write(`${said}\n${trouble === '' ? '' : `${trouble}\n`}`)
  }
  return search.findings
}

function listCommand(words: Words) {
  return buildCommand<Shared, [], Context>({
    docs: { brief: words.cli.intel.list },
    parameters: { flags: SHARED },
    async func(flags) {
      const { lists } = await clientOf(this, flags).get(
        '/api/indicator-lists',
        IndicatorListsSchema,
      )
      const { indicators: say } = this.words
      if (flags.json || lists.length === 0) {
        const lines = flags.json ? lists.map((list) => JSON.stringify(list)) : [say.none]
        this.process.stdout.write(`${lines.join('\n')}\n`)
        return
      }
      const { columns } = say
      const rows = lists.map((list) => [
        String(list.live),
        String(list.total),
        String(list.warned),
        String(list.refused),
        list.marking === '' ? '-' : list.marking,
        list.updated.slice(0, 16).replace('T', ' '),
        printable(list.name),
      ])
      const heading = [
        columns.live,
        columns.total,
        columns.warned,
        columns.refused,
        columns.marking,
        columns.updated,
        columns.list,
      ]
      this.process.stdout.write(`${table([heading, ...rows])}\n`)
    },
  })
}

function removeCommand(words: Words) {
  return buildCommand<Shared, [string], Context>({
    docs: { brief: words.cli.intel.remove },
    parameters: { flags: SHARED, positional: single('list') },
    async func(flags, list) {
      const path = `/api/indicator-lists/${encodeURIComponent(list)}`
      await clientOf(this, flags).remove(path, z.object({}))
      this.process.stdout.write(`${words.indicators.removed(printable(list))}\n`)
    },
  })
}

function searchCommand(words: Words) {
  return buildCommand<Shared, [string], Context>({
    docs: { brief: words.cli.intel.search },
    parameters: { flags: SHARED, positional: single('value') },
    async func(flags, value) {
      const client = clientOf(this, flags)
      const path = `/api/indicators/${encodeURIComponent(value)}`
      const exact = await client.get(path, IndicatorsSchema)
      const query = new URLSearchParams({ text: value, limit: '50' })
      const like = `/api/indicators?${query.toString()}`
      const { indicators } =
        exact.indicators.length > 0 ? exact : await client.get(like, IndicatorsSchema)
      const lines = flags.json
        ? indicators.map((indicator) => JSON.stringify(indicator))
        : indicators.map((indicator) => shown(this, indicator))
      this.process.stdout.write(
        `${lines.length === 0 ? words.indicators.notFound : lines.join('\n')}\n`,
      )
    },
  })
}

function shown({ words: { indicators: say } }: Context, indicator: Indicator): string {
  const { kind, value, hits, lastHit, sources } = indicator
  const met = hits === 0 ? '' : `, ${hits} × (${(lastHit ?? '').slice(0, 16).replace('T', ' ')})`
  const rows = sources.map(({ list, confidence, marking, until, state, warning, label }) => [
    `  ${printable(list)}`,
    say.states[state] + (warning === '' ? '' : `: ${warning}`),
    String(confidence),
    marking === '' ? '-' : marking,
    until.startsWith('2100') ? '-' : until.slice(0, 10),
    printable(label).slice(0, 100),
  ])
  return `${printable(value)} (${say.kind(kind)})${met}\n${table(rows)}`
}

function clientOf({ process, language }: Context, flags: ClientFlags): StationClient {
  return stationClient(process, flags, language)
}
