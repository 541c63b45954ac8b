// The alert list of the address, held still while it is read.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { AlertList } from '../../api-types.ts'
import { useLiveRefresh } from '../../parts/use-live-refresh.ts'
import { alertsQuery } from '../../queries.ts'
import type { AlertsSearch } from '../../search-params.ts'
import { alertFilter } from './alert-filter.ts'
import { holdStill } from './hold-still.ts'

export function useHeldAlerts(search: AlertsSearch) {
  const filter = useFilter(search)
  const queries = useQueryClient()
  const query = useQuery(alertsQuery(filter))
  const [held, setHeld] = useState<{ filter: unknown; list: AlertList } | null>(null)
  useLiveRefresh(['alerts'])
  const { data, isPlaceholderData } = query
  if (data && !isPlaceholderData && held?.filter !== filter) setHeld({ filter, list: data })
  const shown = held?.list ?? data
  return {
    list: shown && data ? holdStill(shown, isPlaceholderData ? shown : data) : undefined,
    error: query.error,
    isBehind: isPlaceholderData,
    retry: () => void query.refetch(),
    /** Shows what waited. */
    accept: () => data && setHeld({ filter, list: data }),
    /** Asks again and shows the answer as it is: for after the person's own change. */
    reload: async (): Promise<AlertList> => {
      const list = await queries.fetchQuery({ ...alertsQuery(filter), staleTime: 0 })
      setHeld({ filter, list })
      return list
    },
  }
}

/** The same object as long as the filter is the same, whatever panel is open; `now` is when the filter was made. */
function useFilter({ alert: _alert, group: _group, ...rest }: AlertsSearch) {
  const key = JSON.stringify(rest)
  return useMemo(() => alertFilter(JSON.parse(key), Date.now()), [key])
}
