// A column of the dense table that shows a text and nothing else.

import type { GridColumn } from './grid-props.ts'

export function textColumn<Row>(
  column: Omit<GridColumn<Row>, 'cell' | 'text'> & { readonly text: (row: Row) => string },
): GridColumn<Row> {
  return { ...column, cell: column.text }
}
