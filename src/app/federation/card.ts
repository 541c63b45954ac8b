// What an exercise of the federation is asked for, and its score card.

import type { Tried } from './liar.ts'

export const FEDERATION_STEPS = [
  'started',
  'joined',
  'received',
  'sighted',
  'above',
  'campaign',
  'told',
  'acknowledged',
  'chain',
  'cut off',
  'caught up',
  'matched blindly',
] as const
export type FederationStep = (typeof FEDERATION_STEPS)[number]

export type FederationCard = {
  readonly version: string
  readonly stations: number
  readonly hubs: number
  readonly seconds: number
  /** Resident memory when all run, MiB; null where the system does not say. */
  readonly memoryMib: { readonly all: number; readonly most: number } | null
  readonly steps: readonly {
    readonly step: FederationStep
    /** Since what comes before it; null = not seen to be so. */
    readonly seconds: number | null
    readonly mostSeconds: number
    readonly isSo: boolean
  }[]
  readonly misdeeds: readonly Tried[]
  readonly isSo: boolean
}

export type FederationOptions = {
  /** At least 4: two that meet the indicator, one cut off, one whose key is taken. */
  readonly stations: number
  readonly hubs: number
  readonly engineMemoryMib: number
  readonly onStep: (step: FederationStep) => void
  readonly signal: AbortSignal
}
