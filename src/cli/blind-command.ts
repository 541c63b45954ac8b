// `vigie share blind`: what is asked of a hub without showing one's hand, what was met, and a hub's side of it.

import { createReadStream, existsSync } from 'node:fs'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import { BlindStateSchema, SensitiveAddedSchema } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { blindLines } from './blind-lines.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { defined, one } from './share-station-command.ts'
import { offCommand, stateCommand } from './state-commands.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

const Done = z.object({})
const PATH = '/api/share/blind'

export function blindCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: stateCommand({
        brief: words.blind.list,
        path: PATH,
        schema: BlindStateSchema,
        lines: blindLines,
      }),
      on: onCommand(words),
      off: offCommand(`${PATH}/hubs`, words.blind.off),
      tell: decideCommand(words, true),
      keep: decideCommand(words, false),
      add: addCommand(words),
      remove: removeCommand(words),
      rotate: rotateCommand(words),
      budget: budgetCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.blind.brief },
  })
}

const text = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const

type OnFlags = ClientFlags & { readonly rule: boolean; readonly by?: string }

function onCommand(words: Words) {
  const say = words.blind.on
  return buildCommand<OnFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        rule: { kind: 'boolean', brief: say.rule, default: false },
        by: text(say.by, 'name'),
      },
      positional: one('hub'),
    },
    async func({ rule, by, ...flags }, peer) {
      const client = stationClient(this.process, flags, this.language)
      const named = by === undefined ? {} : { by }
      const body = { peer, isOn: true, tell: rule ? 'rule' : 'each', ...named }
      await client.post(`${PATH}/hubs`, body, Done)
      this.process.stdout.write(`${say.done(printable(peer))}\n`)
    },
  })
}

function decideCommand(words: Words, tell: boolean) {
  const say = words.blind.decide
  return buildCommand<ClientFlags, string[], Context>({
    docs: { brief: tell ? say.tell : say.keep },
    parameters: {
      flags: CLIENT_FLAGS,
      positional: {
        kind: 'array',
        parameter: { brief: say.numbers, parse: String, placeholder: 'number' },
        minimum: 1,
      },
    },
    async func(flags, ...numbers) {
      const client = stationClient(this.process, flags, this.language)
      const body = { hits: numbers.map(Number), tell }
      const Answer = z.object({ decided: z.number() })
      const { decided } = await client.post(`${PATH}/decisions`, body, Answer)
      this.process.stdout.write(`${say.done(decided)}\n`)
    },
  })
}

type AddFlags = ClientFlags & {
  readonly marking?: string
  readonly note?: string
  readonly audience?: string
}

function addCommand(words: Words) {
  const say = words.blind.add
  return buildCommand<AddFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        marking: text(say.marking, 'TLP'),
        note: text(say.note, 'text'),
        audience: text(say.audience, 'names'),
      },
      positional: one('file'),
    },
    async func({ marking, note, audience, ...flags }, file) {
      if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
      const client = stationClient(this.process, flags, this.language)
      const asked = defined({ marking, note, audience })
      const path = `${PATH}/values?${new URLSearchParams(asked).toString()}`
      const answer = await client.send(path, createReadStream(file), SensitiveAddedSchema)
      const refused = answer.refused.map(({ id, reason }) => printable(`  ${id}: ${reason}`))
      const lines = [say.done(answer.added, answer.known), ...refused]
      this.process.stdout.write(`${lines.join('\n')}\n`)
    },
  })
}

function removeCommand(words: Words) {
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: words.blind.remove.brief },
    parameters: { flags: CLIENT_FLAGS, positional: one('id') },
    async func(flags, id) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`${PATH}/removals`, { id }, Done)
      this.process.stdout.write(`${words.blind.remove.done}\n`)
    },
  })
}

function rotateCommand(words: Words) {
  return buildCommand<ClientFlags, [], Context>({
    docs: { brief: words.blind.rotate.brief },
    parameters: { flags: CLIENT_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`${PATH}/epochs`, {}, Done)
      this.process.stdout.write(`${words.blind.rotate.done}\n`)
    },
  })
}

type BudgetFlags = ClientFlags & { readonly address: number; readonly other: number }

function budgetCommand(words: Words) {
  const say = words.blind.budget
  const count = (brief: string) =>
    ({
      kind: 'parsed',
      parse: (value: string) => z.coerce.number().int().min(0).parse(value),
      brief,
      placeholder: 'values',
    }) as const
  return buildCommand<BudgetFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: { ...CLIENT_FLAGS, address: count(say.address), other: count(say.other) },
      positional: one('member'),
    },
    async func({ address, other, ...flags }, peer) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`${PATH}/budgets`, { peer, address, other }, Done)
      this.process.stdout.write(`${say.done(printable(peer))}\n`)
    },
  })
}
