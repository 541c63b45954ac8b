// What the dense table is given: columns, rows, and what happens at them.

import type { ReactNode, Ref } from 'react'

export type GridColumn<Row> = {
  readonly id: string
  readonly heading: ReactNode
  /** In rem; a column without takes what is left. */
  readonly width?: number
  /** In rem, of a column that takes what is left; 16 where it is not said. */
  readonly least?: number
  readonly isNumber?: boolean
  readonly isMono?: boolean
  readonly sort?: 'ascending' | 'descending'
  /** What a copied table holds of it; a column without stays out. */
  readonly text?: (row: Row) => string
  /** Any link, button or box inside takes `tab` as its tabIndex and gets the focus instead of the cell. */
  readonly cell: (row: Row, tab: 0 | -1) => ReactNode
}

export type GridHandle = {
  readonly focusRow: (key: string) => void
  /** Moves the focus by rows; from nowhere to the first. Gives the key of the row it came to. */
  readonly step: (by: 1 | -1) => string | null
  readonly activeKey: () => string | null
}

export type GridProps<Row> = {
  readonly label: string
  readonly columns: readonly GridColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Row whose details are open beside the table. */
  readonly current?: string | undefined
  readonly selected?: ReadonlySet<string>
  /** Key of a row → what unfolds under it. */
  readonly unfolded?: { readonly key: string; readonly content: ReactNode } | undefined
  /** Enter or a click on a cell that holds no control of its own. */
  readonly onCell?: ((row: Row, column: string, element: HTMLElement) => void) | undefined
  readonly ref?: Ref<GridHandle>
  readonly foot?: ReactNode
}
