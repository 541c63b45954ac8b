// Columns of the devices.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { makeName } from '../../../../src/words/make-name.ts'
import type { Device } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import { textColumn } from '../../parts/text-column.ts'

type Words = RoomWords['devices']

export function useDeviceColumns(): readonly GridColumn<Device>[] {
  const words = useRoomWords().devices
  const format = useFormat()
  return useMemo(() => [...names(words, format), ...figures(words, format)], [words, format])
}

function names({ columns, unknownMake }: Words, format: Format): readonly GridColumn<Device>[] {
  return [
    {
      id: 'name',
      heading: columns.name,
      text: ({ name }) => name,
      cell: ({ id, name }, tab) => (
        <Link to="/devices" search={(before) => ({ ...before, device: id })} tabIndex={tab}>
          {name}
        </Link>
      ),
    },
    {
      id: 'unauthorised',
      heading: columns.unauthorised,
      width: 7,
      text: ({ unauthorised }) => format.number(unauthorised),
      cell: ({ unauthorised }) => (
        <StateMark tone={unauthorised > 0 ? 'bad' : 'none'}>
          {format.number(unauthorised)}
        </StateMark>
      ),
    },
    textColumn({
      id: 'make',
      heading: columns.make,
      width: 13,
      text: ({ vendor, title }) => makeOf(vendor, title) || unknownMake,
    }),
  ]
}

/** A title that begins with the maker's name says it already. */
export function makeOf(vendor: string, title: string): string {
  return makeName({ vendor, title })
}

function figures({ columns }: Words, format: Format): readonly GridColumn<Device>[] {
  return [
    textColumn({
      id: 'changed',
      heading: columns.changed,
      width: 10,
      text: ({ changed }) => (changed === null ? '–' : format.time(changed)),
    }),
    textColumn({
      id: 'lastSeen',
      heading: columns.lastSeen,
      width: 10,
      text: ({ lastSeen }) => format.time(lastSeen),
    }),
    textColumn({
      id: 'hardening',
      heading: columns.hardening,
      width: 6.5,
      isNumber: true,
      text: ({ hardening }) => format.number(hardening),
    }),
    textColumn({
      id: 'understood',
      heading: columns.understood,
      width: 7,
      isNumber: true,
      text: ({ understood, significant }) =>
        significant === 0 ? '–' : format.percent(understood / significant),
    }),
  ]
}
