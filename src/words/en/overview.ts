// The console's English on the overview.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const overview = {
  now: 'What needs you now',
  nothingNow: 'Nothing needs you now.',
  open: 'Open alerts by severity',
  openCount: (count: number) => n(count, 'open alert', 'open alerts'),
  raised: (count: number) => `${n(count, 'alert', 'alerts')} raised in 24 hours`,
  before: (count: number) => `${count} the day before`,
  newest: 'Newest open alerts',
  first: 'Look at these first',
  firstWhy:
    'Hours in which an account, address or device did what is rarer than your budget of alerts allows.',
  critical: 'Watched first, and nobody has taken them',
  criticalWaits: (count: number, late: number) =>
    `${n(count, 'alert on what is watched first waits', 'alerts on what is watched first wait')} for somebody${late === 0 ? '' : `, ${late} past the time`}`,
  calls: (count: number) => n(count, 'call is yours to make', 'calls are yours to make'),
  silent: (count: number) => n(count, 'source is silent', 'sources are silent'),
  unread: (count: number) =>
    n(count, 'stream or queue cannot be read', 'streams or queues cannot be read'),
  sensorsSilent: (count: number) => n(count, 'sensor is silent', 'sensors are silent'),
  silentSince: (time: string) => `Quiet for longer than usual. Last line ${time}.`,
  refused: (count: number) => n(count, 'rule could not be compiled', 'rules could not be compiled'),
  breaker: (count: number) =>
    n(
      count,
      'rule stopped itself because it flooded',
      'rules stopped themselves because they flooded',
    ),
  unknown: (share: string) => `${share} of lines fit no parser. They are kept and searchable.`,
  events: 'Events',
  last24h: 'Last 24 hours',
  rate: 'Events a second, now',
  total: 'Stored in all',
  stored: 'On disk',
  storedOf: (stored: string, raw: string) => `${stored} for ${raw} of log lines`,
  hourly: 'Events of each hour, last 24 hours',
  sources: 'Sources',
  rules: 'Active rules',
  empty: 'No log has arrived yet',
  emptyHow:
    'Send logs to this station in any of these ways. What arrives shows here within seconds.',
  syslog: 'Syslog, UDP or TCP',
  syslogTls: 'Syslog over TLS',
  http: 'HTTP, JSON lines or Splunk HEC',
  flows: 'NetFlow, IPFIX or sFlow over UDP',
  inbox: 'Drop files into the folder',
  off: 'Switched off',
  hour: 'Hour',
  hoursAgo: (hours: number) => (hours === 0 ? 'this hour' : `${n(hours, 'hour', 'hours')} ago`),
}
