// Columns of the advisories.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Advisory } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import { textColumn } from '../../parts/text-column.ts'
import { dueColumns } from './due-columns.tsx'

type Words = RoomWords['exposure']

export function useAdvisoryColumns(): readonly GridColumn<Advisory>[] {
  const words = useRoomWords().exposure
  const format = useFormat()
  return useMemo(
    () => [...dueColumns<Advisory>(words, standingOf), ...what(words), ...figures(words, format)],
    [words, format],
  )
}

/** Where nobody can decide yet, or everybody may wait, that goes before the date. */
const standingOf = ({ unsure, excepted, assets }: Advisory) => ({
  isUnsure: unsure >= assets,
  isExcepted: excepted >= assets,
})

function what({ columns, yes, no }: Words): readonly GridColumn<Advisory>[] {
  return [
    {
      id: 'advisory',
      heading: columns.advisory,
      width: 9,
      text: ({ vulnerability }) => vulnerability,
      cell: ({ vulnerability }, tab) => (
        <Link
          to="/exposure"
          search={(before) => ({ ...before, advisory: vulnerability })}
          tabIndex={tab}
        >
          {vulnerability}
        </Link>
      ),
    },
    textColumn({
      id: 'title',
      heading: columns.title,
      text: ({ title, products }) => [products.join(', '), title].filter(Boolean).join(': '),
    }),
    {
      id: 'exploited',
      heading: columns.exploited,
      width: 5.5,
      text: ({ exploited }) => (exploited ? yes : no),
      cell: ({ exploited }) => (
        <StateMark tone={exploited ? 'bad' : 'none'}>{exploited ? yes : no}</StateMark>
      ),
    },
  ]
}

function figures({ columns, tiers }: Words, format: Format): readonly GridColumn<Advisory>[] {
  const number = (
    id: 'epss' | 'score' | 'assets' | 'facing',
    text: (one: Advisory) => string,
  ): GridColumn<Advisory> =>
    textColumn({ id, heading: columns[id], width: 4.25, isNumber: true, text })
  return [
    number('epss', ({ epss }) => (epss === null ? '–' : format.percent(epss))),
    number('score', ({ score }) => (score === null ? '–' : format.rate(score))),
    number('assets', ({ assets }) => format.number(assets)),
    number('facing', ({ internetFacing }) => format.number(internetFacing)),
    textColumn({ id: 'tier', heading: columns.tier, width: 8, text: ({ tier }) => tiers[tier] }),
  ]
}
