// The event table's columns as the address names them.

import { useMemo } from 'react'
import type { EventRow } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { eventKey } from './event-table.tsx'
import { widthOf } from './hunt-columns.ts'
import type { HuntProps } from './hunt-screen.tsx'

type Given = HuntProps & { columns: readonly string[]; unfold: (key: string) => void }

export function useEventColumns({ columns, state, unfold }: Given): readonly GridColumn<EventRow>[] {
  const words = useWords().hunt
  const format = useFormat()
  const { isSql, search } = state
  return useMemo(() => {
    const fields = columns.map((name): GridColumn<EventRow> => {
      const width = widthOf(name)
      const isTime = !isSql && (name === 'time' || name === 'received')
      return {
        id: name,
        heading: isSql ? (
          name
        ) : (
          <ColumnMenu name={name} label={name === 'time' ? words.time(format.zone) : name} state={state} />
        ),
        isMono: true,
        ...(width !== undefined && { width }),
        cell: (row) => (isTime ? format.timeMs(row[name] ?? '') : row[name]),
      }
    })
    if (isSql) return fields
    const first: GridColumn<EventRow> = {
      id: 'unfold',
      heading: <span className="unseen">{words.expand}</span>,
      width: 2.75,
      cell: (row, tab) => {
        const key = eventKey(row)
        const isOpen = search.event === key
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
      },
    }
    return [first, ...fields]
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- state is new on each render; what matters of it is its search
  }, [columns, isSql, search, words, format])
}
