// Columns of the changes.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { DeviceChange } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useRoomWords, useWords } from '../../language.ts'
import type { ConsoleWords, RoomWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { Severity } from '../../parts/severity.tsx'
import { textColumn } from '../../parts/text-column.ts'
import { ChangeStateMark } from './change-state.tsx'

type Words = RoomWords['devices']

export function useChangeColumns(): readonly GridColumn<DeviceChange>[] {
  const words = useWords()
  const rooms = useRoomWords()
  const format = useFormat()
  return useMemo(
    () => [...what(rooms.devices, words.severity), ...when(rooms.devices, format)],
    [words, format],
  )
}

function what(
  { changes: { columns, states }, steps }: Words,
  severities: ConsoleWords['severity'],
): readonly GridColumn<DeviceChange>[] {
  const known: Readonly<Record<string, string>> = steps
  return [
    {
      id: 'device',
      heading: columns.device,
      text: ({ deviceName }) => deviceName,
      cell: ({ id, deviceName }, tab) => (
        <Link to="/devices/changes" search={(before) => ({ ...before, change: id })} tabIndex={tab}>
          {deviceName}
        </Link>
      ),
    },
    {
      id: 'state',
      heading: columns.state,
      width: 11,
      text: ({ state }) => states[state],
      cell: ({ state }) => <ChangeStateMark is={state} />,
    },
    {
      id: 'severity',
      heading: columns.severity,
      width: 7,
      text: ({ severity }) => (severity === null ? '' : severities[severity]),
      cell: ({ severity }) => (severity === null ? '–' : <Severity is={severity} />),
    },
    textColumn({
      id: 'steps',
      heading: columns.steps,
      width: 14,
      text: ({ incident }) => incident.map((step) => known[step] ?? step).join(', '),
    }),
  ]
}

function when(
  { changes: { columns } }: Words,
  format: Format,
): readonly GridColumn<DeviceChange>[] {
  return [
    textColumn({
      id: 'count',
      heading: columns.count,
      width: 6.5,
      isNumber: true,
      text: ({ changeCount }) => format.number(changeCount),
    }),
    textColumn({
      id: 'found',
      heading: columns.found,
      width: 10,
      text: ({ before }) => format.time(before),
    }),
    textColumn({
      id: 'who',
      heading: columns.who,
      width: 10,
      text: ({ who }) => who.join(', ') || '–',
    }),
    textColumn({
      id: 'record',
      heading: columns.record,
      width: 9,
      text: ({ record }) => record?.recordedBy ?? '–',
    }),
  ]
}
