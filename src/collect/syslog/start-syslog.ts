// Opens the syslog listeners that were asked for, all or none.

import type { Intake } from '../intake.ts'
import { newDatagramCounters, newStreamCounters } from './counters.ts'
import type { SyslogCounters } from './counters.ts'
import { Gate } from './gate.ts'
import { listenTcp, listenTls } from './stream-listener.ts'
import type { StreamListener, TlsMaterial } from './stream-listener.ts'
import type { SyslogEvent } from './syslog-event.ts'
import { listenUdp } from './udp-listener.ts'
import type { UdpListener } from './udp-listener.ts'

export type SyslogOptions = {
  readonly intake: Intake
  readonly host: string
  /** 0 takes any free port; null leaves the listener out. */
  readonly udpPort: number | null
  readonly tcpPort: number | null
  readonly tlsPort: number | null
  /** Needed where `tlsPort` is not null. */
  readonly tls?: TlsMaterial
  /** As in `UdpOptions`. */
  readonly overrunBytes?: number
  readonly onEvent: (event: SyslogEvent) => void
}

export type SyslogAddresses = {
  readonly host: string
  readonly udp: number | null
  readonly tcp: number | null
  readonly tls: number | null
}

export type SyslogService = {
  /** The ports that are open. */
  readonly addresses: SyslogAddresses
  readonly counters: () => SyslogCounters
  /** Stops listening and ends every connection; what was received is in the intake. */
  readonly close: () => Promise<void>
}

type Open = { udp: UdpListener | null; tcp: StreamListener | null; tls: StreamListener | null }

/** Throws ADDRESS_IN_USE when a port is taken; nothing stays open then. */
export async function startSyslog(options: SyslogOptions): Promise<SyslogService> {
  const open: Open = { udp: null, tcp: null, tls: null }
  try {
    await openAll(open, options)
  } catch (thrown) {
    await closeAll(open)
    throw thrown
  }
  return {
    addresses: {
      host: options.host,
      udp: open.udp?.port ?? null,
      tcp: open.tcp?.port ?? null,
      tls: open.tls?.port ?? null,
    },
    counters: () => ({
      udp: open.udp?.counters() ?? newDatagramCounters(),
      tcp: open.tcp?.counters() ?? newStreamCounters(),
      tls: open.tls?.counters() ?? newStreamCounters(),
    }),
    close: () => closeAll(open),
  }
}

async function openAll(open: Open, options: SyslogOptions): Promise<void> {
  const { intake, host, onEvent, udpPort, tcpPort, tlsPort, tls, overrunBytes } = options
  if (udpPort !== null) {
    const more = overrunBytes === undefined ? {} : { overrunBytes }
    open.udp = await listenUdp({ intake, host, port: udpPort, onEvent, ...more })
  }
  const gate = new Gate(intake)
  if (tcpPort !== null) {
    const counters = newStreamCounters()
    open.tcp = await listenTcp({
      intake,
      gate,
      host,
      port: tcpPort,
      onEvent,
      counters,
      transport: 'tcp',
    })
  }
  if (tlsPort !== null && tls !== undefined) {
    const counters = newStreamCounters()
    open.tls = await listenTls(
      { intake, gate, host, port: tlsPort, onEvent, counters, transport: 'tls' },
      tls,
    )
  }
}

async function closeAll(open: Open): Promise<void> {
  await Promise.all([open.udp?.close(), open.tcp?.close(), open.tls?.close()])
}
