// What a judging is asked with, and what it tells while it works.

import type { EngineLane, EngineSettings } from '../../store/index.ts'
import type { RuleSet } from './rule-set.ts'
import type { LoadedRule } from './rule.ts'
import type { SweepLimits } from './sweeps.ts'
import type { Unit } from './units.ts'

export type JudgeRequest = {
  readonly lane: EngineLane
  /** A table with the event's columns and `fields`. */
  readonly table: string
  readonly ruleSet: RuleSet
  /** Settings of the statements that read rows. */
  readonly settings?: EngineSettings
  /** Rules whose hits are not made findings, such as those that flood. */
  readonly isLeftOut?: (rule: string) => boolean
  /** A unit with fewer rules, where it is known that the others hold for no row of the table. */
  readonly narrow?: (unit: Unit) => Unit | undefined
  /** Which units are asked together. */
  readonly limits?: SweepLimits
  /** Told what the work took. */
  readonly meter?: JudgeMeter
  /** Takes hits of some rules before they are told. */
  readonly feed?: HitFeed
}

/** What correlations are made of: hits that another room takes where they stand. */
export type HitFeed = {
  readonly isFed: (rule: string) => boolean
  /** Whether the rule finds nothing itself. */
  readonly isMuted: (rule: string) => boolean
  readonly take: (hits: FedHits) => Promise<void>
}

export type FedHits = {
  readonly lane: EngineLane
  /** The rows judged. */
  readonly table: string
  readonly settings: EngineSettings
  /** One for each rule that may have met rows, and each way it may have. */
  readonly rules: readonly {
    readonly rule: LoadedRule
    /** SQL for `(batch, line)` of the rows that were met; a row may come twice. */
    readonly rows: string
  }[]
}

/** Where a judging's time went, in milliseconds as this process waited for them. */
export type JudgeMeter = {
  /** One scan of a unit's rows and the decision of its rules. */
  readonly unit: (unit: Unit, ms: number) => void
  /** The rows of hits fetched and told, by how many hits each rule had. */
  readonly findings: (hits: ReadonlyMap<string, number>, ms: number) => void
  /** The whole. */
  readonly judged: (rows: number, ms: number) => void
}
