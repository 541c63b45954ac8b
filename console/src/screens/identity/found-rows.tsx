// What a check found, with the columns that its question gives.

import type { RoomWords } from '../../../../src/words/index.ts'
import type { IdentityCheck } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import tables from '../../parts/wide-table.module.css'

type Props = { check: Pick<IdentityCheck, 'rows' | 'found' | 'verdict'> }

export function FoundRows({ check: { rows, found, verdict } }: Props) {
  const words = useRoomWords().identity
  const title =
    verdict === 'not_assessable'
      ? words.unknownRows(rows.length, found)
      : words.foundRows(rows.length, found)
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) =>
    rows.some((row) => textOf(row[name]) !== ''),
  )
  const headings = new Map(Object.entries(words.found))
  const terms = termsOf(words.terms)
  return (
    <section className={layout.section}>
      <h3>{title}</h3>
      <div className={tables.wide} tabIndex={0} role="region" aria-label={title}>
        <table className={`${tables.table} ${tables.short}`}>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {headings.get(name) ?? name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {columns.map((name) => (
                  <td key={name}>
                    {terms.get(`${name} ${textOf(row[name])}`) ?? textOf(row[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Kinds and factors by the words that other screens have for them. */
function termsOf({
  kinds,
  assurance,
}: RoomWords['identity']['terms']): ReadonlyMap<string, string> {
  const of = (column: string, said: Readonly<Record<string, string>>) =>
    Object.entries(said).map(([key, text]) => [`${column} ${key}`, text] as const)
  return new Map([
    ...of('kind', kinds),
    ...of('assurance', assurance),
    ...of('strongest', assurance),
  ])
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
