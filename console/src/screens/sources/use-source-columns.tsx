// Columns of the source table.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Source } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useWords } from '../../language.ts'
import type { ConsoleWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { Sparkline } from '../../parts/sparkline.tsx'
import { ParserSelect } from './parser-select.tsx'
import styles from './sources.module.css'

export function useSourceColumns(sources: readonly Source[]): readonly GridColumn<Source>[] {
  const words = useWords()
  const format = useFormat()
  const parsers = [...new Set(sources.flatMap((one) => Object.keys(one.parsers)))]
    .toSorted()
    .join(' ')
  return useMemo(
    () => [
      ...identity(words),
      {
        id: 'hourly',
        heading: words.sources.columns.hourly,
        width: 6.5,
        cell: ({ name, hourly }) => (
          <Sparkline values={hourly} label={words.sources.hourlyOf(name)} />
        ),
      },
      ...figures(words, format),
      {
        id: 'kind',
        heading: words.sources.columns.kind,
        width: 5,
        cell: ({ kind }) => words.sources.kinds[kind],
      },
      {
        id: 'parser',
        heading: words.sources.columns.parser,
        width: 12,
        cell: (source, tab) => (
          <ParserSelect source={source} parsers={parsers.split(' ')} tab={tab} />
        ),
      },
    ],
    [words, format, parsers],
  )
}

function identity(words: ConsoleWords): readonly GridColumn<Source>[] {
  return [
    {
      id: 'name',
      heading: words.sources.columns.name,
      isMono: true,
      cell: ({ name }, tab) => (
        <Link to="/sources" search={{ source: name }} tabIndex={tab}>
          {name}
        </Link>
      ),
    },
    {
      id: 'state',
      heading: words.sources.columns.state,
      width: 5.5,
      cell: ({ silent, trouble }) => (
        <span className={silent || trouble !== null ? styles.silent : styles.talking}>
          {stateOf(words.sources, silent, trouble !== null)}
        </span>
      ),
    },
  ]
}

function stateOf(words: ConsoleWords['sources'], isSilent: boolean, isUnread: boolean): string {
  if (isUnread) return words.unread
  return isSilent ? words.silent : words.talking
}

function figures({ sources }: ConsoleWords, format: Format): readonly GridColumn<Source>[] {
  const { columns, notMeasured } = sources
  const number = (
    id: 'rate' | 'lag' | 'unknown' | 'partial' | 'dropped' | 'lines',
    cell: (source: Source) => string,
    width = 5.5,
  ): GridColumn<Source> => ({ id, heading: columns[id], width, isNumber: true, cell })
  const share = (part: number, of: number): string => (of === 0 ? '–' : format.percent(part / of))
  return [
    number('rate', ({ rate }) => format.rate(rate)),
    number('lag', ({ lagMs }) => (lagMs === null ? notMeasured : format.span(lagMs)), 7.5),
    number('unknown', ({ unknown, lines }) => share(unknown, lines)),
    number('partial', ({ partial, lines }) => share(partial, lines)),
    number('dropped', ({ dropped }) => format.number(dropped)),
    number('lines', ({ lines }) => format.number(lines), 6),
    {
      id: 'lastSeen',
      heading: columns.lastSeen(format.zone),
      width: 10.5,
      cell: ({ lastSeen }) => (lastSeen === null ? notMeasured : format.time(lastSeen)),
    },
  ]
}
