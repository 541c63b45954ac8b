// What every audit reads with: the content that comes with Vigie, and a key for fingerprints.

import { CONTENT } from './app-content.ts'
import { fingerprintWith, readChecks, readDialects, readSecretRules } from './audit/index.ts'
import type { Check, ReadWith, TreeProblem } from './audit/index.ts'
import { sizeText, wordsOf } from './words/index.ts'
import type { Language } from './words/index.ts'

export type AuditTools = ReadWith & { readonly checks: readonly Check[] }

export function auditTools(key: Uint8Array): AuditTools {
  return {
    dialects: readDialects(CONTENT.dialects),
    checks: readChecks(CONTENT.checks),
    door: { rules: readSecretRules(CONTENT.secrets), fingerprint: fingerprintWith(key) },
  }
}

/** Why a configuration was not read, in words. */
export function problemText({ kind, line, limit }: TreeProblem, language: Language): string {
  const say = wordsOf(language).audit.problems
  const shown = limit.toLocaleString(`${language}-CA`)
  if (kind === 'too_large') return say.too_large(sizeText(language, limit))
  if (kind === 'line_too_long') return say.line_too_long(line, shown)
  if (kind === 'too_deep') return say.too_deep(line, shown)
  if (kind === 'too_many_nodes') return say.too_many_nodes(shown)
  return kind === 'binary' ? say.binary(line) : say.empty
}
