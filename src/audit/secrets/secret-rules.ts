// What is a secret, as data.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { VigieError, reasonOf, requiredText, yamlValue } from '../../core/index.ts'

const RuleSchema = z.strictObject({
  kind: z.string().regex(/^[a-z-]+$/),
  is: z.string().includes('(?<secret>'),
  /** Matched against the lines that hold this one. */
  within: z.string().optional(),
  /** Instead of `within`: matched against the line itself. */
  or: z.string().optional(),
  /** Not where the lines that hold this one say this. */
  unless: z.string().optional(),
  /** Not where the line itself says this. */
  except: z.string().optional(),
  /** False: written anew with every export, so that nothing can be said about change. */
  attest: z.boolean().default(true),
})

const SecretsSchema = z.strictObject({
  hints: z.string(),
  rules: z.array(RuleSchema),
  elements: z.array(z.string()),
  elementsLike: z.string(),
  elementsUnlike: z.string(),
  guessable: z.array(z.string()),
})

export type SecretRule = {
  readonly kind: string
  /** Says where; several times slower than `quick`, which only says whether. */
  readonly is: RegExp
  readonly quick: RegExp
  /** Texts without one of which there is no match: looked for first, which costs a tenth of trying the pattern. `null`: none are known. */
  readonly needs: readonly string[] | null
  readonly within: RegExp | null
  readonly or: RegExp | null
  readonly unless: RegExp | null
  readonly except: RegExp | null
  readonly attest: boolean
}

export type SecretRules = {
  /** A line without any of these holds no secret. */
  readonly hints: RegExp
  readonly rules: readonly SecretRule[]
  readonly elements: ReadonlySet<string>
  /** Elements that no list has and that are named like a secret. */
  readonly elementsLike: RegExp
  readonly elementsUnlike: RegExp
  readonly guessable: ReadonlySet<string>
}

/** One value: quoted, over more lines if the quotation goes on, or up to the blank or the semicolon that ends it. */
const VALUE = String.raw`"(?:[^"\\]|\\.)*(?:"|$)|'[^']*'|\S+?(?=;?(?:\s|$))`
/** A value with blanks, up to the words that are known to follow one. */
const REST = String.raw`"(?:[^"\\]|\\.)*(?:"|$)|\S.*?(?=;?\s*$| +(?:secret|password) \d | +(?:address|hostname|hash|level|timeout|authenticate|encrypted|pbkdf2|nt-encrypted|mschap|role|localizedkey|localizedV2key|privilege|expire|port|priority|remote|vrf|auth-port|acct-port|group|view|sha512|retransmit)\b)`

export function readSecretRules(file: string): SecretRules {
  try {
    const raw = SecretsSchema.parse(yamlValue(readFileSync(file, 'utf8')))
    return {
      hints: new RegExp(raw.hints, 'i'),
      rules: raw.rules.map((rule) => ({
        kind: rule.kind,
        is: new RegExp(withValues(rule.is), 'dg'),
        quick: new RegExp(withValues(rule.is)),
        needs: neededBy(withValues(rule.is)),
        within: optional(rule.within),
        or: optional(rule.or),
        unless: optional(rule.unless),
        except: optional(rule.except),
        attest: rule.attest,
      })),
      elements: new Set(raw.elements.map((name) => name.toLowerCase())),
      elementsLike: new RegExp(raw.elementsLike, 'i'),
      elementsUnlike: new RegExp(raw.elementsUnlike, 'i'),
      guessable: new Set(raw.guessable),
    }
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}

function withValues(pattern: string): string {
  return pattern.replaceAll('§', VALUE).replaceAll('…', REST)
}

/** Shorter texts are in nearly every line. */
const LEAST_NEEDED = 3

function neededBy(pattern: string): readonly string[] | null {
  const texts = requiredText(pattern)?.flatMap((text) =>
    typeof text === 'string' ? [text] : [''],
  ) ?? ['']
  return texts.every((text) => text.length >= LEAST_NEEDED) ? texts : null
}

function optional(pattern: string | undefined): RegExp | null {
  return pattern === undefined ? null : new RegExp(pattern)
}
