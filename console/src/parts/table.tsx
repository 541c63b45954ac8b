// A small table under its heading, or a sentence where it has no rows.

import type { ReactNode } from 'react'
import layout from './layout.module.css'
import tables from './wide-table.module.css'

type Props = {
  title: string
  none: string
  columns: readonly string[]
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

export function Table({ title, none, columns, rows }: Props) {
  return (
    <section className={layout.section}>
      <h2>{title}</h2>
      {rows.length === 0 && <p className="quiet">{none}</p>}
      {rows.length > 0 && (
        <div className={tables.wide} tabIndex={0} role="region" aria-label={title}>
          <table className={tables.table}>
            <thead>
              <tr>
                {columns.map((heading) => (
                  <th key={heading} scope="col">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells }) => (
                <tr key={key}>
                  {columns.map((heading, at) => (
                    <td key={heading}>{cells[at]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
