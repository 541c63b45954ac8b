// `vigie readiness members` and `vigie readiness tell`: how a hub's members stand, and whether this station tells its hub.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { GOAL_STATES, RollUpStateSchema } from '../model/index.ts'
import type { RollUps } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { one } from './share-station-command.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

const ADDRESS = '/api/share/readiness'
type Flags = ClientFlags & { readonly json: boolean }

export function membersCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.readiness.rollUp.brief },
    parameters: {
      flags: { ...CLIENT_FLAGS, json: { kind: 'boolean', brief: 'Print as JSON', default: false } },
    },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const state = await client.get(ADDRESS, RollUpStateSchema)
      const say = this.words.readiness.rollUp
      const hubs = state.hubs.map(({ peer, isOn, by, told }) =>
        isOn ? say.on(peer, by ?? '', minute(told)) : say.off(peer),
      )
      const lines = [
        ...hubs.map(printable),
        ...(hubs.length === 0 && state.members === null ? [say.noHub] : []),
        ...(state.members === null ? [] : membersLines(state.members, this)),
      ]
      this.process.stdout.write(`${flags.json ? JSON.stringify(state) : lines.join('\n')}\n`)
    },
  })
}

function membersLines(
  { floor, members, goals }: RollUps,
  { words: { readiness }, language }: Context,
): readonly string[] {
  const say = readiness.rollUp
  if (members === null) return [say.tooFew(floor)]
  const head = ['', ...GOAL_STATES.map((state) => readiness.states[state])]
  const rows = goals.map(({ title, counts }) => [
    printable(title[language]),
    ...GOAL_STATES.map((state) => String(counts[state] ?? say.hidden)),
  ])
  return [say.members(members), table([head, ...rows]), say.hiddenMeans(say.hidden, floor)]
}

export function tellCommands(words: Words) {
  const say = words.readiness.rollUp
  return buildRouteMap({
    routes: { on: tellCommand(words, true), off: tellCommand(words, false) },
    docs: { brief: say.tell },
  })
}

type TellFlags = ClientFlags & { readonly by?: string }

function tellCommand(words: Words, isOn: boolean) {
  const say = words.readiness.rollUp
  return buildCommand<TellFlags, [string], Context>({
    docs: { brief: isOn ? say.tellOn : say.tellOff },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        by: { kind: 'parsed', parse: String, brief: say.by, placeholder: 'name', optional: true },
      },
      positional: one('hub'),
    },
    async func({ by, ...flags }, peer) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(ADDRESS, { peer, isOn, ...(by === undefined ? {} : { by }) }, z.object({}))
      const told = isOn ? say.switchedOn(printable(peer)) : say.switchedOff(printable(peer))
      this.process.stdout.write(`${told}\n`)
    },
  })
}

function minute(instant: string | null): string {
  return (instant ?? '').slice(0, 16).replace('T', ' ')
}
