// One row of the dense table, what unfolds under it, and the space of the rows above that are not in view.

import { memo } from 'react'
import type { MouseEvent } from 'react'
import type { GridColumn, GridProps } from './grid-props.ts'
import styles from './grid.module.css'
import type { GridItem } from './use-grid-rows.ts'

type Active = { readonly row: number; readonly column: number }
type Props<Row> = GridProps<Row> &
  GridItem<Row> & { measure: (element: Element | null) => void; active: Active }

export function GridRow<Row>(props: Props<Row>) {
  const { row, index, gap, columns, rowKey, current, selected, unfolded, active, measure } = props
  const key = rowKey(row)
  const isUnfolded = unfolded?.key === key
  return (
    <>
      {gap > 0 && <tr aria-hidden="true" style={{ height: gap }} />}
      {props.isUnder ? (
        <tr ref={measure} data-index={props.at} className={styles.under}>
          <td colSpan={columns.length}>{unfolded?.content}</td>
        </tr>
      ) : (
        <tr
          className={styles.row}
          aria-rowindex={index + 2}
          aria-current={current === key || isUnfolded ? 'true' : undefined}
          aria-selected={selected?.has(key)}
        >
          {columns.map((column, at) => (
            <Cell
              key={column.id}
              row={row}
              index={index}
              onCell={props.onCell}
              column={column}
              at={at}
              tab={active.row === index && active.column === at ? 0 : -1}
            />
          ))}
        </tr>
      )}
    </>
  )
}

type CellProps<Row> = {
  row: Row
  index: number
  onCell: GridProps<Row>['onCell'] | undefined
  column: GridColumn<Row>
  at: number
  tab: 0 | -1
}

/** The cell itself is a tab stop only where it holds no control; the focus hook finds out by looking. */
function PlainCell<Row>({ row, index, column, at, tab, onCell }: CellProps<Row>) {
  const click = ({ currentTarget, target }: MouseEvent<HTMLElement>): void => {
    const isOnControl =
      target instanceof Element && target.closest('a,button,input,select') !== null
    if (isOnControl || hasSelectedText()) return
    onCell?.(row, column.id, currentTarget)
  }
  return (
    <td
      data-row={index}
      data-column={at}
      tabIndex={tab}
      className={classOf(column)}
      onClick={onCell && click}
    >
      {column.cell(row, tab)}
    </td>
  )
}

/** Drawn again only when something of its own changed. The library's type of `memo` forgets that `Row` is open. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same function, typed as it is
const Cell = memo(PlainCell) as typeof PlainCell

function classOf<Row>({ isNumber, isMono }: GridColumn<Row>): string | undefined {
  const names = [isNumber && 'number', isMono && styles.mono].filter(Boolean)
  return names.length === 0 ? undefined : names.join(' ')
}

/** Someone who drags over a value wants to copy it, not to open a menu. */
function hasSelectedText(): boolean {
  return (globalThis.getSelection()?.toString() ?? '') !== ''
}
