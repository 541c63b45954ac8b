// Fetches again, at most every few seconds, when the station says something changed. For screens of figures, where nothing
// that is being read can move.

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLive } from '../live.ts'

const AT_MOST_EVERY_MS = 5000

export function useLiveRefresh(queryKey: readonly unknown[]): void {
  const queries = useQueryClient()
  const { counters } = useLive()
  const next = useRef(0)
  const [place] = queryKey
  useEffect(() => {
    if (counters === null) return undefined
    const now = Date.now()
    const wait = Math.max(0, next.current - now)
    const timer = setTimeout(() => {
      next.current = Date.now() + AT_MOST_EVERY_MS
      void queries.invalidateQueries({ queryKey: [place] })
    }, wait)
    return () => clearTimeout(timer)
  }, [counters, queries, place])
}
