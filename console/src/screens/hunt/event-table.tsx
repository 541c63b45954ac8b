// Events row by row. Enter or a click on a value opens what can be done with it; the first column unfolds the event.

import { useState } from 'react'
import type { ReactNode } from 'react'
import type { EventRow } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { Grid } from '../../parts/grid.tsx'
import { eventKey } from './event-key.ts'
import { EventView } from './event-view.tsx'
import styles from './hunt.module.css'
import { useEventColumns } from './use-event-columns.tsx'
import type { HuntProps } from './use-hunt.ts'
import { ValueMenu } from './value-menu.tsx'
import type { Chosen } from './value-menu.tsx'

type Props = HuntProps & {
  rows: readonly EventRow[]
  columns: readonly string[]
  more: ReactNode
  isBehind: boolean
}

export function EventTable({ rows, columns, state, more, isBehind }: Props) {
  const words = useWords().hunt
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const { event } = state.search
  const unfold = (key: string): void => state.set({ event: event === key ? undefined : key })
  const shown = useEventColumns({ columns, state, unfold })
  const rowOf = rows.find((row) => eventKey(row) === event)
  const onCell = (row: EventRow, field: string, element: HTMLElement): void => {
    const value = row[field] ?? ''
    if (field !== 'unfold') setChosen({ field, value, element, key: eventKey(row) })
  }
  return (
    <div className={isBehind ? styles.behind : styles.table}>
      <Grid
        label={words.results}
        columns={shown}
        rows={rows}
        rowKey={state.isSql ? sqlKey(rows) : eventKey}
        unfolded={
          event && rowOf
            ? { key: event, content: <EventView row={rowOf} state={state} /> }
            : undefined
        }
        onCell={onCell}
        foot={<div className={styles.more}>{more}</div>}
      />
      {chosen && (
        <ValueMenu chosen={chosen} state={state} unfold={unfold} close={() => setChosen(null)} />
      )}
    </div>
  )
}

/** Rows of a SELECT have no name of their own: their place is it. */
function sqlKey(rows: readonly EventRow[]): (row: EventRow) => string {
  const places = new Map(rows.map((row, index) => [row, String(index)]))
  return (row) => places.get(row) ?? ''
}
