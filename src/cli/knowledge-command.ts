// `vigie exposure knowledge`: what is known of vulnerabilities, with its dates; files, folders and addresses hand more to a station.

import { createReadStream } from 'node:fs'
import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { VigieError } from '../core/index.ts'
import { FeedsSchema, KnowledgeListSchema } from '../model/index.ts'
import type { KnowledgeLoaded } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { download } from './download.ts'
import { EXIT } from './exit-codes.ts'
import { handIn, sendRead } from './hand-in.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags, StationClient } from './station-client.ts'

type Flags = ClientFlags & { readonly json: boolean }
type Piece = { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }

const FLAGS = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const

export function knowledgeCommand(words: Words) {
  return buildRouteMap({
    routes: { list: listCommand(words), load: loadCommand(words) },
    defaultCommand: 'list',
    docs: { brief: words.cli.exposure.knowledge },
  })
}

function listCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.cli.exposure.knowledge },
    parameters: { flags: FLAGS },
    async func(flags) {
      const { feeds } = await stationClient(this.process, flags, this.language).get(
        '/api/exposure/feeds',
        FeedsSchema,
      )
      const { columns, noKnowledge } = this.words.exposure
      const rows = feeds.map(({ dated, entries, name }) => [
        dated.slice(0, 16).replace('T', ' '),
        String(entries),
        printable(name),
      ])
      const text =
        feeds.length === 0
          ? noKnowledge
          : table([[columns.dated, columns.entries, columns.feed], ...rows])
      this.process.stdout.write(
        `${flags.json ? feeds.map((feed) => JSON.stringify(feed)).join('\n') : text}\n`,
      )
    },
  })
}

function loadCommand(words: Words) {
  return buildCommand<Flags, string[], Context>({
    docs: { brief: words.cli.exposure.load },
    parameters: {
      flags: FLAGS,
      positional: {
        kind: 'array',
        parameter: { brief: 'file, folder or address', parse: String, placeholder: 'file' },
      },
    },
    async func(flags, ...places) {
      if (places.length === 0)
        throw new VigieError('BAD_REQUEST', {
          met: words.indicators.empty,
          expected: 'vigie exposure knowledge load FILE…',
        })
      const client = stationClient(this.process, flags, this.language)
      let refused = 0
      let exposures = 0
      const failed = await handIn(this, allOf(places, words), async (piece) => {
        for (const one of await send(client, piece)) {
          refused += one.refused
          exposures += one.exposures + one.pressing + one.triage
          this.process.stdout.write(`${flags.json ? JSON.stringify(one) : shown(this, one)}\n`)
        }
      })
      const code =
        failed ?? (exposures > 0 ? EXIT.findings : refused > 0 ? EXIT.partial : EXIT.done)
      Object.assign(this.process, { exitCode: code })
    },
  })
}

async function send(
  client: StationClient,
  { name, bytes }: Piece,
): Promise<readonly KnowledgeLoaded[]> {
  const query = new URLSearchParams({ file: name.slice(0, 300) })
  const path = `/api/exposure/knowledge?${query.toString()}`
  const { loaded } = await sendRead(bytes, (watched) =>
    client.send(path, watched, KnowledgeListSchema),
  )
  return loaded
}

function shown({ words: { exposure: say }, language }: Context, made: KnowledgeLoaded): string {
  const { feed, unchanged, read, newlyExploited, exposures, undecided, refused, problems } = made
  const { pressing, triage } = made
  const [name, dated] = [printable(feed.name), feed.dated.slice(0, 10)]
  if (unchanged) return say.unchanged(name, dated)
  return [
    say.loaded(name, dated, read),
    ...(newlyExploited > 0 || exposures > 0
      ? [`  ${say.newlyExploited(newlyExploited, exposures, undecided)}`]
      : []),
    ...(pressing > 0 || triage > 0 ? [`  ${say.pressing(pressing, triage)}`] : []),
    ...(refused > 0 ? [`  ${say.refused(refused)}`] : []),
    ...problems.map((problem) => `  ${printable(problem[language])}`),
  ].join('\n')
}

async function* allOf(places: readonly string[], words: Words): AsyncGenerator<Piece> {
  for (const place of places) yield* piecesOf(place, words)
}

/** A file; an address; the files of a folder, in the order of their names, so that a run that stopped finds most of it known. */
async function* piecesOf(place: string, words: Words): AsyncGenerator<Piece> {
  if (/^[a-z]+:\/\//i.test(place)) {
    yield { name: basename(new URL(place).pathname), bytes: download(place, words) }
    return
  }
  const found = await stat(place).catch((cause: unknown) => {
    throw new VigieError('NOTHING_TO_READ', { path: place }, { cause })
  })
  if (found.isDirectory()) yield* ofFolder(place)
  else yield { name: basename(place), bytes: createReadStream(place) }
}

const RECORDS_AT_ONCE = 500
const MOST_RECORD_BYTES = 4 * 1024 * 1024

/** Single CVE records, of which a mirror has hundreds of thousands, are sent some hundred at a time. */
async function* ofFolder(folder: string): AsyncGenerator<Piece> {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => /\.(?:json|csv)(?:\.gz)?$/i.test(name))
    .toSorted()
  let records: string[] = []
  for (const name of names) {
    const path = join(folder, name)
    const isRecord =
      /(?:^|[\\/])CVE-\d{4}-\d+\.json$/i.test(name) && (await stat(path)).size < MOST_RECORD_BYTES
    if (!isRecord) yield { name: basename(name), bytes: createReadStream(path) }
    else records.push(await readFile(path, 'utf8'))
    if (records.length === RECORDS_AT_ONCE) {
      yield together(records, name)
      records = []
    }
  }
  if (records.length > 0) yield together(records, 'CVE')
}

function together(records: readonly string[], last: string): Piece {
  const text = `[${records.join(',')}]`
  return {
    name: basename(last),
    bytes: (async function* () {
      yield Buffer.from(text)
    })(),
  }
}
