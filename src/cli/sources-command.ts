// `vigie sources`: who sends to a running station, and how well it is understood.

import { buildCommand } from '@stricli/core'
import { SourceListSchema } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Flags = ClientFlags & { readonly json: boolean }

export function sourcesCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.cli.sources.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        json: { kind: 'boolean', brief: 'One JSON object a line', default: false },
      },
    },
    async func(flags) {
      await sources(this, flags)
    },
  })
}

async function sources({ process, words, language }: Context, flags: Flags): Promise<void> {
  const list = await stationClient(process, flags, language).get('/api/sources', SourceListSchema)
  if (flags.json) {
    for (const source of list.sources) process.stdout.write(`${JSON.stringify(source)}\n`)
    return
  }
  if (list.sources.length === 0) {
    process.stdout.write(`${words.cli.sources.none}\n`)
    return
  }
  const rows = list.sources.map((source) => [
    printable(source.name),
    String(source.lines),
    `${source.rate}/s`,
    `${source.lines === 0 ? 0 : Math.round((source.unknown / source.lines) * 100)} %`,
    source.lastSeen?.slice(0, 19).replace('T', ' ') ?? '-',
    Object.keys(source.parsers).join(', '),
  ])
  process.stdout.write(`${table(rows)}\n`)
  for (const { name, trouble } of list.sources)
    if (trouble !== null)
      process.stdout.write(`${printable(name)}: ${printable(trouble[language])}\n`)
  const dropped = list.droppedBySystem ?? 0
  if (dropped > 0)
    process.stdout.write(`${words.console.sources.droppedBySystem(String(dropped))}\n`)
}
