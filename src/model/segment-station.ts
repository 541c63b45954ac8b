// How a station's zones stand: the file that somebody confirmed, verdicts, what was seen, what changes opened.

import { z } from 'zod'
import { SeveritySchema } from './records.ts'
import {
  SegmentVerdictSchema,
  ShownAnswerSchema,
  ShownDeadRuleSchema,
  ShownDeviceSchema,
} from './segmentation.ts'

const list = <S extends z.ZodType>(schema: S) => z.array(schema).readonly()
const Instant = z.iso.datetime()
const Both = z.object({ en: z.string(), fr: z.string() })

/** A zone as it is written down; nothing of it is worked out. */
export const ZoneEntrySchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  prefixes: z.array(z.string()),
  interfaces: z.array(z.string()),
  /** Level of the Purdue model, and target security level of IEC 62443, as the owner states them. */
  purdue: z.number().nullable(),
  targetLevel: z.number().int().nullable(),
  /** Word of a name that only suggests the kind; '' in a file that somebody confirmed. */
  suggestedBy: z.string(),
})
export type ZoneEntry = z.infer<typeof ZoneEntrySchema>

export const ConduitEntrySchema = z.object({
  from: z.string(),
  to: z.string(),
  allow: z.array(z.string()),
  owner: z.string(),
  justification: z.string(),
  /** As `2026-11-29`; '' where it does not end. */
  expires: z.string(),
})
export type ConduitEntry = z.infer<typeof ConduitEntrySchema>

export const ZonesVersionSchema = z.object({
  version: z.number().int(),
  kept: Instant,
  keptBy: z.string(),
  note: z.string(),
})
export type ZonesVersion = z.infer<typeof ZonesVersionSchema>

/** A zones file that a person looks through: the one that stands, an earlier one, or a proposal. */
export const ZonesFileSchema = z.object({
  /** `null`: a proposal, which nobody confirmed. */
  stands: ZonesVersionSchema.nullable(),
  text: z.string(),
  zones: z.array(ZoneEntrySchema),
  conduits: z.array(ConduitEntrySchema),
  versions: z.array(ZonesVersionSchema),
})
export type ZonesFile = z.infer<typeof ZonesFileSchema>

/** Text of a zones file, or its entries. */
export const ZonesKeepSchema = z.strictObject({
  text: z
    .string()
    .max(1024 * 1024)
    .optional(),
  plan: z
    .strictObject({
      zones: z.array(ZoneEntrySchema).max(500),
      conduits: z.array(ConduitEntrySchema).max(5000),
    })
    .optional(),
  /** Version that it was made from; another one that stands by now is not overwritten. `null`: there was none. */
  from: z.number().int().nullable(),
  note: z.string().trim().max(500).default(''),
})
export type ZonesKeep = z.input<typeof ZonesKeepSchema>

export const SegmentFindingSchema = z.object({
  kind: z.string(),
  severity: SeveritySchema,
  from: z.string(),
  to: z.string(),
  verdict: SegmentVerdictSchema,
  techniques: list(z.string()),
  about: list(z.string()),
})
export type SegmentFinding = z.infer<typeof SegmentFindingSchema>

/** What a change of one device let through between two zones. */
export const OpeningSchema = z.object({
  from: z.string(),
  to: z.string(),
  severity: SeveritySchema,
  answer: ShownAnswerSchema,
})
export type Opening = z.infer<typeof OpeningSchema>

/** What filters say of what was seen. */
export const SEEN_STATES = [
  /** Filters let it pass, and a conduit allows it. */
  'allowed',
  /** Filters let it pass, and no conduit allows it. */
  'beyond',
  /** The filters that were given let it never pass. */
  'never',
  /** Seen before the newest change of a filter, which lets it pass no more. */
  'earlier',
  /** Whether they let it pass is not known. */
  'unknown',
  /** Within one zone. */
  'within',
] as const
export const SeenStateSchema = z.enum(SEEN_STATES)
export type SeenState = z.infer<typeof SeenStateSchema>

