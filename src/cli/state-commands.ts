// What commands of sharing have in common: the state as lines or as JSON, and a hub that is asked no more.

import { buildCommand } from '@stricli/core'
import { z } from 'zod'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { one } from './share-station-command.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type ListFlags = ClientFlags & { readonly json: boolean }

export type Listing<T> = {
  readonly brief: string
  readonly path: string
  readonly schema: z.ZodType<T>
  readonly lines: (state: T, context: Context) => readonly string[]
}

export function stateCommand<T>({ brief, path, schema, lines }: Listing<T>) {
  return buildCommand<ListFlags, [], Context>({
    docs: { brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        json: { kind: 'boolean', brief: 'Print as JSON', default: false },
      },
    },
    async func({ json, ...flags }) {
      const client = stationClient(this.process, flags, this.language)
      const state = await client.get(path, schema)
      const said = json ? [JSON.stringify(state)] : lines(state, this)
      this.process.stdout.write(`${said.join('\n')}\n`)
    },
  })
}

type Off = { readonly brief: string; readonly done: (peer: string) => string }

/** `path`: where hubs are switched on and off. */
export function offCommand(path: string, { brief, done }: Off) {
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief },
    parameters: { flags: CLIENT_FLAGS, positional: one('hub') },
    async func(flags, peer) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(path, { peer, isOn: false }, z.object({}))
      this.process.stdout.write(`${done(printable(peer))}\n`)
    },
  })
}
