// `vigie share misp`: what a member would get as a MISP feed, and the feed as a folder that MISP reads.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildCommand } from '@stricli/core'
import { MispFeedSchema, MispPreviewSchema } from '../model/index.ts'
import type { MispPreview } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { one } from './share-station-command.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Flags = ClientFlags & { readonly out?: string; readonly json: boolean }

export function mispCommand(words: Words) {
  const say = words.sharing.misp
  return buildCommand<Flags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        out: {
          kind: 'parsed',
          parse: String,
          brief: say.out,
          placeholder: 'folder',
          optional: true,
        },
        json: { kind: 'boolean', brief: 'Print as JSON', default: false },
      },
      positional: one('member'),
    },
    async func({ out, json, ...flags }, peer) {
      const client = stationClient(this.process, flags, this.language)
      const path = `/api/share/misp/preview?${new URLSearchParams({ peer }).toString()}`
      const preview = await client.get(path, MispPreviewSchema)
      const lines = json ? [JSON.stringify(preview)] : previewLines(preview, words)
      this.process.stdout.write(`${lines.join('\n')}\n`)
      if (out === undefined) return
      const feed = await client.post('/api/share/misp/feeds', { peer }, MispFeedSchema)
      mkdirSync(out, { recursive: true })
      for (const event of feed.events) write(out, `${event.Event.uuid}.json`, JSON.stringify(event))
      write(out, 'hashes.csv', feed.hashes)
      // The list last: whoever reads while this writes finds what it names.
      write(out, 'manifest.json', JSON.stringify(feed.manifest))
      this.process.stdout.write(`${say.done(feed.events.length, out)}\n`)
    },
  })
}

function write(folder: string, file: string, text: string): void {
  writeFileSync(join(folder, file), text)
}

function previewLines(
  { peer, events, indicators, attributes, withheld, first, isCut }: MispPreview,
  words: Words,
): readonly string[] {
  const say = words.sharing.misp
  return [
    say.would(printable(peer), indicators, attributes, events),
    ...(first.length === 0
      ? []
      : [
          table(
            first.map(({ type, value, Tag, deleted }) =>
              [type, value, Tag.map(({ name }) => name).join(' '), deleted ? say.deleted : ''].map(
                printable,
              ),
            ),
          ),
        ]),
    ...(attributes > first.length ? ['…'] : []),
    ...withheld.map(({ rule, count }) => say.withheld(count, rule)),
    ...(isCut ? [say.cut] : []),
  ]
}
