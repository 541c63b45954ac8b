// What every audit reads with: the content that comes with Vigie, and a key for fingerprints.

import {
  fingerprintWith,
  readChecks,
  readDialects,
  readSecretRules,
  recordSigner,
} from '../../audit/index.ts'
import type { AuditTools, ReadWith, TreeProblem } from '../../audit/index.ts'
import { CONTENT } from '../content.ts'
export type { AuditTools } from '../../audit/index.ts'
import { configProblem, wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'

export function auditTools(key: Uint8Array): AuditTools {
  return {
    ...readingTools(key),
    checks: readChecks(CONTENT.checks),
    signer: recordSigner(key),
  }
}

/** What configurations are read with, where nothing of them is checked. */
export function readingTools(key: Uint8Array): ReadWith {
  return {
    dialects: readDialects(CONTENT.dialects),
    door: { rules: readSecretRules(CONTENT.secrets), fingerprint: fingerprintWith(key) },
  }
}

/** Why a configuration was not read, in words. */
export function problemText({ kind, line, limit }: TreeProblem, language: Language): string {
  return configProblem(language, wordsOf(language).audit.problems, { problem: kind, line, limit })
}
