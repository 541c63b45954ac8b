// `vigie peers`: whom a station shares with, through its API.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { PeerInvitedSchema, ShareStateSchema } from '../model/index.ts'
import type { SharePeer } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

export function peersCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: listCommand(words),
      invite: inviteCommand(words),
      revoke: revokeCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.sharing.peers.brief },
  })
}

const NAME = {
  kind: 'tuple',
  parameters: [{ brief: 'Name of the peer', parse: String, placeholder: 'name' }],
} as const

type ListFlags = ClientFlags & { readonly json: boolean }

function listCommand(words: Words) {
  const say = words.sharing.peers
  return buildCommand<ListFlags, [], Context>({
    docs: { brief: say.list },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        json: { kind: 'boolean', brief: 'One JSON object a line', default: false },
      },
    },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { peers } = await client.get('/api/share', ShareStateSchema)
      const lines = flags.json ? peers.map((peer) => JSON.stringify(peer)) : asLines(peers, this)
      this.process.stdout.write(`${lines.join('\n')}\n`)
    },
  })
}

function asLines(peers: readonly SharePeer[], { words, language }: Context): readonly string[] {
  const say = words.sharing.peers
  if (peers.length === 0) return [say.none]
  const rows = peers.map((peer) => [
    printable(peer.name),
    printable(peer.organisation),
    say.roles[peer.role],
    say.states[peer.state],
    shortTime(peer.lastSeen ?? ''),
    String(Object.values(peer.objects).reduce((sum, count) => sum + count, 0)),
    String(peer.waiting),
  ])
  const troubles = peers.flatMap(({ name, problem }) =>
    problem === null
      ? []
      : [printable(say.trouble(name, shortTime(problem.since), problem.sentence[language]))],
  )
  return [table([[...say.columns], ...rows]), ...troubles]
}

type InviteFlags = ClientFlags & {
  readonly address?: string
  readonly relation: 'organisation' | 'client' | 'community'
  readonly approval: 'automatic' | 'each'
  readonly onward: boolean
  readonly content: 'automatic' | 'each'
  readonly days: number
}

const INVITE_FLAGS = {
  ...CLIENT_FLAGS,
  address: {
    kind: 'parsed',
    parse: String,
    brief: 'Host, or host:port, by which the station reaches this hub',
    placeholder: 'host',
    optional: true,
  },
  relation: {
    kind: 'enum',
    values: ['organisation', 'client', 'community'],
    brief: 'How it stands to this hub (TLP: amber goes to clients, green to the community)',
    default: 'client',
  },
  approval: {
    kind: 'enum',
    values: ['automatic', 'each'],
    brief: 'Whether its answers leave by themselves, or a person there looks at each',
    default: 'automatic',
  },
  content: {
    kind: 'enum',
    values: ['automatic', 'each'],
    brief:
      'Whether rules, analytics and checks come into use there by themselves, or a person there accepts each',
    default: 'each',
  },
  onward: {
    kind: 'boolean',
    brief: 'It may pass on to its own members what it is given, if it is a hub',
    default: false,
  },
  days: {
    kind: 'parsed',
    parse: (value: string) => z.coerce.number().int().min(1).parse(value),
    brief: 'How long the agreement holds',
    placeholder: 'days',
    default: '365',
  },
} as const

function inviteCommand(words: Words) {
  const say = words.sharing.peers
  return buildCommand<InviteFlags, [string], Context>({
    docs: { brief: say.invite },
    parameters: {
      flags: INVITE_FLAGS,
      positional: NAME,
    },
    async func({ address, relation, approval, onward, content, days, ...flags }, name) {
      const client = stationClient(this.process, flags, this.language)
      const body = {
        name,
        relation,
        approval,
        onward,
        content,
        days,
        ...(address === undefined ? {} : { address }),
      }
      const invited = await client.post('/api/peers', body, PeerInvitedSchema)
      this.process.stdout.write(`${say.code(invited.code)}\n`)
      this.process.stderr.write(`${say.until(shortTime(invited.until))}\n`)
      if (/^(?:127\.|localhost|\[::1\])/.test(invited.address))
        this.process.stderr.write(`${say.loopback(invited.address)}\n`)
    },
  })
}

function revokeCommand(words: Words) {
  const say = words.sharing.peers
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: say.revoke },
    parameters: { flags: CLIENT_FLAGS, positional: NAME },
    async func(flags, name) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`/api/peers/${encodeURIComponent(name)}/revoke`, {}, z.object({}))
      this.process.stdout.write(`${say.revoked(name)}\n`)
    },
  })
}

function shortTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ')
}
