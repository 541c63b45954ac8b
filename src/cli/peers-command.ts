// `vigie peers`: whom a station shares with, through its API.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { PeerInvitedSchema, ShareStateSchema } from '../model/index.ts'
import type { SharePeer } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { ACCEPT_FLAGS, acceptedDigest, agreementText } from './accept-agreement.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

export function peersCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: listCommand(words),
      invite: inviteCommand(words),
      renew: renewCommand(words),
      accept: acceptCommand(words),
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
  return [table([[...say.columns], ...rows]), ...troubles, ...peers.flatMap(agreementLines(words))]
}

function agreementLines({ sharing: { peers: say } }: Words) {
  return ({ name, role, standing, agreedUntil, offer }: SharePeer): readonly string[] => [
    ...(standing === 'ending' || standing === 'over'
      ? [printable(say.standings[standing](name, (agreedUntil ?? '').slice(0, 10)))]
      : []),
    ...(offer === null ? [] : [printable(say.offered[role](name))]),
  ]
}

type TermFlags = ClientFlags & {
  readonly relation: 'organisation' | 'client' | 'community'
  readonly approval: 'automatic' | 'each'
  readonly onward: boolean
  readonly content: 'automatic' | 'each'
  readonly days: number
}
type InviteFlags = TermFlags & { readonly address?: string }

const TERM_FLAGS = {
  ...CLIENT_FLAGS,
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

const INVITE_FLAGS = {
  address: {
    kind: 'parsed',
    parse: String,
    brief: 'Host, or host:port, by which the station reaches this hub',
    placeholder: 'host',
    optional: true,
  },
  ...TERM_FLAGS,
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

function renewCommand(words: Words) {
  const say = words.sharing.peers
  return buildCommand<TermFlags, [string], Context>({
    docs: { brief: say.renew },
    parameters: { flags: TERM_FLAGS, positional: NAME },
    async func({ relation, approval, onward, content, days, ...flags }, name) {
      const client = stationClient(this.process, flags, this.language)
      const body = { relation, approval, onward, content, days }
      await client.post(`/api/peers/${encodeURIComponent(name)}/renewals`, body, z.object({}))
      this.process.stdout.write(`${say.renewed(name)}\n`)
    },
  })
}

type AcceptFlags = ClientFlags & { readonly accept?: string; readonly by?: string }

function acceptCommand(words: Words) {
  const say = words.sharing.peers
  return buildCommand<AcceptFlags, [string], Context>({
    docs: { brief: say.accept },
    parameters: { flags: { ...CLIENT_FLAGS, ...ACCEPT_FLAGS }, positional: NAME },
    async func({ accept, by, ...flags }, name) {
      const client = stationClient(this.process, flags, this.language)
      const { peers } = await client.get('/api/share', ShareStateSchema)
      const peer = peers.find((one) => one.name === name && one.role === 'hub')
      const print = (text: string) => this.process.stdout.write(`${text}\n`)
      if (peer === undefined || peer.offer === null) return print(say.noOffer(name))
      const { text, terms, former, digest } = peer.offer
      print(agreementText(text[this.language], { words, terms: terms[this.language] }))
      print(`${say.former}\n${former[this.language].map((line) => `  - ${line}`).join('\n')}\n`)
      const accepted = await acceptedDigest(this, { accept, digest })
      if (accepted === undefined) return
      const body = { accept: digest, ...(by === undefined ? {} : { by }) }
      await client.post(`/api/peers/${encodeURIComponent(name)}/acceptances`, body, z.object({}))
      print(say.accepted(name))
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
