// Columns of the assets.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Asset } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import { textColumn } from '../../parts/text-column.ts'

type Words = RoomWords['exposure']

export function useAssetColumns(): readonly GridColumn<Asset>[] {
  const words = useRoomWords().exposure
  const format = useFormat()
  return useMemo(
    () => [
      ...names(words),
      {
        id: 'overdue',
        heading: words.assets.columns.overdue,
        width: 5.5,
        text: ({ overdue }) => format.number(overdue),
        cell: ({ overdue }) => (
          <StateMark tone={overdue > 0 ? 'bad' : 'none'}>{format.number(overdue)}</StateMark>
        ),
      },
      textColumn({
        id: 'open',
        heading: words.assets.columns.open,
        width: 5,
        isNumber: true,
        text: ({ open }) => format.number(open),
      }),
      ...places(words),
      textColumn({
        id: 'lastSeen',
        heading: words.assets.columns.lastSeen,
        width: 6.5,
        text: ({ lastSeen }) => dayOf(lastSeen),
      }),
    ],
    [words, format],
  )
}

function names({ assets: { columns } }: Words): readonly GridColumn<Asset>[] {
  return [
    {
      id: 'name',
      heading: columns.name,
      text: ({ name }) => name,
      cell: ({ id, name }, tab) => (
        <Link to="/exposure/assets" search={(before) => ({ ...before, asset: id })} tabIndex={tab}>
          {name}
        </Link>
      ),
    },
    textColumn({
      id: 'owner',
      heading: columns.owner,
      width: 8,
      text: ({ owner }) => owner || '–',
    }),
  ]
}

function places({ assets, facings }: Words): readonly GridColumn<Asset>[] {
  const { columns, zones, impacts } = assets
  return [
    textColumn({
      id: 'facing',
      heading: columns.facing,
      width: 9,
      text: ({ facing }) => facings[facing],
    }),
    textColumn({
      id: 'zone',
      heading: columns.zone,
      width: 5.5,
      text: ({ zone }) => (zone === '' ? '–' : zones[zone]),
    }),
    textColumn({
      id: 'criticality',
      heading: columns.criticality,
      width: 7,
      text: ({ criticality }) => (criticality === '' ? '–' : impacts[criticality]),
    }),
    textColumn({
      id: 'supportEnds',
      heading: columns.supportEnds,
      width: 7.5,
      text: ({ supportEnds }) => supportEnds ?? '–',
    }),
  ]
}
