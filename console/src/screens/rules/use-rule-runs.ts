// Runs of rules over stored events: the newest one, and what can be done.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { HistoryAsk, HistoryRun } from '../../api-types.ts'
import { resumeRuleRun, startRuleRun, stopRuleRun } from '../../api.ts'
import { ruleRunsQuery, rulesQuery } from '../../queries.ts'

export type RuleRuns = {
  readonly newest: HistoryRun | undefined
  readonly isBusy: boolean
  readonly start: (ask: HistoryAsk) => void
  readonly stop: (id: string) => void
  readonly resume: (id: string) => void
  readonly error: unknown
}

export function useRuleRuns(): RuleRuns {
  const queries = useQueryClient()
  const { data, error } = useQuery(ruleRunsQuery)
  const onSettled = () => queries.invalidateQueries({ queryKey: ruleRunsQuery.queryKey })
  const start = useMutation({ mutationFn: startRuleRun, onSettled })
  const stop = useMutation({ mutationFn: stopRuleRun, onSettled })
  const resume = useMutation({ mutationFn: resumeRuleRun, onSettled })
  const newest = data?.runs[0]
  const found = newest?.findings
  useEffect(() => {
    if (found !== undefined) void queries.invalidateQueries({ queryKey: rulesQuery.queryKey })
  }, [found, queries])
  return {
    newest,
    isBusy: (data?.runs.some(({ state }) => state === 'running') ?? false) || start.isPending,
    start: start.mutate,
    stop: stop.mutate,
    resume: resume.mutate,
    error: error ?? start.error ?? stop.error ?? resume.error,
  }
}
