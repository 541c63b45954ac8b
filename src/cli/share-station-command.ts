// `vigie share` against a running station: what is given out, what leaves, what came.

import { createReadStream, existsSync } from 'node:fs'
import { buildCommand } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import {
  MARKINGS,
  OutboxSchema,
  PreviewSchema,
  PublishedSchema,
  ReceivedListSchema,
  SeenSchema,
  TraceSchema,
} from '../model/index.ts'
import type { Outgoing } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

export const one = (placeholder: string) =>
  ({ kind: 'tuple', parameters: [{ brief: placeholder, parse: String, placeholder }] }) as const
const text = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const
const JSON_FLAG = { json: { kind: 'boolean', brief: 'Print as JSON', default: false } } as const

function bytesOf(file: string): AsyncIterable<Uint8Array> {
  if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
  return createReadStream(file)
}

type PublishFlags = ClientFlags & {
  readonly marking?: string
  readonly priority: 'routine' | 'urgent'
  readonly confidence?: string
  readonly audience?: string
  readonly release?: string
  readonly community?: string
}

const PUBLISH_FLAGS = {
  ...CLIENT_FLAGS,
  marking: text(`TLP of what says none itself: ${MARKINGS.slice(1, -1).join(', ')}`, 'TLP'),
  priority: {
    kind: 'enum',
    values: ['routine', 'urgent'],
    brief: 'urgent goes before everything else',
    default: 'routine',
  },
  confidence: text('0 to 100, of what says none itself (50)', 'number'),
  audience: text('Names of members it is for alone, separated by commas', 'names'),
  release: text('Not before this time, such as 2026-12-01T12:00:00Z', 'time'),
  community: text('Indigenous community whose consent it needs', 'name'),
} as const

export function publishCommand(words: Words) {
  const say = words.sharing.publish
  return buildCommand<PublishFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: PUBLISH_FLAGS,
      positional: one('file'),
    },
    async func({ url, tokenFile, data, ...asked }, file) {
      const client = stationClient(this.process, defined({ url, tokenFile, data }), this.language)
      const query = new URLSearchParams(defined(asked))
      const path = `/api/share/publications?${query.toString()}`
      const { collection, added, known, refused } = await client.send(
        path,
        bytesOf(file),
        PublishedSchema,
      )
      const lines = [
        say.done(collection, added, known),
        ...(refused.length === 0 ? [] : [say.refused(refused.length)]),
        ...refused.map(({ id, reason }) => `  ${printable(id)}: ${printable(reason)}`),
      ]
      this.process.stdout.write(`${lines.join('\n')}\n`)
    },
  })
}

export function defined(
  flags: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

export function withdrawCommand(words: Words) {
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: words.sharing.withdraw.brief },
    parameters: { flags: CLIENT_FLAGS, positional: one('id') },
    async func(flags, id) {
      const client = stationClient(this.process, flags, this.language)
      await client.post('/api/share/withdrawals', { id }, z.object({}))
      this.process.stdout.write(`${words.sharing.withdraw.done}\n`)
    },
  })
}

export function previewCommand(words: Words) {
  const say = words.sharing.preview
  return buildCommand<PublishFlags & { readonly json: boolean }, [string], Context>({
    docs: { brief: say.brief },
    parameters: { flags: { ...PUBLISH_FLAGS, ...JSON_FLAG }, positional: one('file') },
    async func({ json, url, tokenFile, data, ...asked }, file) {
      const client = stationClient(this.process, defined({ url, tokenFile, data }), this.language)
      const path = `/api/share/preview?${new URLSearchParams(defined(asked)).toString()}`
      const shown = await client.send(path, bytesOf(file), PreviewSchema)
      const rows = shown.objects.flatMap(({ id, body, peers }) => [
        [id, JSON.stringify(body)],
        ...(peers.length === 0 ? [['', say.nobody]] : []),
        ...peers.map(({ peer, verdict, reasons }) => [
          '',
          `${peer}: ${verdict === 'send' ? say.sees : reasons.map(({ rule, about }) => `${rule} (${about})`).join(', ')}`,
        ]),
      ])
      const refused = shown.refused.map(({ id, reason }) => [id, reason])
      const lines = [...rows, ...refused, ...(shown.more ? [['…', '']] : [])]
      const told = table(lines.map((row) => row.map(printable)))
      this.process.stdout.write(`${json ? JSON.stringify(shown) : told}\n`)
    },
  })
}

type OutboxFlags = ClientFlags & { readonly json: boolean; readonly state?: string }

