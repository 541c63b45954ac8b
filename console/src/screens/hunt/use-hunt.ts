// What the address of the hunt screen means: the query, the window in instants, columns and order; and the ways to change it.

import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Hunt } from '../../api-types.ts'
import { useIsWide } from '../../parts/use-is-wide.ts'
import { withCondition } from '../../query-chips.ts'
import type { HuntSearchParams } from '../../search-params.ts'
import { between, parseRange, rangeParams, resolveRange } from '../../time-range.ts'
import type { TimeRange } from '../../time-range.ts'
import { columnsOf } from './hunt-columns.ts'

const route = getRouteApi('/hunt')

/** Never an unbounded first query. */
const DAY: TimeRange = { kind: 'last', span: '24h' }

export type HuntState = {
  readonly search: HuntSearchParams
  readonly isSql: boolean
  readonly columns: readonly string[]
  readonly order: 'newest' | 'oldest'
  /** Fields whose top values are shown. */
  readonly open: readonly string[]
  /** Null while there is nothing to ask: SQL not written yet. */
  readonly hunt: Hunt | null
  readonly isRelative: boolean
  readonly areFieldsShown: boolean
  readonly runAt: number
}

export type HuntChange = {
  readonly set: (change: Partial<HuntSearchParams>) => void
  /** Runs again, up to this moment. */
  readonly rerun: () => void
  readonly condition: (field: string, value: string, isExcluded: boolean) => void
  readonly only: (field: string, value: string) => void
  readonly setColumns: (columns: readonly string[]) => void
  readonly toggleOpen: (field: string) => void
  readonly zoom: (from: number, to: number) => void
}

/** What every part of the screen is given. */
export type HuntProps = { state: HuntState & HuntChange }

export function useHunt(): HuntState & HuntChange {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [runAt, setRunAt] = useState(() => Date.now())
  const { q = '', sql = '', last, from, to } = search
  const isSql = search.mode === 'sql'
  const range = useMemo(() => boundedRange({ last, from, to }), [last, from, to])
  const hunt = useMemo(
    () => huntOf(isSql ? { sql } : { query: q }, range, runAt),
    [isSql, sql, q, range, runAt],
  )
  const isWide = useIsWide()
  const columns = useMemo(() => columnsOf(search.cols), [search.cols])
  const open = useMemo(() => columnsOf(search.open ?? ''), [search.open])
  const set = (change: Partial<HuntSearchParams>): void => {
    void navigate({ search: (before) => ({ ...before, ...change }) })
  }
  return {
    search,
    isSql,
    columns,
    open,
    hunt,
    runAt,
    order: search.order === 'oldest' ? 'oldest' : 'newest',
    isRelative: range.kind === 'last',
    areFieldsShown: search.fields === 'on' || (search.fields !== 'off' && isWide),
    set,
    rerun: () => setRunAt(Date.now()),
    condition: (field, value, isExcluded) =>
      set({ q: withCondition(q, field, value, isExcluded), event: undefined }),
    only: (field, value) => set({ q: withCondition('', field, value), event: undefined }),
    setColumns: (next) => set({ cols: next.join(',') || undefined }),
    toggleOpen: (field) => {
      const next = open.includes(field) ? open.filter((one) => one !== field) : [...open, field]
      set({ open: next.join(',') || undefined })
    },
    zoom: (start, end) => set(rangeParams(between(start, end))),
  }
}

function boundedRange(params: Parameters<typeof parseRange>[0]): TimeRange {
  const range = parseRange(params, DAY)
  return range.kind === 'all' ? DAY : range
}

/** A window that ends now is made anew for each question, so that it really ends now. */
function huntOf(
  what: { query?: string; sql?: string },
  range: TimeRange,
  runAt: number,
): Hunt | null {
  const window = resolveRange(range, Math.max(runAt, Date.now()))
  if (window === null || what.sql?.trim() === '') return null
  return {
    ...what,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
  }
}
