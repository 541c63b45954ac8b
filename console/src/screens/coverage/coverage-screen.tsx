// ATT&CK coverage: what could be found with the logs that arrive, and which logs would add most.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import type { Coverage } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useKeys } from '../../keys.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { coverageQuery } from '../../queries.ts'
import styles from './coverage.module.css'
import { Logsources } from './logsources.tsx'
import { Matrix } from './matrix.tsx'
import { TechniquePanel } from './technique-panel.tsx'

const route = getRouteApi('/rules/coverage')

export function CoverageScreen() {
  const words = useWords()
  const rooms = useRoomWords()
  const { data, error, refetch } = useQuery(coverageQuery)
  const { technique } = route.useSearch()
  const navigate = route.useNavigate()
  const close = (): void => void navigate({ search: {} })
  useKeys([{ keys: 'Escape', label: words.alerts.keys.closePanel, run: close }])
  const chosen = data?.techniques.find(({ id }) => id === technique)
  return (
    <div className={styles.screen}>
      <Link to="/rules">{rooms.workbench.back}</Link>
      <PageTitle title={rooms.coverage.title}>{data && <AsOf at={data.asOf} />}</PageTitle>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <div className={layout.split}>
          <div className={layout.list}>
            <Summary coverage={data} />
            <Matrix techniques={data.techniques} current={technique} />
            <Logsources logsources={data.logsources} />
          </div>
          {chosen && <TechniquePanel technique={chosen} onClose={close} />}
        </div>
      )}
    </div>
  )
}

function Summary({
  coverage: { events, rules, since, untagged, techniques },
}: {
  coverage: Coverage
}) {
  const words = useRoomWords().coverage
  const format = useFormat()
  const seen = techniques.filter(({ reach }) => reach.live > 0).length
  return (
    <>
      <p className="quiet">{words.how(format.time(since))}</p>
      {events === 0 ? (
        <p>{words.noEvents}</p>
      ) : (
        <p>{words.summary(format.number(seen), format.number(techniques.length))}</p>
      )}
      <ul className={styles.legend}>
        {(['live', 'idle', 'unusable'] as const).map((reach) => (
          <li key={reach}>
            <span className={`${styles.mark} ${styles[reach] ?? ''}`} aria-hidden="true" />
            {words.reach[reach]}: {format.number(rules[reach])}
          </li>
        ))}
        {untagged > 0 && <li>{words.untagged(untagged)}</li>}
      </ul>
    </>
  )
}
