// Counts over time. Drag across the bars to zoom in; the two sliders beneath do the same by keyboard; the same numbers can
// be read as a table.

import { useState } from 'react'
import { useFormat } from '../format.ts'
import { useWords } from '../language.ts'
import { HistogramBars } from './histogram-bars.tsx'
import type { Bucket, Selected } from './histogram-bucket.ts'
import { HistogramTable } from './histogram-table.tsx'
import styles from './histogram.module.css'

type Props = {
  buckets: readonly Bucket[]
  bucketMs: number
  zoom: (from: number, to: number) => void
}

export function Histogram({ buckets, bucketMs, zoom }: Props) {
  const words = useWords()
  const format = useFormat()
  const [isTable, setTable] = useState(false)
  return (
    <section className={styles.histogram} aria-label={words.histogram.title}>
      <div className="row spread">
        <span className="quiet">
          {words.histogram.each(format.span(bucketMs))}. {words.histogram.hint}
        </span>
        <button type="button" className="bare small" onClick={() => setTable(!isTable)}>
          {isTable ? words.frame.asChart : words.frame.asTable}
        </button>
      </div>
      {isTable ? (
        <HistogramTable buckets={buckets} />
      ) : (
        <Brush
          key={`${buckets[0]?.from} ${bucketMs}`}
          buckets={buckets}
          bucketMs={bucketMs}
          zoom={zoom}
        />
      )}
    </section>
  )
}

function Brush({ buckets, bucketMs, zoom }: Props) {
  const words = useWords().histogram
  const last = Math.max(0, buckets.length - 1)
  const whole = { start: 0, end: last }
  const [selected, setSelected] = useState<Selected>(whole)
  const isWhole = selected.start === 0 && selected.end === last
  const apply = ({ start, end }: Selected): void => {
    const [from, to] = [buckets[start]?.from, buckets[end]?.from]
    if (from !== undefined && to !== undefined) zoom(from, to + bucketMs)
  }
  return (
    <>
      <HistogramBars
        buckets={buckets}
        selected={isWhole ? null : selected}
        select={setSelected}
        done={apply}
      />
      <div className={styles.sliders}>
        <End
          label={words.start}
          buckets={buckets}
          value={selected.start}
          set={(start) => setSelected({ start, end: Math.max(start, selected.end) })}
        />
        <End
          label={words.end}
          buckets={buckets}
          value={selected.end}
          set={(end) => setSelected({ start: Math.min(end, selected.start), end })}
        />
        <button type="button" className="small" disabled={isWhole} onClick={() => apply(selected)}>
          {words.zoom}
        </button>
      </div>
    </>
  )
}

type EndProps = {
  label: string
  buckets: readonly Bucket[]
  value: number
  set: (value: number) => void
}

function End({ label, buckets, value, set }: EndProps) {
  const format = useFormat()
  const at = buckets[value]
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={at && format.full(at.from)}
      min={0}
      max={Math.max(0, buckets.length - 1)}
      value={value}
      onChange={({ target }) => set(target.valueAsNumber)}
    />
  )
}
