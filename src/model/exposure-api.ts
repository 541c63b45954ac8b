// What is loaded of vulnerabilities and scans, and the bodies of the exposure API.

import { z } from 'zod'
import {
  AdvisorySchema,
  FacingSchema,
  HUMAN_IMPACTS,
  PatchSchema,
  ZONES,
  AssetProductSchema,
  AssetSchema,
  ExposureSchema,
  ExposureStateSchema,
  MissingOfAssetSchema,
} from './exposure.ts'

const Instant = z.iso.datetime()
const Sentence = z.object({ en: z.string(), fr: z.string() })

export const FEEDS = ['kev', 'cve', 'nvd', 'epss', 'csaf', 'vex', 'eol'] as const
export const FeedKindSchema = z.enum(FEEDS)
export type FeedKind = z.infer<typeof FeedKindSchema>

/** What is known of vulnerabilities, with the date its author gave it. */
export const FeedSchema = z.object({
  name: z.string(),
  kind: FeedKindSchema,
  dated: Instant,
  loaded: Instant,
  entries: z.number().int(),
  sha256: z.string(),
  by: z.string(),
})
export type Feed = z.infer<typeof FeedSchema>

export const KnowledgeLoadedSchema = z.object({
  feed: FeedSchema,
  read: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  refused: z.number().int(),
  /** The same file was here before. */
  unchanged: z.boolean(),
  /** Entries that are new to the list of exploited vulnerabilities, and what they hit here. */
  newlyExploited: z.number().int(),
  /** New exposures; of these, `undecided` wait for a fact. */
  exposures: z.number().int(),
  undecided: z.number().int(),
  /** Newly exploited and within reach of the internet; of all, those that newly ask for forensic triage. */
  pressing: z.number().int(),
  triage: z.number().int(),
  problems: z.array(Sentence),
  seconds: z.number(),
})
export type KnowledgeLoaded = z.infer<typeof KnowledgeLoadedSchema>

export const ScanImportedSchema = z.object({
  file: z.string(),
  tool: z.string(),
  /** As the tool's own report counts them. */
  findings: z.number().int(),
  /** One for each host, service, check and component. */
  instances: z.number().int(),
  withoutFix: z.number().int(),
  assets: z.number().int(),
  newAssets: z.number().int(),
  created: z.number().int(),
  same: z.number().int(),
  closed: z.number().int(),
  reopened: z.number().int(),
  /** Cells that could not be used; the rest of their rows was. */
  problems: z.array(Sentence),
  /** New exposures; of these, `undecided` wait for a fact. */
  exposures: z.number().int(),
  undecided: z.number().int(),
  /** Newly exploited and within reach of the internet; of all, those that newly ask for forensic triage. */
  pressing: z.number().int(),
  triage: z.number().int(),
  seconds: z.number(),
})
export type ScanImported = z.infer<typeof ScanImportedSchema>

const Flag = z.enum(['true', 'false']).transform((text) => text === 'true')
export const FileNameSchema = z.string().min(1).max(300)
export const ScanAskSchema = z.object({
  file: FileNameSchema,
  /** The scan looked at its hosts in full: what it no longer reports there is fixed. */
  complete: Flag.default(false),
  /** It was made from the public network: what it reached is exposed. */
  external: Flag.default(false),
})
export type ScanAsk = z.infer<typeof ScanAskSchema>
export const KnowledgeListSchema = z.object({ loaded: z.array(KnowledgeLoadedSchema) })
export const KnowledgeAskSchema = z.object({ file: FileNameSchema })

const Page = {
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
}
/** What exposures are divided by. */
export const FACETS = [
  'deadline',
  'exploited',
  'facing',
  'zone',
  'owner',
  'criticality',
  'vendor',
] as const
export const FacetSchema = z.enum(FACETS)
export type Facet = z.infer<typeof FacetSchema>
export const DEADLINES = [
  'overdue',
  'week',
  'month',
  'later',
  'upgrade',
  'undecided',
  'excepted',
] as const
/** Asks for what has no value there: no owner, no zone. */
export const NONE = '-'
/** A part of the estate; what is absent or empty asks for all. */
const Narrowing = {
  /** In the number, the title or the product. */
  text: z.string().max(200).optional(),
  zone: z.enum([...ZONES, NONE]).optional(),
  owner: z.string().max(200).optional(),
  criticality: z.enum([...HUMAN_IMPACTS, NONE, '']).optional(),
  facing: z.enum([...FacingSchema.options, '']).optional(),
  vendor: z.string().max(200).optional(),
  exploited: z.enum(['yes', 'no', '']).optional(),
  deadline: z.enum([...DEADLINES, '']).optional(),
}
export const NarrowSchema = z.object(Narrowing)
export type Narrow = z.infer<typeof NarrowSchema>
export const FacetCountSchema = z.object({
  facet: FacetSchema,
  /** Empty: none. */
  value: z.string(),
  advisories: z.number().int(),
  assets: z.number().int(),
})
export type FacetCount = z.infer<typeof FacetCountSchema>
export const ExposureFilterSchema = z.object({
  ...Page,
  ...Narrowing,
  state: ExposureStateSchema.default('open'),
  /** Due up to so many days from now, and everything overdue. */
  within: z.coerce.number().int().min(0).max(3650).optional(),
  asset: z.string().max(100).optional(),
  vulnerability: z.string().max(100).optional(),
})
export type ExposureFilter = z.infer<typeof ExposureFilterSchema>
/** Due up to so many days from now, and everything overdue; all that is open without it. */
export const AdvisoryFilterSchema = z.object({
  ...Page,
  ...Narrowing,
  within: z.coerce.number().int().min(0).max(3650).optional(),
})
/** A file for a spreadsheet: comma in English, semicolon in French. */
export const ExposureExportSchema = AdvisoryFilterSchema.omit({ limit: true, offset: true }).extend(
  {
    language: z.enum(['en', 'fr']).optional(),
  },
)
export type ExposureExport = Omit<z.infer<typeof ExposureExportSchema>, 'language'>
export const AssetFilterSchema = z.object({ ...Page, text: z.string().max(200).default('') })

const AsOf = { asOf: Instant }
/** Dates of what is known: shown wherever something rests on it. */
const Knowledge = { feeds: z.array(FeedSchema) }
export const AdvisoriesSchema = z.object({
  ...AsOf,
  ...Knowledge,
  total: z.number().int(),
  advisories: z.array(AdvisorySchema),
})
export const FacetsSchema = z.object({ ...AsOf, facets: z.array(FacetCountSchema) })
export const PatchesSchema = z.object({
  ...AsOf,
  ...Knowledge,
  total: z.number().int(),
  patches: z.array(PatchSchema),
})
export const ExposuresSchema = z.object({
  ...AsOf,
  ...Knowledge,
  total: z.number().int(),
  exposures: z.array(ExposureSchema),
})
export const AssetsSchema = z.object({
  ...AsOf,
  total: z.number().int(),
  assets: z.array(AssetSchema),
})
export const AssetDetailSchema = z.object({
  asset: AssetSchema,
  products: z.array(AssetProductSchema),
  exposures: z.array(ExposureSchema),
  /** What happened to it, the newest first; also of what was merged into it. */
  history: z.array(
    z.object({
      at: z.iso.datetime(),
      who: z.string(),
      action: z.enum(['found', 'alias', 'change', 'merge', 'unmerge']),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
  /** What waits to be decided on it, product by product. */
  missing: z.array(MissingOfAssetSchema),
})
export type AssetDetail = z.infer<typeof AssetDetailSchema>
export const FeedsSchema = z.object({ ...AsOf, ...Knowledge })
