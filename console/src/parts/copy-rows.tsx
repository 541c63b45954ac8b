// Copies a list as it is shown, with tabs between its cells: a spreadsheet takes it as a table.

import { Copy } from './copy.tsx'
import type { GridColumn } from './grid-props.ts'

type Props<Row> = { columns: readonly GridColumn<Row>[]; rows: readonly Row[] }

export function CopyRows<Row>({ columns, rows }: Props<Row>) {
  return <Copy text={() => tableText(columns, rows)} />
}

/** Line ends and tabs inside a cell become spaces. */
function tableText<Row>(columns: readonly GridColumn<Row>[], rows: readonly Row[]): string {
  const shown = columns.flatMap(({ heading, text }) =>
    text === undefined || typeof heading !== 'string' ? [] : [{ heading, text }],
  )
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => cell.replaceAll(/\s+/gu, ' ')).join('\t')
  return [
    line(shown.map(({ heading }) => heading)),
    ...rows.map((row) => line(shown.map(({ text }) => text(row)))),
  ].join('\n')
}