export const SeenFlowSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** `tcp/502`. */
  service: z.string(),
  /** Name of the catalogue; '' where it holds none. */
  name: z.string(),
  state: SeenStateSchema,
  /** Connections that were let through, and those that were refused. */
  passed: z.number().int(),
  refused: z.number().int(),
  /** Most addresses on a day. */
  sources: z.number().int(),
  destinations: z.number().int(),
  first: Instant,
  last: Instant,
  /** The addresses it is said of. */
  source: z.string(),
  destination: z.string(),
})
export type SeenFlow = z.infer<typeof SeenFlowSchema>

/** What was looked at of connections that logs tell of. */
export const SeenSpanSchema = z.object({
  from: Instant,
  to: Instant,
  /** Days that were looked at, and those of them with connections. */
  days: z.number().int(),
  daysWithFlows: z.number().int(),
  /** The newest change of a filter: what was last seen before is not held against filters of now. */
  filtersSince: Instant.nullable(),
  /** Some of it was too much: the most frequent was taken. */
  isCut: z.boolean(),
  /** Days with so many connections that the engine does not put them together within its limits: nothing is said of them. */
  tooMany: list(z.string()).default([]),
})
export type SeenSpan = z.infer<typeof SeenSpanSchema>

/** Filters let it pass, and nobody was seen to use it. */
export const UnusedWaySchema = z.object({
  from: z.string(),
  to: z.string(),
  /** Of a conduit; empty: the whole way between two zones. */
  services: list(z.string()),
})
export type UnusedWay = z.infer<typeof UnusedWaySchema>

export const SegmentFlowsSchema = z.object({
  asOf: Instant,
  span: SeenSpanSchema.nullable(),
  flows: list(SeenFlowSchema),
  unused: list(UnusedWaySchema),
  /** Zones of which no log tells a connection: nothing is said of what is unused there. */
  unseen: list(z.string()),
})
export type SegmentFlows = z.infer<typeof SegmentFlowsSchema>

const PairStateSchema = z.object({
  from: z.string(),
  to: z.string(),
  all: SegmentVerdictSchema,
  beyond: SegmentVerdictSchema,
  /** Seen, though filters never let it pass. */
  isSeenNever: z.boolean(),
})
export type PairState = z.infer<typeof PairStateSchema>

export const SEGMENT_STATES = ['no_zones', 'no_devices', 'waiting', 'judged', 'failed'] as const
/** How a station's zones stand. */
export const SegmentationSchema = z.object({
  asOf: Instant,
  state: z.enum(SEGMENT_STATES),
  /** Of `failed`: why. */
  problem: Both.nullable(),
  stands: ZonesVersionSchema.nullable(),
  zones: list(ZoneEntrySchema),
  /** When the verdicts were made; they hold for the configurations and zones of then. */
  made: Instant.nullable(),
  /** Configurations or zones changed since: they are being judged. */
  isOld: z.boolean(),
  devices: list(ShownDeviceSchema.extend({ id: z.string(), seen: Instant })),
  /** Devices beyond what is judged at once, or not read any more. */
  left: list(z.string()),
  pairs: list(PairStateSchema),
  findings: list(SegmentFindingSchema.extend({ sentence: Both })),
  missing: list(z.string()),
  dead: list(ShownDeadRuleSchema),
  span: SeenSpanSchema.nullable(),
})
export type Segmentation = z.infer<typeof SegmentationSchema>

/** Everything about the way from one zone to another. */
export const SegmentPairSchema = z.object({
  from: ZoneEntrySchema,
  to: ZoneEntrySchema,
  all: ShownAnswerSchema,
  beyond: ShownAnswerSchema,
  conduits: z.array(ConduitEntrySchema),
  findings: list(SegmentFindingSchema.extend({ sentence: Both })),
  flows: list(SeenFlowSchema),
  /** Names of devices on the way, with their ids. */
  devices: z.array(z.object({ name: z.string(), id: z.string() })),
})
export type SegmentPair = z.infer<typeof SegmentPairSchema>
