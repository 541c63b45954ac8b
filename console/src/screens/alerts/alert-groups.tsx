// Alerts by rule: one row each, one click to its alerts.

import { Link, getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { RefObject } from 'react'
import type { AlertGroup } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useKeys } from '../../keys.ts'
import { useSide, useWords } from '../../language.ts'
import type { ConsoleWords } from '../../language.ts'
import type { GridColumn, GridHandle } from '../../parts/grid-props.ts'
import { Grid } from '../../parts/grid.tsx'
import { Severity } from '../../parts/severity.tsx'
import { NoAlerts } from './no-alerts.tsx'

const route = getRouteApi('/alerts')
const keyOf = ({ rule }: AlertGroup): string => rule

type Props = { groups: readonly AlertGroup[]; grid: RefObject<GridHandle | null> }

export function AlertGroups({ groups, grid }: Props) {
  const words = useWords().alerts
  const columns = useGroupColumns()
  const navigate = route.useNavigate()
  const open = (): void => {
    const rule = grid.current?.activeKey()
    if (rule) void navigate({ search: (before) => ({ ...before, rule }) })
  }
  useKeys([
    { keys: 'j', label: words.keys.next, run: () => grid.current?.step(1) },
    { keys: 'k', label: words.keys.previous, run: () => grid.current?.step(-1) },
    { keys: 'Enter', label: words.keys.open, run: open },
  ])
  if (groups.length === 0) return <NoAlerts />
  return <Grid label={words.groups} columns={columns} rows={groups} rowKey={keyOf} ref={grid} />
}

function useGroupColumns(): readonly GridColumn<AlertGroup>[] {
  const { columns } = useWords().alerts
  const side = useSide()
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'severity',
        heading: columns.severity,
        width: 7,
        cell: ({ severity }) => <Severity is={severity} />,
      },
      {
        id: 'title',
        heading: columns.rule,
        cell: ({ rule, title }, tab) => (
          <Link to="/alerts" search={(before) => ({ ...before, rule })} tabIndex={tab}>
            {side(title)}
          </Link>
        ),
      },
      ...figures(columns, format),
    ],
    [columns, side, format],
  )
}

function figures(
  columns: ConsoleWords['alerts']['columns'],
  { number, time, zone }: Format,
): readonly GridColumn<AlertGroup>[] {
  const counts = { width: 6.5, isNumber: true }
  return [
    { id: 'alerts', heading: columns.alerts, ...counts, cell: ({ alerts }) => number(alerts) },
    { id: 'events', heading: columns.count, ...counts, cell: ({ events }) => number(events) },
    {
      id: 'first',
      heading: columns.firstSeen(zone),
      width: 10.5,
      cell: (one) => time(one.firstSeen),
    },
    { id: 'last', heading: columns.lastSeen(zone), width: 10.5, cell: (one) => time(one.lastSeen) },
  ]
}