export function outboxCommand(words: Words) {
  const say = words.sharing.outbox
  return buildCommand<OutboxFlags, [], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        ...JSON_FLAG,
        state: text('waiting, ready, sent, refused or rejected alone', 'state'),
      },
    },
    async func({ json, state, ...flags }) {
      const client = stationClient(this.process, flags, this.language)
      const query = state === undefined ? '' : `?state=${encodeURIComponent(state)}`
      const { outgoing } = await client.get(`/api/share/outbox${query}`, OutboxSchema)
      const lines = json
        ? outgoing.map((each) => JSON.stringify(each))
        : outgoing.flatMap((each) => outgoingLines(each, say))
      this.process.stdout.write(`${lines.length === 0 ? say.none : lines.join('\n')}\n`)
    },
  })
}

function outgoingLines(
  { seq, peer, seenBy, state, body, reasons, answer }: Outgoing,
  say: Words['sharing']['outbox'],
): readonly string[] {
  const { organisation, relation, marking } = seenBy
  const why = reasons.map(({ rule, about }) => `${rule} (${about})`)
  return [
    `${seq}  ${peer}: ${[say.states[state], ...why, ...(answer === null ? [] : [answer])].join('; ')}`,
    `   ${say.seenBy(organisation, relation, marking)}`,
    `   ${JSON.stringify(body)}`,
  ].map(printable)
}

type ApproveFlags = ClientFlags & { readonly refuse: boolean }

export function approveCommand(words: Words) {
  const say = words.sharing.approve
  return buildCommand<ApproveFlags, string[], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: { ...CLIENT_FLAGS, refuse: { kind: 'boolean', brief: say.refuse, default: false } },
      positional: {
        kind: 'array',
        parameter: {
          brief: 'Numbers of “vigie share outbox”',
          parse: String,
          placeholder: 'number',
        },
        minimum: 1,
      },
    },
    async func({ refuse, ...flags }, ...numbers) {
      const client = stationClient(this.process, flags, this.language)
      const body = { seqs: numbers.map(Number), approve: !refuse }
      const Answer = z.object({ decided: z.number() })
      const { decided } = await client.post('/api/share/outbox/decisions', body, Answer)
      this.process.stdout.write(`${say.done(decided)}\n`)
    },
  })
}

export function receivedCommand(words: Words) {
  const say = words.sharing.received
  return buildCommand<OutboxFlags, [], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: { ...CLIENT_FLAGS, ...JSON_FLAG, state: text('Of one state alone', 'state') },
    },
    async func({ json, state, ...flags }) {
      const client = stationClient(this.process, flags, this.language)
      const query = state === undefined ? '' : `?state=${encodeURIComponent(state)}`
      const { received } = await client.get(`/api/share/received${query}`, ReceivedListSchema)
      const rows = received.map((each) =>
        [
          each.peer,
          say.states[each.state],
          each.seen === null ? '' : say.seen(each.seen),
          each.id,
          each.name,
          each.reason === null ? '' : words.sharing.reason(each.reason),
        ].map(printable),
      )
      const lines = json ? received.map((each) => JSON.stringify(each)).join('\n') : table(rows)
      this.process.stdout.write(`${received.length === 0 ? say.none : lines}\n`)
    },
  })
}

export function seenCommand(words: Words) {
  const say = words.sharing.seen
  return buildCommand<ClientFlags & { readonly json: boolean }, [], Context>({
    docs: { brief: say.brief },
    parameters: { flags: { ...CLIENT_FLAGS, ...JSON_FLAG } },
    async func({ json, ...flags }) {
      const client = stationClient(this.process, flags, this.language)
      const { seen } = await client.get('/api/share/seen', SeenSchema)
      const rows = seen.map(({ members, looked, first, last, indicator, name }) => [
        String(members),
        String(looked),
        (first ?? '').slice(0, 19),
        (last ?? '').slice(0, 19),
        printable(`${indicator} ${name}`),
      ])
      const lines = json
        ? seen.map((each) => JSON.stringify(each)).join('\n')
        : table([[...say.columns], ...rows])
      this.process.stdout.write(`${seen.length === 0 ? say.none : lines}\n`)
    },
  })
}

export function traceCommand(words: Words) {
  const say = words.sharing.trace
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: { flags: CLIENT_FLAGS, positional: one('id') },
    async func(flags, id) {
      const client = stationClient(this.process, flags, this.language)
      const { given } = await client.get(`/api/share/traces/${encodeURIComponent(id)}`, TraceSchema)
      const rows = given.map(({ peer, at }) => [at.slice(0, 19).replace('T', ' '), printable(peer)])
      this.process.stdout.write(`${rows.length === 0 ? say.nobody : table(rows)}\n`)
    },
  })
}
