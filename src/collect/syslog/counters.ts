// What the syslog listeners count since they started.

import type { DropCounters } from '../udp/datagram-room.ts'

export type StreamCounters = {
  connections: number
  accepted: number
  messages: number
  bytes: number
  /** Pieces of lines longer than the limit. */
  cut: number
  /** Octet counts that led nowhere; the message was framed without them. */
  wrongCounts: number
  runaways: number
  refused: number
  failedHandshakes: number
}

export type DatagramCounters = DropCounters & {
  messages: number
  bytes: number
  /** Datagrams of exactly 1,024 or 2,048 bytes: sizes at which devices cut their messages. */
  likelyTruncated: number
  /** Dropped by the kernel before they reached us; null where the system does not say. */
  droppedByKernel: number | null
}

export type SyslogCounters = {
  readonly udp: Readonly<DatagramCounters>
  readonly tcp: Readonly<StreamCounters>
  readonly tls: Readonly<StreamCounters>
}

export function newStreamCounters(): StreamCounters {
  return {
    connections: 0,
    accepted: 0,
    messages: 0,
    bytes: 0,
    cut: 0,
    wrongCounts: 0,
    runaways: 0,
    refused: 0,
    failedHandshakes: 0,
  }
}

export function newDatagramCounters(): DatagramCounters {
  return {
    messages: 0,
    bytes: 0,
    likelyTruncated: 0,
    dropped: 0,
    droppedFrom: new Map(),
    droppedByKernel: null,
  }
}
