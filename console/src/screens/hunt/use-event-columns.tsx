// The event table's columns as the address names them.

import { useMemo } from 'react'
import type { EventRow } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { Icon } from '../../parts/icon.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { eventKey } from './event-key.ts'
import { widthOf } from './hunt-columns.ts'
import type { HuntProps } from './use-hunt.ts'

type Given = HuntProps & { columns: readonly string[]; unfold: (key: string) => void }

export function useEventColumns(given: Given): readonly GridColumn<EventRow>[] {
  const { expand } = useWords().hunt
  const format = useFormat()
  const { columns, state, unfold } = given
  const { isSql, search } = state
  return useMemo(() => {
    if (isSql)
      return columns.map((name) => ({ ...shape(name), heading: name, cell: (row) => row[name] }))
    const first: GridColumn<EventRow> = {
      id: 'unfold',
      heading: <span className="unseen">{expand}</span>,
      width: 2.75,
      cell: (row, tab) => <Unfold row={row} tab={tab} open={search.event} unfold={unfold} />,
    }
    return [first, ...columns.map((name) => fieldColumn(name, format, state))]
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- state is new on each render; what matters of it is its search
  }, [columns, isSql, search, expand, format])
}

/** In rem: some forty letters. */
const LEAST_OF_TEXT = 24

function shape(name: string): Pick<GridColumn<EventRow>, 'id' | 'isMono' | 'width' | 'least'> {
  const width = widthOf(name)
  return { id: name, isMono: true, ...(width === undefined ? { least: LEAST_OF_TEXT } : { width }) }
}

function fieldColumn(name: string, format: Format, state: Given['state']): GridColumn<EventRow> {
  const isTime = name === 'time' || name === 'received'
  return {
    ...shape(name),
    heading: <ColumnMenu name={name} state={state} />,
    cell: (row) => (isTime ? format.timeMs(row[name] ?? '') : row[name]),
  }
}

type UnfoldProps = {
  row: EventRow
  tab: 0 | -1
  open: string | undefined
  unfold: (key: string) => void
}

function Unfold({ row, tab, open, unfold }: UnfoldProps) {
  const words = useWords().hunt
  const key = eventKey(row)
  const isOpen = open === key
  return (
    <button
      type="button"
      className="bare small"
      tabIndex={tab}
      aria-expanded={isOpen}
      onClick={() => unfold(key)}
    >
      <Icon name={isOpen ? 'opened' : 'open'} />
      <span className="unseen">{isOpen ? words.collapse : words.expand}</span>
    </button>
  )
}
