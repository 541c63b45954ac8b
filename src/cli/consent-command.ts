// `vigie share consent`: recorded consents, given and taken back.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { ConsentsSchema, SHARING_PURPOSE } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { one } from './share-station-command.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

export function consentCommand(words: Words) {
  return buildRouteMap({
    routes: { list: listCommand(words), give: giveCommand(words), revoke: revokeCommand(words) },
    defaultCommand: 'list',
    docs: { brief: words.sharing.consent.brief },
  })
}

function listCommand(words: Words) {
  const say = words.sharing.consent
  return buildCommand<ClientFlags, [], Context>({
    docs: { brief: say.brief },
    parameters: { flags: CLIENT_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { consents, asOf } = await client.get('/api/share/consents', ConsentsSchema)
      const rows = consents.map(({ id, by, purpose, peers, kinds, until, revoked }) => [
        id,
        printable(by),
        printable(purpose),
        printable(peers?.join(' ') ?? say.all),
        printable(kinds?.join(' ') ?? say.all),
        until.slice(0, 10),
        revoked === null && until > asOf ? say.holds : say.over,
      ])
      this.process.stdout.write(
        `${rows.length === 0 ? say.none : table([[...say.columns], ...rows])}\n`,
      )
    },
  })
}

type GiveFlags = ClientFlags & {
  readonly purpose: string
  readonly peers?: string
  readonly kinds?: string
  readonly days: number
}

function giveCommand(words: Words) {
  const say = words.sharing.consent
  const text = (brief: string, placeholder: string) =>
    ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const
  return buildCommand<GiveFlags, [string], Context>({
    docs: { brief: say.give },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        purpose: {
          kind: 'parsed',
          parse: String,
          brief: 'What it is for',
          placeholder: 'purpose',
          default: SHARING_PURPOSE,
        },
        peers: text(
          'Names of peers it is for, separated by commas (all with an agreement)',
          'names',
        ),
        kinds: text('Kinds of objects it is for, such as sighting (all)', 'kinds'),
        days: {
          kind: 'parsed',
          parse: (value: string) => z.coerce.number().int().min(1).parse(value),
          brief: 'How long it holds',
          placeholder: 'days',
          default: '365',
        },
      },
      positional: one('by'),
    },
    async func({ purpose, peers, kinds, days, ...flags }, by) {
      const client = stationClient(this.process, flags, this.language)
      const body = {
        by,
        purpose,
        days,
        ...(peers === undefined ? {} : { peers: peers.split(',') }),
        ...(kinds === undefined ? {} : { kinds: kinds.split(',') }),
      }
      const { id } = await client.post('/api/share/consents', body, z.object({ id: z.string() }))
      this.process.stdout.write(`${say.given(id)}\n`)
    },
  })
}

function revokeCommand(words: Words) {
  const say = words.sharing.consent
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: say.revoke },
    parameters: { flags: CLIENT_FLAGS, positional: one('id') },
    async func(flags, id) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`/api/share/consents/${encodeURIComponent(id)}/revoke`, {}, z.object({}))
      this.process.stdout.write(`${say.revoked}\n`)
    },
  })
}
