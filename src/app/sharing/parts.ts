// What sharing is made of at a station: what it is opened with, what its parts know of each other, what others know of it.

import type { Clock, Settings } from '../../core/index.ts'
import type { History, Searches } from '../../detect/index.ts'
import type { Evidence } from '../../evidence/index.ts'
import type { Readiness } from '../../model/index.ts'
import type { Networks } from '../../networks/index.ts'
import type { Station } from '../../server/index.ts'
import type { ContentDesk, Member, RunningHub, StationKey } from '../../share/index.ts'
import type { Core } from '../core.ts'
import type { AuditTools } from '../devices/audit-tools.ts'
import type { Tell } from './notices.ts'
import type { EvidenceWitnessing } from './witness.ts'

export type Sharing = {
  readonly service: Station['share']
  readonly notices: Station['notices']
  /** Ways out for what the station says of itself. */
  readonly tell: Tell
  readonly campaigns: Station['campaigns']
  readonly witnessing: EvidenceWitnessing
  /** Where members reach this hub; null for a station that is none. */
  readonly address: string | null
  /** From now on hubs may be told of it. */
  readonly readinessFrom: (view: () => Promise<Readiness>) => void
  /** Something may go to hubs now. */
  readonly nudge: () => void
  readonly close: () => Promise<void>
}

export type SharingOptions = {
  readonly core: Core
  readonly evidence: Evidence
  readonly searches: Searches
  readonly history: History
  /** What configurations are read and checked with. */
  readonly auditTools: () => AuditTools
  readonly networks: Networks
  readonly settings: Settings
  readonly clock: Clock
  readonly onTrouble: (cause: unknown) => void
}

export type SharingParts = SharingOptions & {
  readonly key: StationKey
  readonly hub: RunningHub | undefined
  readonly member: Member
  readonly desk: StationDesk
}

export type StationDesk = ContentDesk & { readonly close: () => void }
