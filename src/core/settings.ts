// What an operator may set. Order: flag, then environment VIGIE_*, then the default. Values are checked once, here.

import { join, resolve } from 'node:path'
import { z } from 'zod'
import { VigieError } from './errors.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const csv = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

const SettingsSchema = z.object({
  /** Folder of everything the station keeps. */
  data: z.string().min(1).default('./data'),
  /** ClickHouse server, or all nodes of a cluster separated by commas; absent = embedded engine. */
  clickhouse: csv.pipe(z.array(z.url()).min(1)).optional(),
  /** Name of the cluster that holds the tables; absent = one node. */
  clickhouseCluster: z.string().regex(/^\w+$/).optional(),
  /** PostgreSQL server; absent = embedded PGlite. */
  postgres: z.url().optional(),
  /** Address that listeners bind to. Loopback until told otherwise. */
  listen: z.string().default('127.0.0.1'),
  consolePort: port.default(8321),
  syslogPort: port.default(5514),
  syslogTlsPort: port.default(6514),
  httpPort: port.default(8088),
  /** UDP port for NetFlow, IPFIX and sFlow. */
  flowPort: port.default(2055),
  /** Memory the embedded engine may use, in MiB. The default leaves a station inside 2 GiB. */
  engineMemoryMib: z.coerce.number().int().min(256).default(1200),
  /** Days an event stays in the store. */
  retentionDays: z.coerce.number().int().min(1).default(395),
  /** Hours of entities a day that may be told as rare: 1 = one a day, 0.14 = one a week. */
  alertsADay: z.coerce.number().min(0.01).max(100).default(1),
  /** Zone assumed for times written without one (IANA name). */
  zone: z
    .string()
    .refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC')
    .default('UTC'),
  language: z.enum(['en', 'fr']).default('en'),
  /** Folders of further Sigma rules. */
  rules: csv.default([]),
  /** Files to follow, by path. */
  follow: csv.default([]),
  /** Git repositories of configurations to follow: folders, or addresses over HTTPS or SSH. */
  repositories: csv.default([]),
  /** Redis servers to read from: `redis://HOST:6379/?mode=list&key=suricata`; `rediss` for TLS. */
  redis: csv.default([]),
  /** Kafka topics to read: `kafka://HOST:9092/TOPIC`; `kafkas` for TLS. */
  kafka: csv.default([]),
  /** Port for sensors. Given, the station listens for them from its start; absent, once a sensor was invited. */
  sensorPort: port.optional(),
  /** Address that the listener for sensors binds to; absent = `listen`. */
  sensorListen: z.string().min(1).optional(),
  /** Port at which members reach this hub. Given, the station is a hub too. */
  hubPort: port.optional(),
  /** Address that the hub's port binds to; absent = `listen`. */
  hubListen: z.string().min(1).optional(),
  /** What others call this organisation; absent = the host's name, or what was said at joining. */
  organisation: z.string().trim().min(1).max(200).optional(),
  /** A hub gives no figure over fewer members. */
  cohortFloor: z.coerce.number().int().min(2).max(10_000).default(5),
  /** Server by which a hub writes to whom it tells: `smtp://user@host:587`, `smtps://host`. */
  mailServer: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Whom its messages are from. */
  mailFrom: z.string().trim().min(3).max(200).optional(),
  /** File with the mail server's password. */
  mailPasswordFile: z.string().min(1).optional(),
  /** Selector under which the key that signs mail stands in DNS (DKIM); absent = mail is not signed. */
  mailDkimSelector: z
    .string()
    .regex(
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      'a label of DNS: lower-case letters, digits, hyphens',
    )
    .optional(),
  /** Where a code in a message is answered from outside: the address by which a proxy brings `/answer` of the console. */
  answerAddress: z.url({ protocol: /^https?$/ }).optional(),
  /** Whether webhooks may lie in private networks, and speak plain HTTP. */
  webhookPrivate: z.enum(['on', 'off']).default('off'),
  /** Bytes a sensor may keep on disk while its station is out of reach, in MiB. */
  spoolLimitMib: z.coerce.number().int().min(64).default(10_240),
  /** What a sensor may send to its station, in KiB a second; absent = as fast as the link is. */
  uplinkKib: z.coerce.number().int().min(1).optional(),
  /** Sources whose lines a sensor forwards first: `syslog/192.0.2.10`, or the beginning of several with `*` behind. */
  priority: csv.default([]),
  /** Whether a sensor looks for the station's surest indicators in each line, and says at once what it met. */
  matchIndicators: z.enum(['on', 'off']).default('off'),
})

export type Settings = z.infer<typeof SettingsSchema>
export type SettingName = keyof Settings

/** Reads settings from flags and environment. Throws SETTING_INVALID with the first one that cannot be used. */
export function readSettings(
  flags: Readonly<Record<string, string | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const given: Record<string, string> = {}
  for (const name of Object.keys(SettingsSchema.shape)) {
    const value = flags[name] ?? environment[environmentName(name)]
    if (value !== undefined && value !== '') given[name] = value
  }
  const read = SettingsSchema.safeParse(given)
  if (read.success) return { ...read.data, data: resolve(read.data.data) }
  const issue = read.error.issues[0]
  const name = String(issue?.path[0] ?? '')
  throw new VigieError('SETTING_INVALID', {
    name,
    met: given[name] ?? '',
    expected: issue?.message ?? '',
  })
}

/** `syslogPort` → `VIGIE_SYSLOG_PORT`. */
export function environmentName(name: string): string {
  return `VIGIE_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** The folders inside the data folder, named once. */
export function dataFolders(data: string) {
  return {
    events: join(data, 'events'),
    records: join(data, 'records'),
    spool: join(data, 'spool'),
    quarantine: join(data, 'quarantine'),
    inbox: join(data, 'inbox'),
    configurations: join(data, 'configurations'),
    repositories: join(data, 'repositories'),
    keys: join(data, 'keys'),
    rules: join(data, 'rules'),
    hubRules: join(data, 'hub-rules'),
    cloud: join(data, 'cloud'),
    collectors: join(data, 'collectors'),
    sensor: join(data, 'sensor'),
    evidence: join(data, 'evidence'),
    cases: join(data, 'cases'),
    exercise: join(data, 'exercise'),
  } as const
}
