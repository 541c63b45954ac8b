// What stands at the door: the rules, and the key that makes fingerprints.

import type { Fingerprint } from './fingerprint.ts'
import type { SecretRules } from './secret-rules.ts'

export type Door = { readonly rules: SecretRules; readonly fingerprint: Fingerprint }

/** What a check has to know of the value: how it was hidden, and whether anybody tries it first. */
export function kindOf(value: string, kind: string, { guessable }: SecretRules): string {
  const [, algorithm] = /^\$(\w{1,8})\$/.exec(value) ?? []
  if (algorithm !== undefined) return `crypt-${algorithm.toLowerCase()}`
  return guessable.has(value.toLowerCase()) ? `${kind}.guessable` : kind
}
