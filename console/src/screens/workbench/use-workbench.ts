// What the workbench knows: the text, the station's word on it a moment after typing, the last test, the last save.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { RuleCheck, RuleFile, RuleTrial } from '../../api-types.ts'
import { removeRuleFile, saveRule, startTrial, stopTrial } from '../../api.ts'
import { ruleCheckQuery, trialQuery } from '../../queries.ts'

export type Bench = {
  readonly text: string
  readonly type: (text: string) => void
  readonly check: RuleCheck | undefined
  readonly checkError: unknown
  readonly trial: RuleTrial | undefined
  readonly trialError: unknown
  readonly isStarting: boolean
  /** The text changed since the test began. */
  readonly isOld: boolean
  readonly start: (span: { from: string; to: string }) => void
  readonly stop: () => void
  readonly save: () => void
  readonly saved: RuleFile | undefined
  readonly remove: (name: string) => void
  readonly isRemoved: boolean
  readonly keepError: unknown
}

const PAUSE_MS = 400

export function useWorkbench(first: string): Bench {
  const queries = useQueryClient()
  const [text, setText] = useState(first)
  const settled = useSettled(text)
  const check = useQuery(ruleCheckQuery(settled))
  const trial = useTrial(text)
  const save = useMutation({
    mutationFn: saveRule,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['rule-draft'] }),
  })
  const remove = useMutation({ mutationFn: removeRuleFile })
  return {
    text,
    type: (next) => {
      setText(next)
      save.reset()
    },
    check: check.data,
    checkError: check.error,
    ...trial,
    save: () => save.mutate(text),
    saved: save.data,
    remove: remove.mutate,
    isRemoved: remove.isSuccess,
    keepError: save.error ?? remove.error,
  }
}

/** The text once nobody types for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

type Tried = Pick<Bench, 'trial' | 'trialError' | 'isStarting' | 'isOld' | 'start' | 'stop'>

function useTrial(text: string): Tried {
  const queries = useQueryClient()
  const [tried, setTried] = useState<{ id: string; text: string } | null>(null)
  const { data, error } = useQuery(trialQuery(tried?.id ?? null))
  const keep = (trial: RuleTrial): void =>
    void queries.setQueryData(trialQuery(trial.id).queryKey, trial)
  const start = useMutation({
    mutationFn: startTrial,
    onSuccess: (trial, ask) => {
      keep(trial)
      setTried({ id: trial.id, text: ask.text })
    },
  })
  const stop = useMutation({ mutationFn: stopTrial, onSuccess: keep })
  return {
    trial: tried === null ? undefined : data,
    trialError: start.error ?? stop.error ?? error,
    isStarting: start.isPending,
    isOld: tried !== null && tried.text !== text,
    start: (span) => start.mutate({ ...span, text }),
    stop: () => {
      if (tried !== null) stop.mutate(tried.id)
    },
  }
}
