// What sharing asks of whoever keeps the log of evidence: the rooms do not know one another.

import type { WitnessAnswer, WitnessExchanged } from '../../model/index.ts'

export type WitnessPort = {
  /** Texts of this station's keys: of its log, and as a witness. */
  readonly log: string
  readonly witness: string
  /** Pins another's log to its key. False for another key under a name that is known, and for too many. */
  readonly enrol: (log: {
    readonly log: string
    readonly peer: string
    readonly organisation: string
    readonly most?: number
  }) => Promise<boolean>
  /** An add-checkpoint request of a log that this peer brought (C2SP tlog-witness). */
  readonly add: (peer: string, body: string) => Promise<WitnessAnswer>
  /** The newest note signed here of such a log, by SHA-256 (hex) of its origin. */
  readonly signed: (peer: string, originHash: string) => Promise<string | undefined>
  readonly meet: (peer: string, met: WitnessExchanged['witnesses']) => Promise<void>
  readonly requests: (
    peer: string,
  ) => Promise<readonly { readonly to: string; readonly isHub: boolean; readonly body: string }[]>
  readonly take: (peer: string, witness: string, answer: WitnessAnswer) => Promise<void>
}

export const WITNESS_PATHS = {
  exchange: '/vigie/witness',
  add: '/vigie/witness/add-checkpoint',
} as const

/** tlog-witness: the newest signed checkpoint of a log, by SHA-256 (hex) of its origin. */
export const SIGNED_PATH = /^\/vigie\/witness\/([0-9a-f]{64})\/checkpoint$/

/** By what name a hub keeps its own log's witnesses: they are its members. No peer can be called so. */
export const OWN_MEMBERS = ':members'
