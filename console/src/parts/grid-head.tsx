// Column headings of the dense table.

import type { GridColumn } from './grid-props.ts'

export function GridHead<Row>({ columns }: { columns: readonly GridColumn<Row>[] }) {
  return (
    <>
      <colgroup>
        {columns.map(({ id, width }) => (
          <col key={id} style={width === undefined ? undefined : { width: `${width}rem` }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ id, heading, isNumber, sort }) => (
            <th
              key={id}
              scope="col"
              className={isNumber ? 'number' : undefined}
              {...(sort && { 'aria-sort': sort })}
            >
              {heading}
            </th>
          ))}
        </tr>
      </thead>
    </>
  )
}
