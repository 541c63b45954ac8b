// `vigie join CODE`: shows a hub's agreement, asks, and joins.

import { buildCommand } from '@stricli/core'
import { JoinAnswerSchema } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { ACCEPT_FLAGS, acceptedDigest, agreementText, said } from './accept-agreement.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type JoinFlags = ClientFlags & {
  readonly accept?: string
  readonly by?: string
  readonly organisation?: string
  readonly community?: string
}

const PATH = '/api/share/joins'

export function joinCommand(words: Words) {
  const say = words.sharing.join
  return buildCommand<JoinFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        ...ACCEPT_FLAGS,
        organisation: said('What others call this organisation', 'name'),
        community: said('Indigenous community whose data these are', 'name'),
      },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'Code of the hub', parse: String, placeholder: 'code' }],
      },
    },
    async func({ accept, by, organisation, community, ...flags }, code) {
      const client = stationClient(this.process, flags, this.language)
      const shown = await client.post(PATH, { code }, JoinAnswerSchema)
      const { agreement, address, pin, digest } = shown
      const print = (text: string) => this.process.stdout.write(`${text}\n`)
      print(printable(say.hub(agreement.hub.organisation, address, pin)))
      const terms = shown.terms[this.language]
      print(agreementText(agreement.text[this.language], { words, terms }))
      const accepted = await acceptedDigest(this, { accept, digest })
      if (accepted === undefined) return
      const body = {
        code,
        accept: digest,
        ...(by === undefined ? {} : { by }),
        ...(organisation === undefined ? {} : { organisation }),
        ...(community === undefined ? {} : { community }),
      }
      const { joined } = await client.post(PATH, body, JoinAnswerSchema)
      print(say.joined(joined ?? ''))
    },
  })
}
