// What the command line says.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const cli = {
  brief: 'The lookout: collect logs, find intruders, tell each other.',
  up: {
    brief: 'Receive logs, watch them, and serve the console',
    ready: (seconds: string) => `Vigie is watching (ready in ${seconds} s).`,
    console: (url: string) => `  Console        ${url}`,
    consoleHint:
      '                 The address signs you in once. A new one is printed at each start.',
    syslog: (address: string) => `  Send syslog    ${address}  (UDP and TCP)`,
    syslogTls: (address: string) => `                 ${address}  (TLS)`,
    http: (url: string) => `  Send by HTTP   ${url}  (token in data/keys/intake-token)`,
    inbox: (folder: string) => `  Drop files     ${folder}`,
    rules: (active: number, refused: number) =>
      `  Rules          ${n(active, 'rule watches', 'rules watch')}${refused === 0 ? '' : `, ${refused} cannot be used (see the Rules screen)`}`,
    next: '  Next           Point a firewall at the syslog address, or drop a log file into the folder, then open the console.',
    stop: 'Ctrl-C stops it. What was received is kept.',
    stopping: 'Stopping: putting what was received on disk…',
    stopped: 'Stopped.',
    recovered: (lines: number) =>
      `${n(lines, 'line', 'lines')} left by the last run are being stored.`,
    quarantined: (bytes: number, file: string) =>
      `${bytes} bytes of the spool could not be trusted and are kept in ${file}.`,
    trouble: (sentence: string) => `Intake waits: ${sentence}`,
    troubleOver: 'Intake goes on.',
  },
  scan: {
    brief: 'Read logs from files and folders, and report what they show',
    nothing: 'Give at least one file or folder: vigie scan PATH…',
    progress: (done: string, total: string, rate: string, left: string) =>
      `${done} of ${total}, ${rate} events/s, ${left} left`,
    read: (lines: number, files: number, size: string, seconds: string) =>
      `Read ${n(lines, 'event', 'events')} from ${n(files, 'file', 'files')} (${size}) in ${seconds} s.`,
    noFindings: 'No rule found anything. That is not proof of absence: see what was read, below.',
    findings: (alerts: number, events: number) =>
      `${n(alerts, 'alert', 'alerts')} on ${n(events, 'event', 'events')}:`,
    entities: 'Most concerned:',
    timeline: 'First and last:',
    formats: 'Read as:',
    unknown: 'not recognised (kept, searchable)',
    problems: 'Could not be read:',
    wrote: (file: string) => `Wrote ${file}`,
    kept: (folder: string) =>
      `Kept the store in ${folder}. Open it with: vigie up --data ${folder}`,
  },
  hunt: { brief: 'Search the events of a running station' },
  alerts: { brief: 'List or change alerts of a running station', none: 'No alerts.' },
  sources: {
    brief: 'List the sources of a running station',
    none: 'No source has sent anything yet.',
  },
  severity: {
    critical: 'critical',
    high: 'high',
    medium: 'medium',
    low: 'low',
    informational: 'informational',
  },
}
