// The dense table: native <table>, only the rows in view, one tab stop, arrows between cells. Sorting and filtering are the
// station's work. It never moves a row by itself.

import { useCallback, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { GridHead } from './grid-head.tsx'
import type { GridColumn, GridProps } from './grid-props.ts'
import { GridRow } from './grid-row.tsx'
import styles from './grid.module.css'
import { useGridFocus } from './use-grid-focus.ts'
import { useGridRows } from './use-grid-rows.ts'

export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, rows, rowKey, ref, foot } = props
  const region = useRef<HTMLDivElement>(null)
  const focus = useGridFocus({
    rows,
    rowKey,
    columns,
    region,
    canOpenCells: props.onCell !== undefined,
  })
  const { items, end, measure } = useGridRows(region, props, focus)
  const onCell = useStable(props.onCell)
  useImperativeHandle(ref, () => focus.handle)
  return (
    <div className={styles.region} ref={region}>
      <table
        role="grid"
        className={styles.grid}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable={props.selected ? true : undefined}
        style={{ minWidth: `${widthOf(columns)}rem` }}
        onKeyDown={focus.onKeyDown}
      >
        <GridHead columns={columns} />
        <tbody onFocus={focus.onFocus}>
          {items.map((item) => (
            <GridRow
              key={item.id}
              {...props}
              {...item}
              onCell={onCell}
              measure={measure}
              active={focus.active}
            />
          ))}
          {end > 0 && <tr aria-hidden="true" style={{ height: end }} />}
        </tbody>
      </table>
      {foot}
    </div>
  )
}

/** The same function for good, so that cells which did not change are not drawn again. */
function useStable<Row>(onCell: GridProps<Row>['onCell']): GridProps<Row>['onCell'] {
  const latest = useRef(onCell)
  useLayoutEffect(() => {
    latest.current = onCell
  })
  const stable = useCallback<NonNullable<typeof onCell>>(
    (...given) => latest.current?.(...given),
    [],
  )
  return onCell && stable
}

function widthOf<Row>(columns: readonly GridColumn<Row>[]): number {
  return columns.reduce((sum, { width, least = 16 }) => sum + (width ?? least), 0)
}
