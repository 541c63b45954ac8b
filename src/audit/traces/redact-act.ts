// Secrets in commands that logs tell. A command stands alone there, without the block it was typed in, so a value is replaced
// wherever a block could make it one: better a number too many than one key.

import type { Door } from '../secrets/door.ts'
import { redact } from '../secrets/redact.ts'

/** Passwords that people type where a name is asked for, or beside a keyword that no configuration keeps. */
const TYPED =
  /(?<!⟦)\b(?:password|passwd|passphrase|secret|community|pre-shared-key|psk|psksecret|auth-password|priv-password|plain-text-password-value|phash)\b(?:\s+(?:level\s+)?\d{1,2}(?=\s))?[\s:="']+(?!⟦)(?<secret>[^\s"';}{⟦]+)/gi
const NO_SECRET =
  /^(?:policy|encryption|strength|recovery|history|minimum|complexity|expire|manager|storage|level|\d|ro|rw|read-only|read-write|list|add|delete|string|set|no|yes|enable|disable|for|is|of|and|or|in|was)$/i

/** Of one command, which may have several lines. */
export function redactAct(text: string, { rules, fingerprint }: Door): string {
  const anywhere = {
    ...rules,
    rules: rules.rules.map((rule) => ({ ...rule, within: null, unless: null })),
  }
  const lines = redact(text.split('\n'), { rules: anywhere, fingerprint }).lines
  return lines
    .map((line) =>
      line.replaceAll(TYPED, (whole: string, secret: string) =>
        NO_SECRET.test(secret)
          ? whole
          : whole.slice(0, whole.length - secret.length) + `⟦secret:${fingerprint(secret)}⟧`,
      ),
    )
    .join('\n')
}
