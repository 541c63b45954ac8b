// `vigie share threshold`: addresses that logged in to several members, learned by a hub from so many on.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import {
  LEAST_MEMBERS,
  PublishedSchema,
  ThresholdShownSchema,
  ThresholdStateSchema,
} from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { one } from './share-station-command.ts'
import { offCommand, stateCommand } from './state-commands.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'
import { thresholdLines } from './threshold-lines.ts'

const Done = z.object({})
const PATH = '/api/share/threshold'

export function thresholdCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: stateCommand({
        brief: words.threshold.list,
        path: PATH,
        schema: ThresholdStateSchema,
        lines: thresholdLines,
      }),
      show: showCommand(words),
      on: onCommand(words),
      off: offCommand(`${PATH}/hubs`, words.threshold.off),
      offer: offerCommand(words),
      group: groupCommand(words),
      give: giveCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.threshold.brief },
  })
}

function showCommand(words: Words) {
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: words.threshold.show.brief },
    parameters: { flags: CLIENT_FLAGS, positional: one('hub') },
    async func(flags, peer) {
      const client = stationClient(this.process, flags, this.language)
      const shown = await client.post(`${PATH}/terms`, { peer }, ThresholdShownSchema)
      const text = shown.terms.text[this.language].split('\n').map(printable)
      this.process.stdout.write(`${text.join('\n')}\n`)
      const next = words.threshold.show.next(printable(peer), shown.digest.slice(0, 12))
      this.process.stderr.write(`${next}\n`)
    },
  })
}

type OnFlags = ClientFlags & { readonly accept: string; readonly by?: string }

function onCommand(words: Words) {
  const say = words.threshold.on
  return buildCommand<OnFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        accept: { kind: 'parsed', parse: String, brief: say.accept, placeholder: 'digest' },
        by: { kind: 'parsed', parse: String, brief: say.by, placeholder: 'name', optional: true },
      },
      positional: one('hub'),
    },
    async func({ accept, by, ...flags }, peer) {
      const client = stationClient(this.process, flags, this.language)
      const named = by === undefined ? {} : { by }
      await client.post(`${PATH}/hubs`, { peer, isOn: true, accept, ...named }, Done)
      this.process.stdout.write(`${say.done(printable(peer))}\n`)
    },
  })
}

type OfferFlags = ClientFlags & { readonly least: number }

function offerCommand(words: Words) {
  const say = words.threshold.offer
  const { usual, least: fewest, most } = LEAST_MEMBERS
  return buildCommand<OfferFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        least: {
          kind: 'parsed',
          parse: (text: string) => z.coerce.number().int().min(fewest).max(most).parse(text),
          brief: say.least(usual),
          placeholder: 'members',
          default: String(usual),
        },
      },
      positional: one('holder'),
    },
    async func({ least, ...flags }, holder) {
      const client = stationClient(this.process, flags, this.language)
      const Answer = z.object({ digest: z.string() })
      const { digest } = await client.post(`${PATH}/offers`, { holder, least }, Answer)
      this.process.stdout.write(`${say.done(digest)}\n`)
    },
  })
}

function groupCommand(words: Words) {
  const say = words.threshold.group
  const parameter = (placeholder: string) =>
    ({ brief: placeholder, parse: String, placeholder }) as const
  return buildCommand<ClientFlags, [string, string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: CLIENT_FLAGS,
      positional: { kind: 'tuple', parameters: [parameter('member'), parameter('word')] },
    },
    async func(flags, peer, group) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`${PATH}/groups`, { peer, group }, Done)
      this.process.stdout.write(`${say.done(printable(peer))}\n`)
    },
  })
}

type GiveFlags = ClientFlags & {
  readonly marking: string
  readonly priority: 'routine' | 'urgent'
  readonly audience?: string
}

function giveCommand(words: Words) {
  const say = words.threshold.give
  const named = (brief: string, placeholder: string) =>
    ({ kind: 'parsed', parse: String, brief, placeholder }) as const
  return buildCommand<GiveFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        marking: named(say.marking, 'TLP'),
        priority: {
          kind: 'enum',
          values: ['routine', 'urgent'],
          brief: say.priority,
          default: 'routine',
        },
        audience: { ...named(say.audience, 'names'), optional: true },
      },
      positional: one('address'),
    },
    async func({ marking, priority, audience, ...flags }, address) {
      const client = stationClient(this.process, flags, this.language)
      const body = { address, marking, priority, ...(audience === undefined ? {} : { audience }) }
      const { added, known } = await client.post(`${PATH}/indicators`, body, PublishedSchema)
      this.process.stdout.write(`${say.done(printable(address), added, known)}\n`)
    },
  })
}
