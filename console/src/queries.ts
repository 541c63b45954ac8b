// What the screens ask the station for, with the key each answer is kept under.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AlertFilter, Hunt, HuntRows, HuntSearch, HuntTopRequest } from './api-types.ts'
import * as api from './api.ts'
import { takeToken } from './one-time-token.ts'

/** Signs in with the address's one-time token when there is one; an old token does not undo a good session. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const token = takeToken()
    if (token !== null) {
      const session = await api.signIn(token).catch(() => null)
      if (session !== null) return session
    }
    return api.getSession()
  },
  staleTime: Infinity,
  retry: false,
})

export const overviewQuery = queryOptions({ queryKey: ['overview'], queryFn: api.getOverview })
export const sourcesQuery = queryOptions({ queryKey: ['sources'], queryFn: api.getSources })
export const rulesQuery = queryOptions({ queryKey: ['rules'], queryFn: api.getRules })

export const analyticsQuery = queryOptions({ queryKey: ['analytics'], queryFn: api.getAnalytics })
export const coverageQuery = queryOptions({ queryKey: ['coverage'], queryFn: api.getCoverage })

export const entityQuery = (kind: string, name: string) =>
  queryOptions({ queryKey: ['entity', kind, name], queryFn: () => api.getEntity(kind, name) })

export const ruleQuery = (id: string) =>
  queryOptions({ queryKey: ['rule', id], queryFn: () => api.getRule(id) })

/** A draft is made once: what is typed since stays. */
export const draftQuery = (from: DraftFrom) =>
  queryOptions({
    queryKey: ['rule-draft', from],
    queryFn: () => draftOf(from),
    staleTime: Infinity,
    retry: false,
  })

export type DraftFrom =
  | { readonly batch: string; readonly line: number }
  | { readonly alert: string }
  | { readonly file: string }

async function draftOf(from: DraftFrom): Promise<{ text: string }> {
  return 'file' in from ? api.readRuleFile(from.file) : api.draftRule(from)
}

export const ruleCheckQuery = (text: string) =>
  queryOptions({
    queryKey: ['rule-check', text],
    queryFn: ({ signal }) => api.checkRule(text, signal),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  })

const WHILE_TRIED_MS = 300

/** Asked again while the test is under way. */
export const trialQuery = (id: string | null) =>
  queryOptions({
    queryKey: ['rule-trial', id],
    queryFn: () => api.getTrial(id ?? ''),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? WHILE_TRIED_MS : false),
  })

export const indicatorListsQuery = queryOptions({
  queryKey: ['indicators', 'lists'],
  queryFn: api.getIndicatorLists,
})

/** Asked again every second while a search is under way. */
export const indicatorSearchesQuery = queryOptions({
  queryKey: ['indicators', 'searches'],
  queryFn: api.getIndicatorSearches,
  refetchInterval: ({ state }) =>
    state.data?.searches.some((search) => search.state === 'running') === true ? 1000 : false,
})

export const indicatorsQuery = (text: string, list: string, limit: number) =>
  queryOptions({
    queryKey: ['indicators', 'values', text, list, limit],
    queryFn: () => api.findIndicators(text, list, limit),
    placeholderData: keepPreviousData,
  })

export const sensorsQuery = queryOptions({
  queryKey: ['sensors'],
  queryFn: api.getSensors,
  refetchInterval: 10_000,
})

const WHILE_RUNNING_MS = 1000

/** Asked again every second while a run is under way. */
export const ruleRunsQuery = queryOptions({
  queryKey: ['rule-runs'],
  queryFn: api.getRuleRuns,
  refetchInterval: ({ state }) =>
    state.data?.runs.some((run) => run.state === 'running') === true ? WHILE_RUNNING_MS : false,
})

export const alertsQuery = (filter: AlertFilter) =>
  queryOptions({
    queryKey: ['alerts', filter],
    queryFn: ({ signal }) => api.searchAlerts(filter, signal),
    placeholderData: keepPreviousData,
  })

export const alertQuery = (id: string) =>
  queryOptions({ queryKey: ['alert', id], queryFn: () => api.getAlert(id), staleTime: 60_000 })

export const huntFieldsQuery = queryOptions({
  queryKey: ['hunt', 'fields'],
  queryFn: api.getHuntFields,
  staleTime: Infinity,
})

export const histogramQuery = (hunt: Hunt) =>
  queryOptions({
    queryKey: ['hunt', 'histogram', hunt],
    queryFn: ({ signal }) => api.getHistogram(hunt, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })

export const topQuery = (request: HuntTopRequest) =>
  queryOptions({
    queryKey: ['hunt', 'top', request],
    queryFn: ({ signal }) => api.getTop(request, signal),
    staleTime: Infinity,
  })

export const eventQuery = (batch: string, line: string) =>
  queryOptions({
    queryKey: ['event', batch, line],
    queryFn: () => api.getEvent(batch, line),
    staleTime: Infinity,
  })

/** A screenful and some: rows that are rare among very many events cost time each. */
const FIRST_PAGE = 100
const NEXT_PAGE = 500

export type HuntPages = Omit<HuntSearch, 'limit' | 'offset'>

/** Options of the paged search; pages hold still because `from` and `to` are instants. */
export const eventPages = (search: HuntPages) => ({
  queryKey: ['hunt', 'rows', search] as const,
  queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: number }) =>
    api.searchEvents(
      { ...search, limit: pageParam === 0 ? FIRST_PAGE : NEXT_PAGE, offset: pageParam },
      signal,
    ),
  initialPageParam: 0,
  getNextPageParam: (last: HuntRows, pages: readonly HuntRows[]) =>
    last.more ? pages.reduce((sum, { rows }) => sum + rows.length, 0) : undefined,
  placeholderData: keepPreviousData,
  staleTime: Infinity,
})
