// A make's way of writing, as data: how it is recognised, how it nests, where order matters, what is volatile.

import { z } from 'zod'
import { FORMS } from '../tree/config-tree.ts'
import { firstLetters } from './first-letters.ts'

const Pattern = z.string().min(1)

const CueSchema = z.strictObject({
  /** Matched against lines. */
  is: Pattern,
  /** 1: others write it too. 3: hardly anybody else does. 10: the make says its name. */
  weight: z.number().int(),
})

/** One kind of structure that people name: an access list, an interface, a user. */
const StructureSchema = z.strictObject({
  type: z.string().min(1),
  /** Matched against the statement's path; `name` is captured. */
  at: Pattern,
  /** As `$<name> (VRF $<vrf>)`; `$<name>` where absent. */
  name: z.string().optional(),
  /** Ends with the statement itself, not with what it holds. */
  line: z.boolean().optional(),
})

const VolatileSchema = z.strictObject({
  /** Matched against the statement's path or a comment. Groups `who`, `when`, `from`, `size`, `version`, … are the fact. */
  is: Pattern,
  fact: z.enum(['changed', 'saved', 'size', 'version', 'login', 'checksum', 'noise']),
})

const FirmwareSchema = z.strictObject({
  /** Matched against comments, which hold what collectors asked beside the configuration, and statements at the top. */
  is: Pattern,
  fact: z.enum(['image', 'boot', 'register', 'loader', 'release']),
})

export const DialectSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  vendor: z.string().min(1),
  title: z.string().min(1),
  forms: z.array(z.enum(FORMS)).min(1),
  /** The make that most others imitate: taken when nothing speaks for another. */
  fallback: z.boolean().default(false),
  comments: z.string().default(''),
  /** A comment mark alone on its line ends every block. */
  parts: z.boolean().default(false),
  banner: z.enum(['delimiter', 'eof', 'none']).default('none'),
  closers: z.array(z.string()).default([]),
  /** Where nothing stands further in: statements that begin a block, which a closer ends; group `inner`: within another. */
  opens: Pattern.optional(),
  ends: z.enum(['semicolon', 'line']).default('line'),
  scripts: Pattern.optional(),
  /** Words that stand alone and lists, where a block is written in one line (`tree/one-line.ts`). */
  oneLine: z.strictObject({ alone: Pattern, lists: Pattern }).optional(),
  /** How a statement of the `set` form begins. */
  verbs: Pattern.optional(),
  cues: z.array(CueSchema),
  hostname: z.array(Pattern).default([]),
  version: z.array(Pattern).default([]),
  model: z.array(Pattern).default([]),
  volatile: z.array(VolatileSchema).default([]),
  /** What counts by itself within statements: left out where they are compared. */
  counters: Pattern.optional(),
  /** What the device says it starts and runs: group `what`. */
  firmware: z.array(FirmwareSchema).default([]),
  /** Paths under which order says nothing; elsewhere it does. */
  unordered: z.array(Pattern).default([]),
  /** Statements and comments at the top that a configuration has once: two of them are two configurations. */
  once: z.array(Pattern).default([]),
  /** Statements that are one ordered list although others stand between them; the first group names the list. */
  sequences: z.array(Pattern).default([]),
  /** Statements of which there is one; what follows the match is its value. */
  single: z.array(Pattern).default([]),
  structures: z.array(StructureSchema).default([]),
})

type Raw = z.infer<typeof DialectSchema>

export type Cue = {
  readonly is: RegExp
  /** Of lines that match; `null`: any. */
  readonly letters: ReadonlySet<string> | null
  readonly weight: number
  readonly shown: string
}
export type Structure = {
  readonly type: string
  readonly at: RegExp
  readonly name: string
  readonly isLine: boolean
}
export type VolatileKind = Raw['volatile'][number]['fact']
export type FirmwareKind = Raw['firmware'][number]['fact']

/** A dialect with its patterns compiled. */
export type Dialect = Pick<
  Raw,
  'name' | 'vendor' | 'title' | 'forms' | 'fallback' | 'comments' | 'parts' | 'banner' | 'ends'
> & {
  readonly closers: ReadonlySet<string>
  readonly opens: RegExp | null
  readonly scripts: RegExp | null
  readonly oneLine: { readonly alone: RegExp; readonly lists: RegExp } | null
  readonly verbs: RegExp
  readonly cues: readonly Cue[]
  readonly hostname: readonly RegExp[]
  readonly version: readonly RegExp[]
  readonly model: readonly RegExp[]
  readonly counters: RegExp | null
  readonly volatile: readonly { readonly is: RegExp; readonly fact: VolatileKind }[]
  readonly firmware: readonly { readonly is: RegExp; readonly fact: FirmwareKind }[]
  readonly unordered: RegExp | null
  readonly once: readonly RegExp[]
  readonly sequences: readonly RegExp[]
  readonly single: RegExp | null
  readonly structures: readonly Structure[]
}

export function compileDialect(raw: Raw): Dialect {
  return {
    ...raw,
    closers: new Set(raw.closers),
    opens: raw.opens === undefined ? null : new RegExp(raw.opens),
    scripts: raw.scripts === undefined ? null : new RegExp(raw.scripts),
    oneLine:
      raw.oneLine === undefined
        ? null
        : { alone: new RegExp(raw.oneLine.alone), lists: new RegExp(raw.oneLine.lists) },
    verbs: new RegExp(raw.verbs ?? '^(?:set|delete|deactivate|activate|add|unset) '),
    cues: raw.cues.map(({ is, weight }) => ({
      is: new RegExp(is, 'gm'),
      letters: firstLetters(is),
      weight,
      shown: is,
    })),
    hostname: raw.hostname.map((pattern) => new RegExp(pattern, 'm')),
    version: raw.version.map((pattern) => new RegExp(pattern, 'm')),
    model: raw.model.map((pattern) => new RegExp(pattern, 'm')),
    counters: raw.counters === undefined ? null : new RegExp(raw.counters, 'g'),
    volatile: raw.volatile.map(({ is, fact }) => ({ is: new RegExp(is), fact })),
    firmware: raw.firmware.map(({ is, fact }) => ({ is: new RegExp(is), fact })),
    unordered: anyOf(raw.unordered),
    once: raw.once.map((pattern) => new RegExp(pattern)),
    sequences: raw.sequences.map((pattern) => new RegExp(pattern)),
    single: anyOf(raw.single),
    structures: raw.structures.map(({ type, at, name, line }) => ({
      type,
      at: new RegExp(at),
      name: name ?? '$<name>',
      isLine: line === true,
    })),
  }
}

function anyOf(patterns: readonly string[]): RegExp | null {
  return patterns.length === 0
    ? null
    : new RegExp(patterns.map((pattern) => `(?:${pattern})`).join('|'))
}
