// In: syslog over UDP, TCP and TLS, as devices really send it. Out: framed lines in the Intake.
// A peer that sends faster than the disk takes waits (TCP, TLS) or is counted as dropped (UDP).
// Never: reads what a line says.

export { makeCertificate } from './certificate.ts'
export type { Certificate } from './certificate.ts'
export { MAX_MESSAGE_BYTES, MAX_UNENDED_BYTES, SyslogFramer } from './framer.ts'
export type { FrameSink } from './framer.ts'
export { startSyslog } from './start-syslog.ts'
export type { SyslogAddresses, SyslogOptions, SyslogService } from './start-syslog.ts'
export type { SyslogCounters } from './counters.ts'
export type { SyslogEvent, SyslogTransport } from './syslog-event.ts'
