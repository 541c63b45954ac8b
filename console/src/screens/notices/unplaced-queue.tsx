// What was seen of whom nobody could be told, and why. Shown whole: a gap here is a place nobody watches over.

import type { NoticeList } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import tables from '../../parts/wide-table.module.css'
import { NOTICES, settle } from './notice-api.ts'

export function UnplacedQueue({ list: { unplaced, unplacedTotal } }: { list: NoticeList }) {
  const words = useRoomWords().notices
  const format = useFormat()
  const { unplacedColumns: columns } = words
  if (unplacedTotal === 0) return <p className="quiet">{words.unplacedNone}</p>
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.unplaced}>
      <h2>
        {words.unplaced} ({format.number(unplacedTotal)})
      </h2>
      <p className="quiet">{words.unplacedHow}</p>
      <table className={tables.table}>
        <thead>
          <tr>
            {Object.values(columns).map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {unplaced.map((one) => (
            <tr key={one.id}>
              <td>{words.classes[one.class]}</td>
              <td>{one.what}</td>
              <td>{one.about}</td>
              <td className="number">{format.number(one.count)}</td>
              <td>{format.time(one.last)}</td>
              <td>{words.reasons[one.reason]}</td>
              <td>
                <ActButton label={words.settle} refreshes={NOTICES} act={() => settle(one.id)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
