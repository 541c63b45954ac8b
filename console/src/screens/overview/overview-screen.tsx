// Overview: what needs a person now, then the figures, and where to send logs while there are none.

import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { useLiveRefresh } from '../../parts/use-live-refresh.ts'
import { overviewQuery } from '../../queries.ts'
import { EventFigures } from './event-figures.tsx'
import { Intake } from './intake.tsx'
import { Now } from './now.tsx'
import styles from './overview.module.css'

export function OverviewScreen() {
  const words = useWords()
  const { data, error, refetch } = useQuery(overviewQuery)
  useLiveRefresh(overviewQuery.queryKey)
  return (
    <div className={styles.page}>
      <PageTitle title={words.places.overview}>{data && <AsOf at={data.asOf} />}</PageTitle>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Loading />}
      {data && data.events.total === 0 && <Intake intake={data.intake} />}
      {data && data.events.total > 0 && (
        <>
          <Now overview={data} />
          <EventFigures overview={data} />
        </>
      )}
    </div>
  )
}
