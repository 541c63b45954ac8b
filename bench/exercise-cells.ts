// Totals of an exercise as cells of a table.

import type { Totals } from '../src/exercise/index.ts'

export const CELL_HEADS = [
  'campaigns found',
  'median hours to the first alert',
  'steps told',
  'met below the budget',
  'alerts a day',
  'false a day',
  'false a quiet day',
  'precision',
] as const

export function cellsOf(totals: Totals): readonly (string | number)[] {
  const share = (value: number | null) => (value === null ? '–' : value.toFixed(2))
  return [
    `${totals.found} of ${totals.played}`,
    totals.medianHours ?? 'most never',
    `${totals.stepsTold} of ${totals.steps}`,
    totals.stepsFound,
    share(totals.alertsADay),
    share(totals.falseADay),
    share(totals.falseAQuietDay),
    share(totals.precision),
  ]
}

export function tableRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`
}
