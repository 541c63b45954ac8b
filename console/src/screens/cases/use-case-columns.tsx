// Columns of the cases.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Case } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useRoomWords, useWords } from '../../language.ts'
import type { ConsoleWords, RoomWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { Severity } from '../../parts/severity.tsx'
import { textColumn } from '../../parts/text-column.ts'
import { CaseStateMark } from './case-state.tsx'

type Words = RoomWords['cases']

export function useCaseColumns(): readonly GridColumn<Case>[] {
  const words = useWords()
  const rooms = useRoomWords()
  const format = useFormat()
  return useMemo(
    () => [...what(rooms.cases, words.severity), ...whereItStands(rooms.cases, format)],
    [words, format],
  )
}

function what(
  { columns, states }: Words,
  severities: ConsoleWords['severity'],
): readonly GridColumn<Case>[] {
  return [
    textColumn({
      id: 'number',
      heading: columns.number,
      width: 5,
      isNumber: true,
      text: ({ number }) => String(number),
    }),
    {
      id: 'title',
      heading: columns.title,
      text: ({ title }) => title,
      cell: ({ number, title }, tab) => (
        <Link to="/cases" search={(before) => ({ ...before, case: String(number) })} tabIndex={tab}>
          {title}
        </Link>
      ),
    },
    {
      id: 'state',
      heading: columns.state,
      width: 8,
      text: ({ state }) => states[state],
      cell: ({ state }) => <CaseStateMark is={state} />,
    },
    {
      id: 'severity',
      heading: columns.severity,
      width: 7,
      text: ({ severity }) => severities[severity],
      cell: ({ severity }) => <Severity is={severity} />,
    },
  ]
}

function whereItStands({ columns, late }: Words, format: Format): readonly GridColumn<Case>[] {
  return [
    textColumn({
      id: 'alerts',
      heading: columns.alerts,
      width: 5,
      isNumber: true,
      text: ({ alerts }) => format.number(alerts),
    }),
    textColumn({
      id: 'tasks',
      heading: columns.tasks,
      width: 10,
      text: ({ openTasks, lateTasks }) =>
        `${format.number(openTasks)}${lateTasks > 0 ? ` (${late(lateTasks)})` : ''}`,
    }),
    textColumn({ id: 'lead', heading: columns.lead, width: 9, text: ({ lead }) => lead || '–' }),
    textColumn({
      id: 'opened',
      heading: columns.opened,
      width: 10,
      text: ({ opened }) => format.time(opened),
    }),
  ]
}
