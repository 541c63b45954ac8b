// What an organisation registers so that a hub can tell it: what it holds, and whom to call.

import { z } from 'zod'

const Instant = z.iso.datetime()
const Line = z.string().trim().max(200)
/** `identity--UUID` of a member, `organisation--UUID` of one that is no member. */
const OrganisationId = z
  .string()
  .regex(/^(?:identity|organisation)--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

/** Provinces and territories (ISO 3166-2:CA), and what is federal. */
export const REGIONS = [
  'AB',
  'BC',
  'MB',
  'NB',
  'NL',
  'NS',
  'NT',
  'NU',
  'ON',
  'PE',
  'QC',
  'SK',
  'YT',
  'federal',
] as const
export type Region = (typeof REGIONS)[number]
export const SECTORS = [
  'federal',
  'province',
  'territory',
  'first_nation',
  'inuit',
  'metis',
  'municipality',
  'education',
  'health',
  'utility',
  'other',
] as const
export type Sector = (typeof SECTORS)[number]

/** From the most specific to the least: what is seen of several is told to whoever holds the most specific. */
export const HOLDING_KINDS = ['certificate', 'range', 'domain', 'asn', 'provider'] as const
export type HoldingKind = (typeof HOLDING_KINDS)[number]
export const HoldingSchema = z.object({
  kind: z.enum(HOLDING_KINDS),
  value: z.string().trim().min(1).max(253),
  /** Others live there too (hosting, a provider): whoever holds the name behind it is told as well. */
  shared: z.boolean().default(false),
})
export type Holding = z.infer<typeof HoldingSchema>

export const NoticeContactSchema = z.object({
  name: Line.min(1),
  role: Line.default(''),
  language: z.enum(['en', 'fr']).default('en'),
  email: z.union([z.literal(''), z.email().max(200)]).default(''),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d ().x#-]{2,39}$|^$/)
    .default(''),
  /** Answers the telephone at any hour. */
  always: z.boolean().default(false),
  webhook: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]).default(''),
})
export type NoticeContact = z.infer<typeof NoticeContactSchema>

export const RegistrationSchema = z.object({
  name: Line.min(1),
  sector: z.enum(SECTORS).default('other'),
  region: z.enum(REGIONS),
  /** A hub that cannot reach us may ask its own hub to. */
  mayGoUp: z.boolean().default(false),
  holdings: z.array(HoldingSchema).max(2000),
  /** In the order in which they are told. */
  contacts: z.array(NoticeContactSchema).max(20),
})
export type Registration = z.infer<typeof RegistrationSchema>

/** Our own, at a member, and which hubs have it. */
export const OwnRegistrationSchema = z.object({
  asOf: Instant,
  registration: RegistrationSchema.nullable(),
  by: z.string().nullable(),
  made: Instant.nullable(),
  told: z.array(
    z.object({ peer: z.string(), at: Instant.nullable(), problem: z.string().nullable() }),
  ),
})
export type OwnRegistration = z.infer<typeof OwnRegistrationSchema>

export const RegisteredSchema = z.object({
  id: OrganisationId,
  /** Name of the member here; null for one that is no member. */
  peer: z.string().nullable(),
  source: z.enum(['member', 'operator']),
  enteredBy: z.string(),
  made: Instant,
  until: Instant,
  name: z.string(),
  sector: z.enum(SECTORS),
  region: z.enum(REGIONS),
  mayGoUp: z.boolean(),
  contacts: z.array(NoticeContactSchema),
  holdings: z.array(
    HoldingSchema.extend({ confirmed: Instant.nullable(), confirmedBy: z.string().nullable() }),
  ),
})
export type Registered = z.infer<typeof RegisteredSchema>
export const RegisteredListSchema = z.object({
  asOf: Instant,
  organisations: z.array(RegisteredSchema),
})
export const RegisterAskSchema = z.object({
  /** Of an organisation that is here already, or the name of a member; absent = a new one that is no member. */
  id: z.string().max(100).optional(),
  registration: RegistrationSchema,
})
export type RegisterAsk = z.infer<typeof RegisterAskSchema>
export const ConfirmAskSchema = z.object({
  organisation: OrganisationId,
  /** Absent = all that it claims now. */
  holdings: z
    .array(z.object({ kind: z.enum(HOLDING_KINDS), value: z.string().max(253) }))
    .max(2000)
    .optional(),
  confirmed: z.boolean().default(true),
})
export type ConfirmAsk = z.infer<typeof ConfirmAskSchema>
