// Columns of what to patch.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Patch } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import { textColumn } from '../../parts/text-column.ts'
import { dueColumns } from './due-columns.tsx'

type Words = RoomWords['exposure']

export const keyOfPatch = ({ product, action }: Patch): string => `${action} ${product}`

export function usePatchColumns(): readonly GridColumn<Patch>[] {
  const words = useRoomWords().exposure
  const format = useFormat()
  return useMemo(
    () => [...dueColumns<Patch>(words), ...what(words), ...figures(words, format)],
    [words, format],
  )
}

function what({ columns, patches, actions, yes, no }: Words): readonly GridColumn<Patch>[] {
  return [
    {
      id: 'product',
      heading: patches.what,
      text: (one) => `${actions[one.action]} ${one.product}`,
      cell: (one, tab) => (
        <Link
          to="/exposure/week"
          search={(before) => ({ ...before, patch: keyOfPatch(one) })}
          tabIndex={tab}
        >
          {`${actions[one.action]}${patches.colon} ${one.product}`}
        </Link>
      ),
    },
    textColumn({
      id: 'places',
      heading: patches.places,
      width: 14,
      text: ({ places }) => places.map(({ name }) => name).join(', '),
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

function figures({ columns, patches, tiers }: Words, format: Format): readonly GridColumn<Patch>[] {
  return [
    textColumn({
      id: 'advisories',
      heading: patches.advisories,
      width: 4.25,
      isNumber: true,
      text: ({ advisories }) => format.number(advisories),
    }),
    textColumn({
      id: 'assets',
      heading: columns.assets,
      width: 4.25,
      isNumber: true,
      text: ({ assets }) => format.number(assets),
    }),
    textColumn({
      id: 'fixedIn',
      heading: patches.fixedIn,
      width: 7,
      text: ({ fixedIn }) => fixedIn.join(', ') || '–',
    }),
    textColumn({ id: 'tier', heading: columns.tier, width: 8, text: ({ tier }) => tiers[tier] }),
  ]
}
