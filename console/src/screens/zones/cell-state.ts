// What one cell of the matrix says, of all that the station knows of it.

import type { PairState } from '../../api-types.ts'
import type { Tone } from '../../parts/state-mark.tsx'

export type CellState = 'never' | 'beyond' | 'conditional' | 'unknown' | 'within' | 'blocked'

export const TONES: Readonly<Record<CellState, Tone>> = {
  never: 'bad',
  beyond: 'bad',
  conditional: 'partly',
  unknown: 'unknown',
  within: 'good',
  blocked: 'none',
}

export function cellState({ all, beyond, isSeenNever }: PairState): CellState {
  if (isSeenNever) return 'never'
  if (beyond === 'open') return 'beyond'
  if (beyond === 'conditional') return 'conditional'
  if (beyond === 'indeterminate' || all === 'indeterminate') return 'unknown'
  return all === 'blocked' ? 'blocked' : 'within'
}
