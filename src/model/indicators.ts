// Indicators as people and the API see them: a value that others have met an intruder by, with who says so and for how long.

import { z } from 'zod'

const Instant = z.iso.datetime()

export const INDICATOR_KINDS = [
  'address',
  'prefix',
  'domain',
  'url',
  'hash',
  'email',
  'fingerprint',
  'certificate',
  'file_name',
  'user_agent',
  'registry_key',
] as const
export const IndicatorKindSchema = z.enum(INDICATOR_KINDS)
export type IndicatorKind = z.infer<typeof IndicatorKindSchema>

/** FIRST TLP 2.0, the strictest last. No label is no permission. */
export const MARKINGS = ['', 'clear', 'green', 'amber', 'amber+strict', 'red'] as const
export const MarkingSchema = z.enum(MARKINGS)
export type Marking = z.infer<typeof MarkingSchema>

/** One value as one list says it. */
export const IndicatorSourceSchema = z.object({
  list: z.string(),
  /** 0 to 100. */
  confidence: z.number().int(),
  marking: MarkingSchema,
  from: Instant,
  until: Instant,
  /** What the list calls it, and its id there. */
  label: z.string(),
  reference: z.string(),
  /** Warning list it stands on; such a value is kept and does not match. */
  warning: z.string(),
  state: z.enum(['live', 'future', 'expired', 'revoked', 'warned']),
})
export const IndicatorSchema = z.object({
  kind: IndicatorKindSchema,
  value: z.string(),
  sources: z.array(IndicatorSourceSchema),
  hits: z.number().int(),
  firstHit: Instant.nullable(),
  lastHit: Instant.nullable(),
})
export type Indicator = z.infer<typeof IndicatorSchema>

export const IndicatorListSchema = z.object({
  name: z.string(),
  format: z.string(),
  marking: MarkingSchema,
  confidence: z.number().int(),
  updated: Instant,
  by: z.string(),
  /** Values kept, those that match now, and those that a warning list holds back. */
  total: z.number().int(),
  live: z.number().int(),
  warned: z.number().int(),
  /** Entries of the last import that could not be used. */
  refused: z.number().int(),
})
export type IndicatorList = z.infer<typeof IndicatorListSchema>

/** A search of stored events for indicators that arrived. */
export const IndicatorSearchSchema = z.object({
  id: z.string(),
  list: z.string(),
  state: z.enum(['running', 'done', 'interrupted', 'failed']),
  values: z.number().int(),
  events: z.number().int(),
  searched: z.number().int(),
  findings: z.number().int(),
  known: z.number().int(),
  alertsRaised: z.number().int(),
  asked: Instant,
  ended: Instant.nullable(),
  seconds: z.number(),
  problem: z.string().nullable(),
})
export type IndicatorSearch = z.infer<typeof IndicatorSearchSchema>

export const IndicatorListsSchema = z.object({
  asOf: Instant,
  lists: z.array(IndicatorListSchema),
})
export const IndicatorSearchesSchema = z.object({
  asOf: Instant,
  searches: z.array(IndicatorSearchSchema),
})
export const IndicatorsSchema = z.object({
  asOf: Instant,
  indicators: z.array(IndicatorSchema),
  more: z.boolean(),
})

/** A list's name stands in findings, addresses and sentences. */
export const ListNameSchema = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:@+-]{0,99}$/u)

const Flag = z.enum(['true', 'false']).transform((text) => text === 'true')
/** What is said of a file as a whole; what an entry says of itself goes first. */
export const ImportAskSchema = z.object({
  list: ListNameSchema,
  marking: MarkingSchema.default(''),
  confidence: z.coerce.number().int().min(0).max(100).default(50),
  until: Instant.optional(),
  /** Values of the list that the file does not name end. */
  replace: Flag.default(false),
  /** Search stored events for them too. */
  search: Flag.default(true),
})
export type ImportAsk = z.infer<typeof ImportAskSchema>

export const ImportedSchema = z.object({
  list: IndicatorListSchema,
  read: z.number().int(),
  kept: z.number().int(),
  warned: z.number().int(),
  refused: z.number().int(),
  /** The first of what could not be used. */
  problems: z.array(
    z.object({
      line: z.number().int(),
      value: z.string(),
      reason: z.object({ en: z.string(), fr: z.string() }),
    }),
  ),
  search: IndicatorSearchSchema.nullable(),
})
export type Imported = z.infer<typeof ImportedSchema>
