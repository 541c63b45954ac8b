// Columns of the alert table.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Alert } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import type { ConsoleWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { Severity } from '../../parts/severity.tsx'

type Side = ReturnType<typeof useSide>

export function useAlertColumns(
  selected: ReadonlySet<string>,
  toggle: (id: string) => void,
): readonly GridColumn<Alert>[] {
  const words = useWords()
  const side = useSide()
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'select',
        heading: <span className="unseen">{words.alerts.columns.select}</span>,
        width: 2,
        cell: ({ id, title, entity }, tab) => (
          <input
            type="checkbox"
            tabIndex={tab}
            aria-label={words.alerts.selectAlert(side(title), entity)}
            checked={selected.has(id)}
            onChange={() => toggle(id)}
          />
        ),
      },
      ...what(words, side, format),
      ...figures(words, format),
    ],
    [words, side, format, selected, toggle],
  )
}

function what(
  { alerts, entity: kinds }: ConsoleWords,
  side: Side,
  format: Format,
): readonly GridColumn<Alert>[] {
  return [
    {
      id: 'severity',
      heading: alerts.columns.severity,
      width: 6.5,
      cell: ({ severity }) => <Severity is={severity} />,
    },
    {
      id: 'title',
      heading: alerts.columns.title,
      cell: ({ id, title, critical }, tab) => (
        <>
          {critical && !critical.acknowledged && (
            <strong
              title={alerts.critical(
                critical.band,
                critical.name,
                format.time(critical.acknowledgeBy),
              )}
            >
              {critical.band}{' '}
            </strong>
          )}
          <Link to="/alerts" search={(before) => ({ ...before, alert: id })} tabIndex={tab}>
            {side(title)}
          </Link>
        </>
      ),
    },
    {
      id: 'entity',
      heading: alerts.columns.entity,
      width: 14,
      cell: ({ entityKind, entity }) => (
        <>
          <span className="quiet">{kinds[entityKind]}</span> <span className="mono">{entity}</span>
        </>
      ),
    },
  ]
}

function figures(
  { alerts, state: states }: ConsoleWords,
  format: Format,
): readonly GridColumn<Alert>[] {
  const { columns } = alerts
  return [
    {
      id: 'count',
      heading: columns.count,
      width: 5.5,
      isNumber: true,
      cell: ({ count }) => format.number(count),
    },
    {
      id: 'first',
      heading: columns.firstSeen(format.zone),
      width: 11,
      cell: (alert) => format.time(alert.firstSeen),
    },
    {
      id: 'last',
      heading: columns.lastSeen(format.zone),
      width: 11,
      cell: (alert) => format.time(alert.lastSeen),
    },
    {
      id: 'assignee',
      heading: columns.assignee,
      width: 7,
      cell: ({ assignee }) => assignee ?? '–',
    },
    { id: 'state', heading: columns.state, width: 8.5, cell: ({ state }) => states[state] },
  ]
}
