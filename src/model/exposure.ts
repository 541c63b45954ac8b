// Exposure as people and the API see it: assets, what they are exposed to, by when to fix it and why.

import { z } from 'zod'
import { SeveritySchema } from './records.ts'

const Instant = z.iso.datetime()
const Sentence = z.object({ en: z.string(), fr: z.string() })

/** CISA BOD 26-04, table 1: the strictest first. */
export const TIERS = [
  'three-days-forensic',
  'three-days',
  'fourteen-days',
  'sixty-days',
  'upgrade',
] as const
export const TierSchema = z.enum(TIERS)
export type Tier = z.infer<typeof TierSchema>

export const IMPACTS = ['partial', 'total'] as const
export const HUMAN_IMPACTS = ['low', 'medium', 'high', 'very high'] as const
export const ZONES = ['', 'dmz', 'office', 'server', 'management', 'ot', 'guest'] as const
/** Local reasons that may only shorten a deadline. */
export const MODIFIERS = ['human-impact', 'favoured-target', 'identity-or-ot'] as const
export const ModifierSchema = z.enum(MODIFIERS)
export type Modifier = z.infer<typeof ModifierSchema>

/** Where a value comes from; what is estimated or assumed says so. */
export const OriginSchema = z.enum(['cisa', 'nvd', 'operator', 'estimated', 'assumed'])
export type Origin = z.infer<typeof OriginSchema>

/** How an asset stands to the public network. */
export const FacingSchema = z.enum(['internet', 'internal', 'unknown'])
export type Facing = z.infer<typeof FacingSchema>

/** Everything a deadline was decided by, kept beside it. */
export const BasisSchema = z.object({
  exploited: z.boolean(),
  /** Lists that name it: CISA KEV, or others an operator trusts. */
  lists: z.array(z.string()),
  ransomware: z.boolean(),
  exposed: z.boolean(),
  facing: FacingSchema,
  automatable: z.boolean(),
  automatableFrom: OriginSchema,
  impact: z.enum(IMPACTS),
  impactFrom: OriginSchema,
  baseTier: TierSchema,
  modifiers: z.array(ModifierSchema),
  tier: TierSchema,
  /** The earlier of the listing and the detection. */
  start: Instant,
  /** What cut the deadline short: a date of CISA's list or of a directive. */
  cappedBy: z.enum(['', 'kev', 'directive']),
  overdueOnArrival: z.boolean(),
  supportEnded: z.boolean(),
})
export type Basis = z.infer<typeof BasisSchema>

export const ActionSchema = z.enum(['fix', 'disconnect', 'replace', 'decide'])
export type Action = z.infer<typeof ActionSchema>

/** Forensic triage: clocks of the implementation guidance of BOD 26-04. */
export const TriageSchema = z.object({
  scopeBy: Instant,
  evidenceBy: Instant,
  decideBy: Instant,
})

export const ExceptionSchema = z.object({
  id: z.string(),
  reason: z.string(),
  control: z.string(),
  owner: z.string(),
  by: z.string(),
  made: Instant,
  expires: Instant,
})
export type ExposureException = z.infer<typeof ExceptionSchema>

export const EXPOSURE_STATES = ['open', 'unsure', 'fixed', 'not-affected'] as const
export const ExposureStateSchema = z.enum(EXPOSURE_STATES)
export type ExposureState = z.infer<typeof ExposureStateSchema>

/** One vulnerability on one asset. */
export const ExposureSchema = z.object({
  asset: z.string(),
  assetName: z.string(),
  owner: z.string(),
  vulnerability: z.string(),
  title: z.string(),
  state: ExposureStateSchema,
  product: z.string(),
  version: z.string(),
  /** Scanners that said so, or `catalogue`. */
  sources: z.array(z.string()),
  confidence: z.number().int(),
  reason: Sentence,
  severity: SeveritySchema,
  score: z.number().nullable(),
  epss: z.number().nullable(),
  detected: Instant,
  lastSeen: Instant,
  due: Instant.nullable(),
  /** What can still be met, where the deadline lay in the past when it was detected. */
  workBy: Instant.nullable(),
  mitigateBy: Instant.nullable(),
  triage: TriageSchema.nullable(),
  /** The number of the case that looks into it. */
  triageCase: z.number().int().nullable(),
  action: ActionSchema,
  overdue: z.boolean(),
  why: Sentence,
  basis: BasisSchema,
  exception: ExceptionSchema.nullable(),
  fixed: Instant.nullable(),
  proof: z.string(),
  reopened: z.number().int(),
})
export type Exposure = z.infer<typeof ExposureSchema>

