// What the syslog listeners report besides lines. `words` turns the kind into a sentence.

export type SyslogTransport = 'udp' | 'tcp' | 'tls'

export type SyslogEvent =
  /** A peer did not end its line within MAX_UNENDED_BYTES; its connection was closed. */
  | { readonly kind: 'runaway'; readonly transport: SyslogTransport; readonly source: string }
  | {
      readonly kind: 'connection_failed'
      readonly transport: SyslogTransport
      readonly source: string
      readonly reason: string
    }
  | { readonly kind: 'handshake_failed'; readonly source: string; readonly reason: string }
  /** More connections than allowed; the newest was refused. */
  | {
      readonly kind: 'too_many_connections'
      readonly transport: SyslogTransport
      readonly limit: number
    }
  /** First datagram dropped since the intake last had room. */
  | { readonly kind: 'datagrams_dropped'; readonly source: string }
  | {
      readonly kind: 'listener_failed'
      readonly transport: SyslogTransport
      readonly reason: string
    }
