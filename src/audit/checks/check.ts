// A check as data: what it is called, what to do about it, and for each make what it is met by.

import { z } from 'zod'
import { SeveritySchema } from '../../model/index.ts'

const Both = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) })
const Steps = z.strictObject({
  en: z.array(z.string().min(1)).min(1),
  fr: z.array(z.string().min(1)).min(1),
})

/** What an intruder's step is for. Several different ones in one set of changes are one incident. */
export const STEPS = ['administrator', 'log', 'tunnel', 'filter', 'job', 'capture', 'aaa'] as const
export type Step = (typeof STEPS)[number]

/**
 * Patterns are matched against statement paths. Groups named alike must hold the same text in `also` and `without`;
 * what `what` holds is named in the finding.
 */
const WhenSchema = z.strictObject({
  dialects: z.array(z.string()).min(1),
  /** Is there now and was not. */
  added: z.string().optional(),
  /** Was there and is not, or is switched off. */
  removed: z.string().optional(),
  /** Is there as before, with another value. */
  changed: z.string().optional(),
  /** Stands elsewhere in its list. */
  moved: z.string().optional(),
  /** Another secret stands in the same place. */
  resecreted: z.string().optional(),
  /** Is there. */
  present: z.string().optional(),
  /** A block that holds nothing that `lacks` matches; what stands in it is matched by its own text. */
  block: z.string().optional(),
  lacks: z.string().optional(),
  /** A comment: where collectors keep the answers of `show`. */
  noted: z.string().optional(),
  /** The device says that it was changed after it was saved. */
  unsaved: z.string().optional(),
  /** One of what is said of a version as a whole (`AUDIT_SIGNS`). */
  sign: z.string().optional(),
  /** Said of what the device starts and runs: `image …`, `loader …`, `hash FILE DIGEST known|wrong|unlisted`. */
  firmware: z.string().optional(),
  /** The same, where the version before said otherwise of the same thing. */
  refitted: z.string().optional(),
  /** A name the device gives for who changed it, which is none of its operators. */
  stranger: z.string().optional(),
  /** Somewhere in the configuration. */
  also: z.string().optional(),
  /** Nowhere in the configuration. */
  without: z.string().optional(),
  /** Nowhere in the version before. */
  unknown: z.string().optional(),
  /** `what` looks like a name that the version before has in the same place, or is six characters by chance. */
  alike: z.boolean().optional(),
  /** Not all that the pattern matches, where that is more than one: every password at once is a rotation. */
  notAll: z.boolean().optional(),
  /** `what` is no part of what the version before has under the pattern: a narrower net opens nothing. */
  wider: z.boolean().optional(),
  /** The text says a version older than the one named of its train. */
  olderThan: z.array(z.string().regex(/^\d+\.\d+\.\d+$/)).optional(),
})

export const CheckSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Numbers of the catalogue that this answers. */
  covers: z.array(z.string()),
  kind: z.enum(['change', 'state', 'evidence']),
  step: z.enum(STEPS).optional(),
  severity: SeveritySchema,
  title: Both,
  why: Both,
  do: Steps,
  falsePositives: Both,
  /** ATT&CK Enterprise 18 and, where it differs, 19. */
  attack: z.array(z.strictObject({ id: z.string(), v19: z.string().optional() })),
  references: z.array(z.string()).min(1),
  when: z.array(WhenSchema).min(1),
})

type Raw = z.infer<typeof CheckSchema>

export const TRIGGERS = [
  'added',
  'removed',
  'changed',
  'moved',
  'resecreted',
  'present',
  'block',
  'noted',
  'unsaved',
  'sign',
  'firmware',
  'refitted',
  'stranger',
] as const
export type Trigger = (typeof TRIGGERS)[number]

export type When = {
  readonly dialects: ReadonlySet<string>
  readonly trigger: Trigger
  readonly is: RegExp
  readonly lacks: RegExp | null
  readonly also: RegExp | null
  readonly without: RegExp | null
  readonly unknown: RegExp | null
  readonly isAlike: boolean
  readonly isNotAll: boolean
  readonly isWider: boolean
  readonly olderThan: readonly string[] | null
}

export type Check = Omit<Raw, 'when'> & {
  readonly when: readonly When[]
  /** Of a check that another station wrote: it is run within bounds, or no more. */
  readonly breaker?: CheckBreaker
}

/** What stops a check that takes too long. */
export type CheckBreaker = {
  readonly isOpen: () => boolean
  readonly open: (reason: string) => void
}

export function compileCheck(raw: Raw): Check {
  return { ...raw, when: raw.when.map(compileWhen) }
}

function compileWhen(raw: Raw['when'][number]): When {
  const given = TRIGGERS.filter((trigger) => raw[trigger] !== undefined)
  const [trigger] = given
  const pattern = trigger === undefined ? undefined : raw[trigger]
  if (trigger === undefined || pattern === undefined || given.length > 1)
    throw new Error(`one of ${TRIGGERS.join(', ')} is expected, ${given.length} are given`)
  return {
    dialects: new Set(raw.dialects),
    trigger,
    is: new RegExp(pattern),
    lacks: optional(raw.lacks),
    also: optional(raw.also),
    without: optional(raw.without),
    unknown: optional(raw.unknown),
    isAlike: raw.alike === true,
    isNotAll: raw.notAll === true,
    isWider: raw.wider === true,
    olderThan: raw.olderThan ?? null,
  }
}

function optional(pattern: string | undefined): RegExp | null {
  return pattern === undefined ? null : new RegExp(pattern)
}
