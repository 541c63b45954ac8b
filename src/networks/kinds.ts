// What kind of network an operator runs: by its number, else by words in its name.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { VigieError, reasonOf, yamlValue } from '../core/index.ts'
import { NetworkKindSchema } from '../model/index.ts'
import type { NetworkKind } from '../model/index.ts'

export type KindOf = (asn: number, organisation: string) => NetworkKind | ''

const KindsFileSchema = z.strictObject({
  numbers: z.partialRecord(NetworkKindSchema, z.array(z.number().int().min(1).max(4_294_967_295))),
  words: z.array(
    z.strictObject({ kind: NetworkKindSchema, any: z.array(z.string().regex(/^[a-z\d ]+$/)) }),
  ),
})

/** Throws CONTENT_INVALID. */
export function readKinds(file: string): KindOf {
  try {
    const { numbers, words } = KindsFileSchema.parse(yamlValue(readFileSync(file, 'utf8')))
    const known = new Map(
      NetworkKindSchema.options.flatMap((kind) => (numbers[kind] ?? []).map((asn) => [asn, kind])),
    )
    const named = words.map(({ kind, any }) => ({ kind, pattern: wholeWords(any) }))
    const remembered = new Map<string, NetworkKind | ''>()
    return (asn, organisation) => {
      const kind = known.get(asn) ?? remembered.get(organisation)
      if (kind !== undefined) return kind
      const read = named.find(({ pattern }) => pattern.test(organisation))?.kind ?? ''
      remembered.set(organisation, read)
      return read
    }
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : reasonOf(cause)
    throw new VigieError('CONTENT_INVALID', { file, reason }, { cause })
  }
}

function wholeWords(words: readonly string[]): RegExp {
  return new RegExp(`(?<![a-z\\d])(?:${words.join('|')})(?![a-z\\d])`, 'i')
}
