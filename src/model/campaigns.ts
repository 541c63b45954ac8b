// Campaigns at a hub: what several organisations met that belongs together, and how far it reaches.

import { z } from 'zod'
import { REGIONS, SECTORS } from './registrations.ts'

const Instant = z.iso.datetime()

/** From what says most to what says least. */
export const FEATURE_KINDS = [
  'certificate',
  'file',
  'domain',
  'address',
  'account',
  'provider',
  'device',
  'malware',
  'vulnerability',
  'asn',
  'technique',
] as const
export type FeatureKind = (typeof FEATURE_KINDS)[number]
export const FeatureSchema = z.object({
  kind: z.enum(FEATURE_KINDS),
  value: z.string().trim().min(1).max(300),
  /** Somebody vouches that it is the attacker's: an indicator of this hub. */
  vouched: z.boolean().default(false),
})
export type Feature = z.infer<typeof FeatureSchema>

export const CAMPAIGN_REPORT_SOURCES = ['sighting', 'incident', 'report'] as const

/** An incident that somebody told the hub's people of. */
export const IncidentAskSchema = z.object({
  organisation: z.string().max(100),
  first: Instant,
  last: Instant,
  features: z.array(FeatureSchema).min(1).max(200),
  note: z.string().trim().max(1000).default(''),
})
export type IncidentAsk = z.infer<typeof IncidentAskSchema>
/** A report as a file, of one organisation. */
export const IncidentFileAskSchema = z.object({ organisation: z.string().min(1).max(100) })
export const IncidentTakenSchema = z.object({
  report: z.string(),
  features: z.number().int(),
  /** Values beyond what one report may hold. */
  left: z.number().int(),
})
export type IncidentTaken = z.infer<typeof IncidentTakenSchema>

export const LinkReasonSchema = z.object({
  kind: z.enum(FEATURE_KINDS),
  value: z.string(),
  /** How much it speaks for one campaign, 0 to 1. */
  weight: z.number(),
  /** Reports that show it. */
  reports: z.number().int(),
})
export type LinkReason = z.infer<typeof LinkReasonSchema>

export const CAMPAIGN_STATES = ['proposed', 'confirmed', 'dismissed', 'merged'] as const
export const CampaignSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(CAMPAIGN_STATES),
  made: Instant,
  first: Instant.nullable(),
  last: Instant.nullable(),
  organisations: z.number().int(),
  reports: z.number().int(),
})
export type Campaign = z.infer<typeof CampaignSchema>
export const CampaignListSchema = z.object({ asOf: Instant, campaigns: z.array(CampaignSchema) })

const Figure = z.number().nullable()
export const StratumSchema = z.object({
  sector: z.enum(SECTORS),
  /** Registered with the hub. */
  organisations: z.number().int(),
  looked: z.number().int(),
  positive: z.number().int(),
})
export type Stratum = z.infer<typeof StratumSchema>
export const ScopeSchema = z.object({
  /** Organisations known to be hit; null below the floor, for others than the hub's operator. */
  known: Figure,
  looked: z.number().int(),
  organisations: z.number().int(),
  /** Over strata in which somebody looked; null where nobody did. */
  estimate: z.object({ most: z.number(), least: z.number(), likely: z.number() }).nullable(),
  /** Organisations in strata where nobody looked: in no estimate. */
  unsearched: z.number().int(),
  strata: z.array(StratumSchema),
  /** Chapman's estimate, a lower bound; null without two lists. */
  recapture: z
    .object({
      likely: z.number(),
      bySightings: z.number().int(),
      byReports: z.number().int(),
      byBoth: z.number().int(),
    })
    .nullable(),
  /** Members that have not answered for any of its indicators; empty for others than the operator. */
  silent: z.array(z.object({ id: z.string(), name: z.string() })),
  sectors: z.array(z.object({ sector: z.enum(SECTORS), organisations: Figure })),
  regions: z.array(z.object({ region: z.enum(REGIONS), organisations: Figure })),
})
export type Scope = z.infer<typeof ScopeSchema>

export const CampaignDetailSchema = CampaignSchema.extend({
  asOf: Instant,
  /** Figures under it are not shown; null = all are, for the hub's operator. */
  floor: z.number().int().nullable(),
  scope: ScopeSchema,
  shared: z.array(LinkReasonSchema),
  members: z.array(
    z.object({
      report: z.string(),
      organisation: z.string(),
      name: z.string(),
      source: z.enum(CAMPAIGN_REPORT_SOURCES),
      first: Instant,
      last: Instant,
      note: z.string(),
      why: z.array(LinkReasonSchema),
    }),
  ),
  /** Campaigns that share enough with it to be the same; a person decides. */
  similar: z.array(z.object({ id: z.string(), name: z.string(), why: z.array(LinkReasonSchema) })),
  acts: z.array(
    z.object({
      id: z.string(),
      at: Instant,
      who: z.string(),
      act: z.string(),
      undone: z.boolean(),
    }),
  ),
})
export type CampaignDetail = z.infer<typeof CampaignDetailSchema>

export const CampaignActSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('confirm'), campaign: z.string().max(60) }),
  z.object({ act: z.literal('dismiss'), campaign: z.string().max(60) }),
  z.object({
    act: z.literal('rename'),
    campaign: z.string().max(60),
    name: z.string().trim().min(1).max(120),
  }),
  z.object({ act: z.literal('merge'), campaign: z.string().max(60), into: z.string().max(60) }),
  z.object({
    act: z.literal('split'),
    campaign: z.string().max(60),
    reports: z.array(z.string().max(100)).min(1).max(1000),
  }),
])
export type CampaignAct = z.infer<typeof CampaignActSchema>
