// Hits over the span as bars, and the same as a table.

import type { RuleTrial } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import styles from './workbench.module.css'

const HEIGHT = 60
/** Fewer bars than this are not drawn wider. */
const FEWEST = 12

export function TrialBars({ trial }: { trial: RuleTrial }) {
  const words = useRoomWords().workbench.trial
  const format = useFormat()
  const { buckets, bucketSeconds, hits } = trial
  const per = bucketSeconds >= 86_400 ? words.byDay : words.byHour
  const top = Math.max(1, ...buckets.map((bucket) => bucket.hits))
  return (
    <figure className={styles.figure}>
      <figcaption>{per}</figcaption>
      <Bars trial={trial} top={top} label={words.plot(format.number(hits), per)} />
      <div className={styles.axis} aria-hidden="true">
        <span>{format.time(buckets[0]?.from ?? '')}</span>
        <span>{format.number(top)} ▲</span>
        <span>{format.time(buckets.at(-1)?.from ?? '')}</span>
      </div>
      <details>
        <summary>{words.asTable}</summary>
        <table>
          <tbody>
            {buckets.map((bucket) => (
              <tr key={bucket.from}>
                <th scope="row">{format.time(bucket.from)}</th>
                <td className="number">{format.number(bucket.hits)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

type BarsProps = { trial: RuleTrial; top: number; label: string }

function Bars({ trial: { buckets, bucketSeconds }, top, label }: BarsProps) {
  const format = useFormat()
  const stepMs = bucketSeconds * 1000
  const first = Date.parse(buckets[0]?.from ?? '')
  const places = Math.round((Date.parse(buckets.at(-1)?.from ?? '') - first) / stepMs) + 1
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(places, FEWEST)} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      {buckets.map(({ from, hits, accepted }) => {
        const x = Math.round((Date.parse(from) - first) / stepMs) + 0.08
        const tall = Math.max(1.5, (hits / top) * HEIGHT)
        const left = hits === accepted ? 0 : Math.max(1.5, ((hits - accepted) / top) * HEIGHT)
        return (
          <g key={from}>
            <title>{`${format.time(from)}: ${format.number(hits)}`}</title>
            <rect className={styles.all} x={x} width={0.84} y={HEIGHT - tall} height={tall} />
            <rect className={styles.kept} x={x} width={0.84} y={HEIGHT - left} height={left} />
          </g>
        )
      })}
    </svg>
  )
}
