// The bars themselves, and the pointer that drags across them.

import { useRef } from 'react'
import type { PointerEvent } from 'react'
import { useFormat } from '../format.ts'
import { useWords } from '../language.ts'
import type { Bucket, Selected } from './histogram-bucket.ts'
import styles from './histogram.module.css'

type Props = {
  buckets: readonly Bucket[]
  selected: Selected | null
  select: (selected: Selected) => void
  done: (selected: Selected) => void
}

const HEIGHT = 72

export function HistogramBars({ buckets, selected, select, done }: Props) {
  const words = useWords().histogram
  const format = useFormat()
  const drag = useDrag(buckets.length, select, done)
  const top = Math.max(1, ...buckets.map(({ count }) => count))
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  const first = buckets[0]
  const last = buckets.at(-1)
  return (
    <>
      <svg
        role="img"
        aria-label={words.label(format.number(total))}
        className={styles.bars}
        viewBox={`0 0 ${Math.max(1, buckets.length)} ${HEIGHT}`}
        preserveAspectRatio="none"
        {...drag}
      >
        {selected && (
          <rect
            className={styles.brush}
            x={selected.start}
            width={selected.end - selected.start + 1}
            y={0}
            height={HEIGHT}
          />
        )}
        {buckets.map((bucket, index) => (
          <Bar key={bucket.from} bucket={bucket} at={index} top={top} />
        ))}
      </svg>
      <div className={styles.axis} aria-hidden="true">
        <span>{first && format.short(first.from)}</span>
        <span>{format.number(top)} ▲</span>
        <span>{last && format.short(last.from)}</span>
      </div>
    </>
  )
}

function Bar({ bucket, at, top }: { bucket: Bucket; at: number; top: number }) {
  const words = useWords().histogram
  const format = useFormat()
  const { from, count } = bucket
  const tall = count === 0 ? 0 : Math.max(1.5, (count / top) * HEIGHT)
  return (
    <>
      <rect className={styles.bar} x={at + 0.06} width={0.88} y={HEIGHT - tall} height={tall} />
      <rect className={styles.hit} x={at} width={1} y={0} height={HEIGHT}>
        <title>{words.bucket(format.full(from), format.number(count))}</title>
      </rect>
    </>
  )
}

/** Pointer down, across, up. A click on one bar zooms to it. */
function useDrag(count: number, select: Props['select'], done: Props['done']) {
  const start = useRef<number | null>(null)
  const barAt = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>): number => {
    const { left, width } = currentTarget.getBoundingClientRect()
    return Math.max(0, Math.min(count - 1, Math.floor(((clientX - left) / width) * count)))
  }
  return {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      if (event.button !== 0 || count === 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      start.current = barAt(event)
      select(between(start.current, start.current))
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      if (start.current !== null) select(between(start.current, barAt(event)))
    },
    onPointerUp: (event: PointerEvent<SVGSVGElement>) => {
      if (start.current === null) return
      done(between(start.current, barAt(event)))
      start.current = null
    },
    onPointerCancel: () => {
      start.current = null
      select({ start: 0, end: count - 1 })
    },
  }
}

function between(a: number, b: number): Selected {
  return { start: Math.min(a, b), end: Math.max(a, b) }
}
