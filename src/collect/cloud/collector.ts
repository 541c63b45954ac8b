// How one provider's logs are asked for over HTTP: content, read from content/collectors.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { VigieError, reasonOf, yamlValue } from '../../core/index.ts'

const Text = z.string().min(1).max(4000)
const Texts = z.record(z.string(), Text)
/** Where in an answer something stands: members separated by dots; '' is the answer itself. */
const Path = z.string().max(200)

const SettingSchema = z.strictObject({
  /** What a value must look like, whole. */
  pattern: Text,
  about: z.strictObject({ en: Text, fr: Text }),
  default: Text.optional(),
})

const SignInSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('header'), name: Text, value: Text }),
  z.strictObject({ kind: z.literal('basic'), user: Text, password: Text }),
  /** OAuth 2.0 client credentials (RFC 6749 section 4.4). */
  z.strictObject({ kind: z.literal('oauth'), token_url: Text, form: Texts }),
  /** A Google service account that acts for an administrator (RFC 7523). */
  z.strictObject({
    kind: z.literal('google'),
    key: Text,
    token_url: Text,
    subject: Text.optional(),
    scopes: z.array(Text),
  }),
  /** Duo's signature of method, host, path and parameters. */
  z.strictObject({ kind: z.literal('duo'), key: Text, secret: Text }),
  /** AWS Signature Version 4. */
  z.strictObject({
    kind: z.literal('aws'),
    key: Text,
    secret: Text,
    session: Text.optional(),
    region: Text,
  }),
])

const RequestSchema = z.strictObject({
  method: z.enum(['GET', 'POST']).default('GET'),
  url: Text,
  query: Texts.default({}),
  /** A JSON body; texts in it are filled in. */
  body: z.record(z.string(), z.unknown()).optional(),
  headers: Texts.default({}),
})

const NextSchema = z.union([
  /** `Link` header, rel="next" (RFC 8288). */
  z.strictObject({ link: z.literal('next') }),
  /** Another header that holds the address. */
  z.strictObject({ header: Text }),
  /** A member of the answer that holds the address. */
  z.strictObject({ address: Path }),
  /** A member of the answer that goes into a parameter of the query, or of the body. */
  z.strictObject({ token: Path, parameter: Text, in: z.enum(['query', 'body']).default('query') }),
])

const PollSchema = z.strictObject({
  kind: z.literal('poll').default('poll'),
  request: RequestSchema,
  /** Asked for once before the first request; an answer that holds `done` is as good as a success. */
  prepare: z.strictObject({ request: RequestSchema, done: Text.optional() }).optional(),
  events: Path.default(''),
  /** When an event happened: ISO 8601, or seconds or milliseconds since 1970. */
  time: Path.optional(),
  /** What together tells one event from another. */
  id: z.array(Path).min(1),
  next: NextSchema.optional(),
  /** The provider's page reference is kept for the next question, instead of a span of time. */
  follows: z.boolean().default(false),
  /** What an item leads to: an address that answers with an array of events. */
  each: z.strictObject({ address: Path }).optional(),
  poll_s: z.number().int().min(1).max(86_400).default(60),
  /** Each answer lists the older events first: what was read of a span is then kept when the rest fails. */
  ascends: z.boolean().default(false),
  /** As much is asked for again each time, for events that appear a little late. */
  overlap_s: z
    .number()
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(300),
  /** As much is asked for again every half hour, for those that appear very late. */
  late_s: z
    .number()
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(0),
  /** Nothing younger is asked for, because the provider may still be writing it. */
  settle_s: z.number().int().min(0).max(86_400).default(0),
  /** The longest span of new events that is asked for at once. */
  window_s: z
    .number()
    .int()
    .min(60)
    .max(31 * 86_400)
    .default(86_400),
  /** How long the provider keeps events. */
  keeps_days: z.number().min(1).max(3660).default(30),
})

const ObjectsSchema = z.strictObject({
  kind: z.literal('objects'),
  endpoint: Text,
  bucket: Text,
  /** `{yyyy}`, `{mm}` and `{dd}` stand for a day (UTC). */
  prefix: z.string().max(1000).default(''),
  poll_s: z.number().int().min(1).max(86_400).default(60),
  overlap_s: z
    .number()
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(7200),
  keeps_days: z.number().min(1).max(3660).default(365),
})

const QueueSchema = z.strictObject({
  kind: z.literal('queue'),
  queue: Text,
  endpoint: Text,
})

const PubSubSchema = z.strictObject({ kind: z.literal('pubsub'), subscription: Text })

const StreamSchema = z.union([PollSchema, ObjectsSchema, QueueSchema, PubSubSchema])

const CollectorSchema = z.strictObject({
  title: z.strictObject({ en: Text, fr: Text }),
  references: z.array(z.url()).min(1),
  settings: z.record(z.string().regex(/^[a-z_]+$/), SettingSchema).default({}),
  secrets: z
    .record(z.string().regex(/^[a-z_]+$/), z.strictObject({ en: Text, fr: Text }))
    .default({}),
  sign_in: SignInSchema,
  /** The most that is asked in a minute, over all streams of an account. */
  requests_per_minute: z.number().int().min(1).max(6000).default(60),
  streams: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/), StreamSchema),
  /** Streams that are read only where the account names them. */
  on_request: z.array(z.string()).default([]),
})

export type Collector = z.infer<typeof CollectorSchema> & { readonly name: string }
export type SignIn = z.infer<typeof SignInSchema>
export type CloudRequest = z.infer<typeof RequestSchema>
export type PollStream = z.infer<typeof PollSchema>
export type ObjectsStream = z.infer<typeof ObjectsSchema>
export type QueueStream = z.infer<typeof QueueSchema>
export type PubSubStream = z.infer<typeof PubSubSchema>
export type CloudStream = z.infer<typeof StreamSchema>

/** A file that cannot be used is told to `onTrouble` (CONTENT_INVALID) and does not keep the others. */
export function readCollectors(
  folder: string,
  onTrouble: (cause: unknown) => void,
): readonly Collector[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yml'))
  return files.toSorted().flatMap((file) => {
    try {
      return [readCollector(join(folder, file), file.replace(/\.yml$/, ''))]
    } catch (cause) {
      onTrouble(cause)
      return []
    }
  })
}

/** Throws CONTENT_INVALID with the file and what is wrong in it. */
export function readCollector(file: string, name: string): Collector {
  try {
    return { ...CollectorSchema.parse(yamlValue(readFileSync(file, 'utf8'))), name }
  } catch (cause) {
    const reason =
      cause instanceof z.ZodError ? z.prettifyError(cause).replaceAll('\n', ' ') : reasonOf(cause)
    throw new VigieError('CONTENT_INVALID', { file, reason }, { cause })
  }
}
