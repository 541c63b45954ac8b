// Flags that are settings: the same names for `up` and `scan`; their meaning is in `core/settings.ts`.

const text = (value: string): string => value

function flag(brief: string, placeholder: string) {
  return { kind: 'parsed', parse: text, brief, placeholder, optional: true } as const
}

export const SETTING_FLAGS = {
  data: flag('Folder of everything the station keeps (./data)', 'folder'),
  rules: flag('Folders of further Sigma rules, separated by commas', 'folders'),
  zone: flag('Zone of times written without one, such as America/Toronto (UTC)', 'zone'),
  language: flag('en or fr', 'language'),
  engineMemoryMib: flag('Memory for the embedded engine in MiB (1200)', 'MiB'),
} as const

export const UP_FLAGS = {
  ...SETTING_FLAGS,
  clickhouse: flag('ClickHouse server instead of the embedded engine', 'url'),
  clickhouseCluster: flag('Cluster that holds the tables', 'name'),
  postgres: flag('PostgreSQL server instead of the embedded database', 'url'),
  listen: flag('Address the listeners bind to (127.0.0.1)', 'address'),
  consolePort: flag('Port of the console (8321)', 'port'),
  syslogPort: flag('Port for syslog over UDP and TCP (5514)', 'port'),
  syslogTlsPort: flag('Port for syslog over TLS (6514)', 'port'),
  httpPort: flag('Port for events over HTTP (8088)', 'port'),
  flowPort: flag('UDP port for NetFlow, IPFIX and sFlow (2055)', 'port'),
  retentionDays: flag('Days an event is kept (395)', 'days'),
  alertsADay: flag('Rare hours a day that are told first (1; 0.14 = one a week)', 'number'),
  follow: flag('Files to follow, separated by commas', 'files'),
  repositories: flag('Git repositories of configurations to follow', 'places'),
  redis: flag('Redis to read from, such as redis://HOST/?mode=list&key=suricata', 'urls'),
  kafka: flag('Kafka topics to read, such as kafka://HOST:9092/TOPIC', 'urls'),
  sensorPort: flag('Port for sensors (8322, open once one was invited)', 'port'),
  sensorListen: flag('Address the listener for sensors binds to (as --listen)', 'address'),
  organisation: flag('What other organisations call this one (the name of the host)', 'name'),
} as const

export const HUB_FLAGS = {
  ...UP_FLAGS,
  hubPort: flag('Port at which members reach this hub (8323)', 'port'),
  hubListen: flag('Address that the port binds to (as --listen)', 'address'),
  cohortFloor: flag('Members that a figure is over at least (5)', 'number'),
  mailServer: flag('Server by which notices are mailed, such as smtps://user@host', 'url'),
  mailFrom: flag('Whom notices by e-mail are from', 'address'),
  mailPasswordFile: flag('File with the password of the mail server', 'file'),
  mailDkimSelector: flag(
    'Name in DNS of the key that signs mail (DKIM; “vigie notices dkim”)',
    'name',
  ),
  answerAddress: flag('Address from which /answer of the console is reached', 'url'),
  webhookPrivate: flag('on: webhooks may lie in private networks (off)', 'on'),
} as const

export const SENSOR_FLAGS = {
  data: flag('Folder of everything the sensor keeps (./sensor-data)', 'folder'),
  language: SETTING_FLAGS.language,
  listen: UP_FLAGS.listen,
  syslogPort: UP_FLAGS.syslogPort,
  syslogTlsPort: UP_FLAGS.syslogTlsPort,
  httpPort: UP_FLAGS.httpPort,
  flowPort: UP_FLAGS.flowPort,
  follow: UP_FLAGS.follow,
  redis: UP_FLAGS.redis,
  kafka: UP_FLAGS.kafka,
  spoolLimitMib: flag('Most that waits on disk for the station, in MiB (10240)', 'MiB'),
  uplinkKib: flag('Most that is sent to the station, in KiB a second (no limit)', 'KiB'),
  matchIndicators: flag('on: look for sure indicators in each line, say at once what is met', 'on'),
  priority: flag('Sources sent first, separated by commas, such as syslog/192.0.2.10', 'sources'),
} as const

export type SettingFlags = { readonly [K in keyof typeof SETTING_FLAGS]?: string }
export type SensorFlags = { readonly [K in keyof typeof SENSOR_FLAGS]?: string }
export type UpFlags = { readonly [K in keyof typeof UP_FLAGS]?: string }
export type HubFlags = { readonly [K in keyof typeof HUB_FLAGS]?: string }
