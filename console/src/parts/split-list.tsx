// A list with the details of one row beside it: the dense table, and the panel that is given for the row that is open.

import type { ReactNode } from 'react'
import type { GridColumn } from './grid-props.ts'
import { Grid } from './grid.tsx'
import layout from './layout.module.css'
import { useRowKeys } from './use-row-keys.ts'

type Props<Row> = {
  label: string
  columns: readonly GridColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Key of the row that is open. */
  open: string | undefined
  show: (key: string | undefined) => void
  /** The details of that row. */
  children: ReactNode
}

export function SplitList<Row>({ open, show, children, ...table }: Props<Row>) {
  const grid = useRowKeys(open, show)
  return (
    <div className={layout.split}>
      {table.rows.length > 0 && <Grid {...table} current={open} ref={grid} />}
      {children}
    </div>
  )
}
