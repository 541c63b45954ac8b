// Sources: where lines come from, how fast, how late, and how well they are understood.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Source } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useKeys } from '../../keys.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { Grid } from '../../parts/grid.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { useLiveRefresh } from '../../parts/use-live-refresh.ts'
import { sourcesQuery } from '../../queries.ts'
import { SourcePanel } from './source-panel.tsx'
import styles from './sources.module.css'
import { useSourceColumns } from './use-source-columns.tsx'

const route = getRouteApi('/sources')

export function SourcesScreen() {
  const words = useWords()
  const rooms = useRoomWords()
  const { data, error, refetch } = useQuery(sourcesQuery)
  useLiveRefresh(sourcesQuery.queryKey)
  const [find, setFind] = useState('')
  const { source: open } = route.useSearch()
  const navigate = route.useNavigate()
  const close = (): void => void navigate({ search: {} })
  useKeys([{ keys: 'Escape', label: words.alerts.keys.closePanel, run: close }])
  const shown = data?.sources.filter(({ name }) => name.toLowerCase().includes(find.toLowerCase()))
  const chosen = data?.sources.find(({ name }) => name === open)
  return (
    <div className={layout.fill}>
      <PageTitle title={words.places.sources}>{data && <AsOf at={data.asOf} />}</PageTitle>
      <p>
        <Link to="/sources/sensors">{rooms.sensors.title}</Link>
      </p>
      <input
        className={styles.find}
        type="search"
        aria-label={words.sources.filter}
        placeholder={words.sources.filter}
        value={find}
        onChange={({ target }) => setFind(target.value)}
      />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Loading />}
      <Lost count={data?.droppedBySystem ?? 0} />
      {data?.sources.length === 0 && <p>{words.sources.none}</p>}
      <div className={layout.split}>
        {shown && shown.length > 0 && <SourceGrid sources={shown} open={open} />}
        {chosen && <SourcePanel source={chosen} onClose={close} />}
      </div>
    </div>
  )
}

/** Said only where something was lost. */
function Lost({ count }: { count: number }) {
  const words = useWords().sources
  const format = useFormat()
  return count > 0 && <p role="status">{words.droppedBySystem(format.number(count))}</p>
}

const keyOf = ({ name }: Source): string => name

function SourceGrid({ sources, open }: { sources: readonly Source[]; open: string | undefined }) {
  const words = useWords()
  const columns = useSourceColumns(sources)
  return (
    <Grid
      label={words.places.sources}
      columns={columns}
      rows={sources}
      rowKey={keyOf}
      current={open}
    />
  )
}
