// The events found: how many, at what cost, row by row, page by page.

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Hunt, HuntRows } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useWords } from '../../language.ts'
import { Loading } from '../../parts/loading.tsx'
import { Problem } from '../../parts/problem.tsx'
import { eventPages } from '../../queries.ts'
import { EventTable } from './event-table.tsx'
import styles from './hunt.module.css'
import { ResultLine } from './result-line.tsx'
import type { HuntProps } from './use-hunt.ts'

export function Results({ hunt, state }: HuntProps & { hunt: Hunt }) {
  const { columns, order, isSql } = state
  const search = useMemo(
    () => ({ ...hunt, order, ...(!isSql && { columns: asked(columns) }) }),
    [hunt, order, isSql, columns],
  )
  const pages = useInfiniteQuery(eventPages(search))
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data])
  const first = pages.data?.pages[0]
  const stoppedAt = pages.data?.pages.at(-1)?.stoppedAt ?? null
  const stopped = stoppedAt !== null && <Stopped at={stoppedAt} hunt={hunt} state={state} />
  return (
    <div className={styles.results}>
      <ResultLine hunt={hunt} state={state} first={first} isBusy={pages.isFetching} />
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {!first && !pages.error && <Loading />}
      {first && rows.length === 0 && (stopped || <Nothing />)}
      {first && rows.length > 0 && (
        <EventTable
          rows={rows}
          columns={isSql ? first.columns : columns}
          state={state}
          more={stopped || <More pages={pages} />}
          isBehind={pages.isPlaceholderData}
        />
      )}
    </div>
  )
}

/** What names a row always comes along. */
function asked(columns: readonly string[]): string[] {
  return [...new Set([...columns, 'time', 'batch', 'line'])]
}

/** The station searched as long as it may: what is left of the range is a search of its own. */
function Stopped({ at, hunt, state }: HuntProps & { at: string; hunt: Hunt }) {
  const words = useWords().hunt
  const format = useFormat()
  const isBack = state.order === 'newest'
  const goOn = () =>
    isBack
      ? state.zoom(Date.parse(hunt.from), Date.parse(at))
      : state.zoom(Date.parse(at), Date.parse(hunt.to))
  const time = format.time(at)
  return (
    <p role="status">
      {isBack ? words.stoppedBack(time) : words.stoppedOn(time)}{' '}
      <button type="button" onClick={goOn}>
        {words.searchOn}
      </button>
    </p>
  )
}

function Nothing() {
  const words = useWords().hunt
  return (
    <div>
      <p>{words.none}</p>
      <p className="quiet">
        {words.noneHow} {words.noneStored}
      </p>
    </div>
  )
}

type Pages = {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
  data: { pages: readonly HuntRows[] } | undefined
}

/** The station pages through 100,000 rows of one search at most. */
const MOST_PAGES = 200

function More({ pages }: { pages: Pages }) {
  const words = useWords()
  if (!pages.hasNextPage) return null
  if ((pages.data?.pages.length ?? 0) >= MOST_PAGES) return <p>{words.hunt.tooDeep}</p>
  return (
    // Not `disabled` while it loads: that would throw the focus away.
    <button
      type="button"
      aria-disabled={pages.isFetchingNextPage}
      onClick={() => !pages.isFetchingNextPage && void pages.fetchNextPage()}
    >
      {pages.isFetchingNextPage ? words.frame.loading : words.hunt.more}
    </button>
  )
}
