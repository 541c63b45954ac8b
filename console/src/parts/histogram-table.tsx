// The histogram's numbers, for reading and copying.

import { useFormat } from '../format.ts'
import { useWords } from '../language.ts'
import type { Bucket } from './histogram-bucket.ts'
import layout from './layout.module.css'

export function HistogramTable({ buckets }: { buckets: readonly Bucket[] }) {
  const words = useWords().histogram
  const format = useFormat()
  return (
    <div className={layout.scroll} role="region" aria-label={words.count} tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{words.from(format.zone)}</th>
            <th scope="col" className="number">
              {words.count}
            </th>
          </tr>
        </thead>
        <tbody>
          {buckets.map(({ from, count }) => (
            <tr key={from}>
              <td>{format.time(from)}</td>
              <td className="number">{format.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
