// What a feed gives, entry by entry, and its own date.

import type { FeedKind } from '../../model/index.ts'
import type { Ssvc } from '../deadlines/estimate.ts'
import type { Criterion } from './criterion.ts'

/** What one entry says of one vulnerability; what it does not say stays as it was. */
export type Told = {
  readonly id: string
  readonly title?: string | undefined
  readonly kev?:
    | {
        readonly added: string
        readonly due?: string | undefined
        readonly ransomware: boolean
        readonly action: string
      }
    | undefined
  readonly ssvc?: Ssvc | undefined
  readonly vector?: string | undefined
  readonly score?: number | undefined
  readonly epss?: number | undefined
  readonly percentile?: number | undefined
  readonly dated?: string | undefined
  /** By the source that says it; the earlier ones of that source go. */
  readonly criteria?: { readonly source: string; readonly list: readonly Criterion[] } | undefined
}

export type SupportCycle = {
  readonly product: string
  readonly cycle: string
  readonly ends: string | null
  readonly released: string | null
  readonly latest: string
}

export type Loaded = {
  /** Under which its date is kept: `CISA KEV`, `CVE records`, the name of a supplier. */
  readonly name: string
  readonly kind: FeedKind
  /** ISO 8601, as its author dated it. */
  readonly dated: string
  /** The whole list: what it no longer names ends. */
  readonly isWhole: boolean
  readonly told: readonly Told[]
  /** How many entries it says it has, where it does. */
  readonly said?: number | undefined
  /** Vulnerabilities that it names in entries that cannot be used: they do not end by that. */
  readonly unread?: readonly string[]
  readonly support: readonly SupportCycle[]
  readonly refused: number
  readonly problems: readonly { readonly kind: 'entry' | 'csaf'; readonly detail: string }[]
}
