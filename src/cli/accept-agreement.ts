// An agreement at a terminal: shown whole, then accepted by a person, or by the digest of what was read.

import { createInterface } from 'node:readline/promises'
import { VigieError } from '../core/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable } from './output.ts'

export const said = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const

export const ACCEPT_FLAGS = {
  accept: said(
    'Digest of the agreement that was read, or “yes” to accept whatever it says',
    'digest',
  ),
  by: said('Name of the person who accepts', 'name'),
} as const

/** Enough of a digest to name an agreement that was just shown. */
const LEAST_DIGEST = 12

type Shown = { readonly words: Words; readonly terms: readonly string[] }

/** The hub's text, and what the program does under it. */
export function agreementText(text: string, { words, terms }: Shown): string {
  const lines = text.split('\n').map(printable)
  const does = terms.map((term) => `  - ${printable(term)}`)
  return ['', ...lines, '', words.sharing.join.does, ...does, ''].join('\n')
}

type Asked = { readonly accept: string | undefined; readonly digest: string }

/** Undefined, said and with an exit code, where nobody accepts. Throws BAD_REQUEST for the digest of another agreement. */
export async function acceptedDigest(
  context: Context,
  { accept, digest }: Asked,
): Promise<string | undefined> {
  const say = context.words.sharing.join
  const accepted = accept ?? (await asked(context, digest))
  if (accepted === undefined) {
    context.process.stdout.write(`${say.declined}\n`)
    Object.assign(context.process, { exitCode: EXIT.findings })
    return undefined
  }
  if (!isSame(accepted, digest))
    throw new VigieError('BAD_REQUEST', { met: accepted.slice(0, 80), expected: say.other })
  return digest
}

function isSame(accepted: string, digest: string): boolean {
  if (accepted === 'yes') return true
  return accepted.length >= LEAST_DIGEST && digest.startsWith(accepted)
}

/** Asks a person at a terminal; says how to answer where there is none. */
async function asked({ words }: Context, digest: string): Promise<string | undefined> {
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
