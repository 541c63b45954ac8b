// What a station and its sensors say to each other, and what people see of a sensor.

import { z } from 'zod'

/** Part of the source names of everything a sensor sends: `north:syslog/192.0.2.10`. */
export const SensorNameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    'lower-case letters, digits and hyphens, at most 40',
  )

/** The ways through a sensor's spool; the first goes first. */
export const SENSOR_QUEUES = ['priority', 'normal'] as const
export type SensorQueue = (typeof SENSOR_QUEUES)[number]

export const SENSOR_STATES = ['invited', 'enrolled', 'revoked'] as const
export const SensorSchema = z.object({
  name: z.string(),
  state: z.enum(SENSOR_STATES),
  /** When its code stops being good; null once it was used. */
  invitedUntil: z.iso.datetime().nullable(),
  enrolled: z.iso.datetime().nullable(),
  lastSeen: z.iso.datetime().nullable(),
  /** Enrolled, and not heard from for five minutes, although sensors greet their station several times a minute. */
  silent: z.boolean(),
  certificateExpires: z.iso.datetime().nullable(),
  version: z.string(),
  /** When the content it works with was made; null before it has any. */
  content: z.iso.datetime().nullable(),
  /** Whether that is what the station has to give. */
  isContentCurrent: z.boolean(),
  /** Times that values of lists were met there, and the newest of them. */
  sightings: z.number(),
  lastSighting: z
    .object({ value: z.string(), source: z.string(), at: z.iso.datetime() })
    .nullable(),
  /** Age of the oldest line that waits at the sensor. */
  lagMs: z.number().nullable(),
  waitingBytes: z.number(),
  limitBytes: z.number(),
  /** Datagrams lost at the sensor since it started, because its spool or its disk had no room. */
  dropped: z.number(),
  /** The sensor's clock less the station's; positive when the sensor's is ahead. */
  skewMs: z.number().nullable(),
})
export type Sensor = z.infer<typeof SensorSchema>
export const SensorListSchema = z.object({
  asOf: z.iso.datetime(),
  /** Where sensors reach this station; null while it does not listen for them. */
  address: z.string().nullable(),
  sensors: z.array(SensorSchema),
})

export const SensorInviteSchema = z.object({
  name: SensorNameSchema,
  /** `host` or `host:port` as the sensor will reach this station. */
  address: z.string().min(1).max(300).optional(),
})
export const SensorInvitedSchema = z.object({
  code: z.string(),
  /** `host:port` that the code sends the sensor to. */
  address: z.string(),
  until: z.iso.datetime(),
})

const bytes = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** What a sensor says of itself with each greeting. */
export const SensorReportSchema = z.object({
  version: z.string().max(50),
  waitingBytes: bytes,
  limitBytes: bytes,
  oldestMs: bytes.nullable(),
  dropped: bytes,
  skewMs: z.number().int().nullable(),
  /** Version of the content it works with; absent before it has any. */
  content: bytes.optional(),
})
export type SensorReport = z.infer<typeof SensorReportSchema>

/** The last piece of a queue that the station has on its disk: its number, and the segment it was. */
export const StandingSchema = z.object({ seq: z.number().int().min(0), segment: z.string() })
export type Standing = z.infer<typeof StandingSchema>

export const GreetingSchema = z.object({
  nowMs: z.number(),
  /** Version of the content that the station has to give. */
  content: z.number().optional(),
  priority: StandingSchema,
  normal: StandingSchema,
})
export type Greeting = z.infer<typeof GreetingSchema>

/** A new public key (SPKI, PEM), and a signature by it over what proves the right to it. */
export const KeyOfferSchema = z.object({
  publicKey: z.string().max(2000),
  proof: z.string().max(500),
})
export const EnrolRequestSchema = KeyOfferSchema.extend({ secret: z.string().max(200) })
export const CertificateAnswerSchema = z.object({
  name: SensorNameSchema,
  /** PEM */
  certificate: z.string(),
  /** PEM of the authority that signs this station's and its sensors' certificates. */
  authority: z.string(),
})
export type CertificateAnswer = z.infer<typeof CertificateAnswerSchema>
