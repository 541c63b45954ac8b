// Where a queue is, as an operator writes it: one address with everything in it but secrets, which may stand in files.

import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import { z } from 'zod'
import { VigieError, reasonOf } from '../../core/index.ts'

export type QueueTls = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername'>

type Common = {
  /** Of the source: `queue/NAME`. */
  readonly name: string
  readonly host: string
  readonly port: number
  /** '' for none. */
  readonly user: string
  readonly password: string
  /** Undefined for a line without encryption. */
  readonly tls: QueueTls | undefined
}

export type RedisPlace = Common & {
  readonly kind: 'list' | 'stream' | 'channel'
  readonly database: number
  readonly key: string
  /** The end of a list that producers write to. */
  readonly pushed: 'left' | 'right'
  readonly group: string
  readonly consumer: string
}

export type KafkaPlace = Common & {
  readonly kind: 'kafka'
  readonly topic: string
  /** Further brokers to begin with, `host:port`. */
  readonly brokers: readonly string[]
  readonly group: string
  readonly sasl: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512' | undefined
  /** Where a group begins that has read nothing yet. */
  readonly from: 'earliest' | 'latest'
}

export type QueuePlace = RedisPlace | KafkaPlace

/** What `mode` of Suricata's Redis output may say, and what it means here. */
const MODES = {
  list: ['list', 'left'],
  lpush: ['list', 'left'],
  rpush: ['list', 'right'],
  channel: ['channel', 'left'],
  publish: ['channel', 'left'],
  stream: ['stream', 'left'],
  xadd: ['stream', 'left'],
} as const

const File = z.string().min(1)
const CommonSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'lower-case letters, digits and hyphens, at most 40')
    .optional(),
  password_file: File.optional(),
  ca: File.optional(),
  cert: File.optional(),
  key_file: File.optional(),
  server_name: z.string().min(1).optional(),
  group: z.string().min(1).max(200).default('vigie'),
})
const RedisSchema = CommonSchema.extend({
  mode: z.enum(Object.keys(MODES)).default('list'),
  key: z.string().min(1).max(1000).default('suricata'),
  consumer: z.string().min(1).max(200).default('vigie'),
})
const KafkaSchema = CommonSchema.extend({
  sasl: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  from: z.enum(['earliest', 'latest']).default('earliest'),
  broker: z.array(z.string().regex(/^(?:\[[0-9a-f:.]+\]|[^\s:/]+):\d{1,5}$/i)).default([]),
})

const REDIS_PORT = 6379
const KAFKA_PORT = 9092
const TOPIC = /^[\w.-]{1,249}$/

/** `redis://` or `rediss://`. Throws SETTING_INVALID. */
export function redisPlace(text: string): RedisPlace {
  return placeOf('redis', text, (url) => {
    const { mode, key, consumer, ...common } = RedisSchema.parse(parametersOf(url))
    const [kind, pushed] = MODES[mode as keyof typeof MODES] // schema edge: an own key of MODES
    return {
      ...commonOf(url, common, { name: key, port: REDIS_PORT, tls: 'rediss:' }),
      kind,
      pushed,
      key,
      consumer,
      group: common.group,
      database: z.coerce
        .number()
        .int()
        .min(0)
        .parse(url.pathname.slice(1) || '0'),
    }
  })
}

/** `kafka://` or `kafkas://`, the topic behind it. Throws SETTING_INVALID. */
export function kafkaPlace(text: string): KafkaPlace {
  return placeOf('kafka', text, (url) => {
    const broker = url.searchParams.getAll('broker')
    const {
      sasl,
      from,
      broker: brokers,
      ...common
    } = KafkaSchema.parse({
      ...parametersOf(url),
      broker,
    })
    const topic = decodeURIComponent(url.pathname.slice(1))
    if (!TOPIC.test(topic)) throw new Error('a topic behind the host is needed: kafka://HOST/TOPIC')
    const place = commonOf(url, common, { name: topic, port: KAFKA_PORT, tls: 'kafkas:' })
    const named = sasl ?? (place.user === '' ? undefined : 'scram-sha-512')
    return {
      ...place,
      kind: 'kafka',
      topic,
      brokers,
      group: common.group,
      from,
      sasl: SASL_NAMES[named ?? 'none'],
    }
  })
}

const SASL_NAMES = {
  none: undefined,
  plain: 'PLAIN',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-512': 'SCRAM-SHA-512',
} as const

/** The address as people may see it: without what is secret. */
export function shownPlace(text: string): string {
  return text.replace(/\/\/[^@/]*@/, '//…@')
}

function placeOf<Place>(
  setting: 'redis' | 'kafka',
  text: string,
  read: (url: URL) => Place,
): Place {
  const url = URL.parse(text)
  try {
    if (
      url === null ||
      url.hostname === '' ||
      ![`${setting}:`, `${setting}s:`].includes(url.protocol)
    )
      throw new Error(`an address such as ${setting}://HOST is needed`)
    return read(url)
  } catch (cause) {
    const expected = cause instanceof z.ZodError ? z.prettifyError(cause) : reasonOf(cause)
    throw new VigieError(
      'SETTING_INVALID',
      { name: setting, met: shownPlace(text), expected: expected.replaceAll(/\s+/g, ' ') },
      { cause },
    )
  }
}

function parametersOf({ searchParams }: URL): Record<string, string> {
  return Object.fromEntries([...searchParams].filter(([name]) => name !== 'broker'))
}

type Defaults = { readonly name: string; readonly port: number; readonly tls: string }

function commonOf(
  url: URL,
  given: Omit<z.infer<typeof CommonSchema>, 'group'>,
  defaults: Defaults,
): Common {
  const { name, password_file: file, ca, cert, key_file: key, server_name: servername } = given
  const isTls = url.protocol === defaults.tls
  if (!isTls && [ca, cert, key, servername].some((one) => one !== undefined))
    throw new Error(`certificates are for ${defaults.tls}// only`)
  const tls = {
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
    ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
    ...(key === undefined ? {} : { key: readFileSync(key) }),
    ...(servername === undefined ? {} : { servername }),
  }
  return {
    name: name ?? sourceName(defaults.name),
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: url.port === '' ? defaults.port : Number(url.port),
    user: decodeURIComponent(url.username),
    password:
      file === undefined ? decodeURIComponent(url.password) : readFileSync(file, 'utf8').trim(),
    tls: isTls ? tls : undefined,
  }
}

/** A key or topic as part of a source's name. */
function sourceName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40)
  return name === '' ? 'queue' : name
}
