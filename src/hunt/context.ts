// What every question needs: the lane it is asked on, its limits, the clock.

import type { Clock } from '../core/index.ts'
import type { FieldsOf } from '../model/index.ts'
import type { EngineLane, QueryCost } from '../store/index.ts'
import type { Density } from './density.ts'
import type { HuntLimits } from './hunt-limits.ts'

export type HuntContext = {
  readonly lane: EngineLane
  /**
   * SQL that reads the vendor's fields of an event from its line; absent where the table has a column `fields`. It stands
   * in the statements that ask for them alone: planning it takes far longer than most questions.
   */
  readonly fields: FieldsOf | undefined
  readonly limits: HuntLimits
  readonly clock: Clock
  readonly density: Density
}

export const NO_COST: QueryCost = { rowsRead: 0, bytesRead: 0, engineMs: 0 }

export function addCost(a: QueryCost, b: QueryCost): QueryCost {
  return {
    rowsRead: a.rowsRead + b.rowsRead,
    bytesRead: a.bytesRead + b.bytesRead,
    engineMs: a.engineMs + b.engineMs,
  }
}
