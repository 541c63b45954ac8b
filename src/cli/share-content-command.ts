// `vigie share content`: rules, analytics and checks that hubs sent, and on a hub what members say of those given out.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import { SharedContentSchema } from '../model/index.ts'
import type { GivenContent, ReceivedContent, SharedContentState } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { one } from './share-station-command.ts'
import { stateCommand } from './state-commands.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

const PATH = '/api/share/content'

export function contentCommand(words: Words) {
  const say = words.shareContent
  return buildRouteMap({
    routes: {
      list: stateCommand({
        brief: say.list,
        path: PATH,
        schema: SharedContentSchema,
        lines: (state) => contentLines(state, words),
      }),
      show: showCommand(words),
      accept: decideCommand(words, true),
      decline: decideCommand(words, false),
    },
    defaultCommand: 'list',
    docs: { brief: say.brief },
  })
}

function contentLines({ received, given }: SharedContentState, words: Words): readonly string[] {
  const lines = [
    ...received.flatMap((each) => receivedLines(each, words)),
    ...given.flatMap((each) => givenLines(each, words)),
  ]
  return lines.length === 0 ? [words.shareContent.none] : lines.map(printable)
}

function receivedLines(
  { peer, object, kind, name, state, reason, seen, version, used }: ReceivedContent,
  { shareContent: say, sharing }: Words,
): readonly string[] {
  const parts = [
    say.states[state],
    ...(reason === null ? [] : [sharing.reason(reason)]),
    ...(seen === null ? [] : [say.seen(seen)]),
    ...(used === null || used.version === version ? [] : [say.usedBefore(used.version)]),
  ]
  return [`${peer}: ${say.given(name, say.kinds[kind])}: ${parts.join('; ')}`, `  ${object}`]
}

function givenLines(
  { object, kind, name, isWithdrawn, members }: GivenContent,
  { shareContent: say }: Words,
): readonly string[] {
  const state = isWithdrawn ? `: ${say.withdrawn}` : ''
  return [
    `${say.given(name, say.kinds[kind])}${state}`,
    `  ${object}`,
    ...members.map(({ peer, answer, reason, seen }) => {
      const parts = [
        answer === null ? say.nothingSaid : say.answers[answer],
        ...(reason === '' ? [] : [reason]),
        ...(seen === null ? [] : [say.seen(seen)]),
      ]
      return `  ${peer}: ${parts.join('; ')}`
    }),
  ]
}

type Client = ReturnType<typeof stationClient>

/** Throws BAD_REQUEST for what no hub sent. */
async function receivedOf(client: Client, id: string, { shareContent: say }: Words) {
  const { received } = await client.get(PATH, SharedContentSchema)
  const found = received.find(({ object }) => object === id)
  if (found === undefined)
    throw new VigieError('BAD_REQUEST', { met: say.noSuch(id), expected: say.expected })
  return found
}

function showCommand(words: Words) {
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: words.shareContent.show },
    parameters: { flags: CLIENT_FLAGS, positional: one('id') },
    async func(flags, id) {
      const client = stationClient(this.process, flags, this.language)
      const { text } = await receivedOf(client, id, words)
      this.process.stdout.write(`${text.split('\n').map(printable).join('\n')}\n`)
    },
  })
}

function decideCommand(words: Words, accept: boolean) {
  const say = words.shareContent
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: accept ? say.accept : say.decline },
    parameters: { flags: CLIENT_FLAGS, positional: one('id') },
    async func(flags, id) {
      const client = stationClient(this.process, flags, this.language)
      const { peer, object, version } = await receivedOf(client, id, words)
      await client.post(`${PATH}/decisions`, { peer, object, version, accept }, z.object({}))
      this.process.stdout.write(`${accept ? say.accepted : say.declined}\n`)
    },
  })
}
