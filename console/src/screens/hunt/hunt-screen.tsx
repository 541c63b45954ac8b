// Hunt: a question over all events of a time range; its answer over time, by field, and row by row.

import { useQuery } from '@tanstack/react-query'
import type { Hunt } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { Histogram } from '../../parts/histogram.tsx'
import layout from '../../parts/layout.module.css'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { histogramQuery } from '../../queries.ts'
import { ArrivedBar } from './arrived-bar.tsx'
import { Chips } from './chips.tsx'
import { FieldList } from './field-list.tsx'
import styles from './hunt.module.css'
import { QueryBar } from './query-bar.tsx'
import { Results } from './results.tsx'
import { useHunt } from './use-hunt.ts'
import type { HuntProps } from './use-hunt.ts'

export function HuntScreen() {
  const words = useWords()
  const state = useHunt()
  const { isSql, hunt } = state
  const areFieldsShown = !isSql && state.areFieldsShown
  return (
    <div className={layout.fill}>
      <PageTitle title={words.places.hunt} />
      <QueryBar key={`${state.search.q}|${state.search.sql}|${isSql}`} state={state} />
      {isSql ? <p className="quiet">{words.hunt.noHistogramSql}</p> : <Chips state={state} />}
      <ArrivedBar state={state} />
      {hunt && !isSql && <OverTime hunt={hunt} state={state} />}
      <div className={styles.body}>
        {hunt && areFieldsShown && <FieldList hunt={hunt} state={state} />}
        {hunt && <Results hunt={hunt} state={state} />}
      </div>
    </div>
  )
}

function OverTime({ hunt, state }: HuntProps & { hunt: Hunt }) {
  const { data, error } = useQuery(histogramQuery(hunt))
  if (error) return <Problem error={error} />
  if (!data) return <div className={styles.histogramPlace} />
  const buckets = data.buckets.map(({ from, count }) => ({ from: Date.parse(from), count }))
  return <Histogram buckets={buckets} bucketMs={data.bucketMs} zoom={state.zoom} />
}
