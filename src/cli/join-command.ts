// `vigie join CODE`: shows a hub's agreement, asks, and joins.

import { createInterface } from 'node:readline/promises'
import { buildCommand } from '@stricli/core'
import { VigieError } from '../core/index.ts'
import { JoinAnswerSchema } from '../model/index.ts'
import type { JoinAnswer } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type JoinFlags = ClientFlags & {
  readonly accept?: string
  readonly by?: string
  readonly organisation?: string
  readonly community?: string
}

const said = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const

const PATH = '/api/share/joins'
/** Enough of a digest to name an agreement that was just shown. */
const LEAST_DIGEST = 12

export function joinCommand(words: Words) {
  const say = words.sharing.join
  return buildCommand<JoinFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        accept: said(
          'Digest of the agreement that was read, or “yes” to accept whatever it says',
          'digest',
        ),
        by: said('Name of the person who accepts', 'name'),
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
      print(`\n${agreement.text[this.language].split('\n').map(printable).join('\n')}\n`)
      const accepted = accept ?? (await asked(this, shown))
      if (accepted === undefined) {
        print(say.declined)
        Object.assign(this.process, { exitCode: EXIT.findings })
        return
      }
      if (!isSame(accepted, digest))
        throw new VigieError('BAD_REQUEST', { met: accepted.slice(0, 80), expected: say.other })
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

function isSame(accepted: string, digest: string): boolean {
  if (accepted === 'yes') return true
  return accepted.length >= LEAST_DIGEST && digest.startsWith(accepted)
}

/** Asks a person at a terminal; says how to answer where there is none. */
async function asked({ words }: Context, { digest }: JoinAnswer): Promise<string | undefined> {
  const say = words.sharing.join
  if (!process.stdin.isTTY) {
    process.stderr.write(`${say.ask(digest)}\n`)
    return undefined
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = (await terminal.question(say.question)).trim().toLowerCase()
    return say.yes.includes(answer) ? digest : undefined
  } finally {
    terminal.close()
  }
}