/** What must be known before a person or a list can decide: the version here, the versions that are affected, both, or how they compare. */
export const MISSING_FACTS = ['version', 'affected', 'both', 'order'] as const
export const MissingFactSchema = z.enum(MISSING_FACTS)
export type MissingFact = z.infer<typeof MissingFactSchema>
/** Of one advisory: on how many assets it is missing. */
export const MissingOfAdvisorySchema = z.object({
  product: z.string(),
  fact: MissingFactSchema,
  assets: z.number().int(),
  say: Sentence,
})
/** Of one asset: how many advisories wait for it. */
export const MissingOfAssetSchema = z.object({
  product: z.string(),
  version: z.string(),
  fact: MissingFactSchema,
  advisories: z.number().int(),
  say: Sentence,
})
export type MissingOfAsset = z.infer<typeof MissingOfAssetSchema>

/** One vulnerability across the estate. */
export const AdvisorySchema = z.object({
  vulnerability: z.string(),
  title: z.string(),
  exploited: z.boolean(),
  tier: TierSchema,
  due: Instant.nullable(),
  overdue: z.number().int(),
  assets: z.number().int(),
  internetFacing: z.number().int(),
  unsure: z.number().int(),
  excepted: z.number().int(),
  products: z.array(z.string()),
  /** Why it is not decided on the `unsure` assets, what most of them wait for first. */
  missing: z.array(MissingOfAdvisorySchema),
  epss: z.number().nullable(),
  score: z.number().nullable(),
  why: Sentence,
})
export type Advisory = z.infer<typeof AdvisorySchema>

/** One product on its assets: what brings it up to date closes all of these. */
export const PatchSchema = z.object({
  product: z.string(),
  vendor: z.string(),
  action: ActionSchema,
  due: Instant.nullable(),
  tier: TierSchema,
  exploited: z.boolean(),
  advisories: z.number().int(),
  /** The advisories that drive it, at most twenty. */
  named: z.array(z.string()),
  assets: z.number().int(),
  /** What is due first on top, at most a hundred. */
  places: z.array(
    z.object({ id: z.string(), name: z.string(), owner: z.string(), due: Instant.nullable() }),
  ),
  internetFacing: z.number().int(),
  overdue: z.number().int(),
  triage: z.number().int(),
  versions: z.array(z.string()),
  /** Versions that scanners name as free of it. */
  fixedIn: z.array(z.string()),
  /** What is due first, and why. */
  first: z.string(),
  why: Sentence,
})
export type Patch = z.infer<typeof PatchSchema>

export const AliasSchema = z.object({
  kind: z.string(),
  value: z.string(),
  source: z.string(),
  lastSeen: Instant,
})
export const ReachableSchema = z.object({ evidence: z.string(), source: z.string(), seen: Instant })
export const AssetProductSchema = z.object({
  vendor: z.string(),
  product: z.string(),
  version: z.string(),
  service: z.string(),
  cpe: z.string(),
  purl: z.string(),
  source: z.string(),
  lastSeen: Instant,
})
export const AssetSchema = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  criticality: z.enum(HUMAN_IMPACTS).or(z.literal('')),
  zone: z.enum(ZONES),
  facing: FacingSchema,
  facingBy: z.string(),
  evidence: z.array(ReachableSchema),
  vendor: z.string(),
  system: z.string(),
  supportEnds: z.iso.date().nullable(),
  aliases: z.array(AliasSchema),
  /** Assets that were merged into it, which can be taken out again. */
  merged: z.array(z.object({ id: z.string(), name: z.string() })),
  open: z.number().int(),
  overdue: z.number().int(),
  firstSeen: Instant,
  lastSeen: Instant,
})
export type Asset = z.infer<typeof AssetSchema>

export const AssetChangeSchema = z.object({
  name: z.string().min(1).max(200).optional(),
  owner: z.string().max(200).optional(),
  criticality: z.enum(HUMAN_IMPACTS).or(z.literal('')).optional(),
  zone: z.enum(ZONES).optional(),
  /** `unknown` gives the decision back to the evidence. */
  facing: FacingSchema.optional(),
  supportEnds: z.iso.date().nullable().optional(),
})
export type AssetChange = z.infer<typeof AssetChangeSchema>

export const AssetMergeSchema = z.object({ into: z.string().min(1).max(100) })
export const ExceptionAskSchema = z.object({
  asset: z.string().min(1).max(100),
  vulnerability: z.string().regex(/^[A-Za-z][\w.:-]{2,99}$/),
  owner: z.string().min(1).max(200),
  reason: z.string().min(10).max(2000),
  /** What protects meanwhile, and how that was checked. */
  control: z.string().min(10).max(2000),
  expires: Instant,
})
export type ExceptionAsk = z.infer<typeof ExceptionAskSchema>
