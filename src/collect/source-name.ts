// What a source's name says: `syslog/192.0.2.10` came to this station, `north:syslog/192.0.2.10` through its sensor `north`.

const NAME = /^(?:([a-z0-9-]{1,40}):)?([a-z]+)\//

/** `syslog`, `http`, `flow`, `cloud`, `queue`, `file` or `inbox`. */
export function kindOf(source: string): string {
  return NAME.exec(source)?.[2] ?? 'file'
}

/** The sensor that the source's lines came through; null for what came here directly. */
export function sensorOf(source: string): string | null {
  return NAME.exec(source)?.[1] ?? null
}

const SENDERS: ReadonlySet<string> = new Set(['syslog', 'http', 'flow', 'cloud', 'queue'])

/** Whether sources of a kind send by themselves, and so can fall silent; files are read once. */
export function isSender(kind: string): boolean {
  return SENDERS.has(kind)
}
