// Columns of the rule table.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Rule } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import type { ConsoleWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { Severity } from '../../parts/severity.tsx'
import styles from './rules.module.css'

export function useRuleColumns(): readonly GridColumn<Rule>[] {
  const words = useWords().rules
  const side = useSide()
  const format = useFormat()
  return useMemo(
    () => [...what(words, side), ...figures(words, format), ...scope(words)],
    [words, side, format],
  )
}

type Words = ConsoleWords['rules']

function what(
  { columns, states }: Words,
  side: ReturnType<typeof useSide>,
): readonly GridColumn<Rule>[] {
  return [
    {
      id: 'severity',
      heading: columns.severity,
      width: 6.5,
      cell: ({ severity }) => <Severity is={severity} />,
    },
    {
      id: 'title',
      heading: columns.title,
      cell: ({ id, title }, tab) => (
        <Link to="/rules" search={(before) => ({ ...before, rule: id })} tabIndex={tab}>
          {side(title)}
        </Link>
      ),
    },
    {
      id: 'state',
      heading: columns.state,
      width: 7.5,
      cell: ({ state }) => <span className={styles[state]}>{states[state]}</span>,
    },
  ]
}

function figures({ columns }: Words, format: Format): readonly GridColumn<Rule>[] {
  return [
    {
      id: 'hits24h',
      heading: columns.hits24h,
      width: 5.5,
      isNumber: true,
      cell: ({ hits24h }) => format.number(hits24h),
    },
    {
      id: 'hits',
      heading: columns.hits,
      width: 4.5,
      isNumber: true,
      cell: ({ hits }) => format.number(hits),
    },
    {
      id: 'lastHit',
      heading: columns.lastHit(format.zone),
      width: 10.5,
      cell: ({ lastHit }) => (lastHit === null ? '–' : format.time(lastHit)),
    },
    {
      id: 'cost',
      heading: columns.cost,
      width: 7,
      isNumber: true,
      cell: ({ cost }) => (cost === null ? '–' : format.rate(cost)),
    },
  ]
}

function scope({ columns }: Words): readonly GridColumn<Rule>[] {
  return [
    {
      id: 'logsource',
      heading: columns.logsource,
      width: 9.5,
      isMono: true,
      cell: ({ logsource }) => logsource,
    },
    {
      id: 'attack',
      heading: columns.attack,
      width: 6,
      isMono: true,
      cell: ({ attack }) => attack.join(' '),
    },
  ]
}
