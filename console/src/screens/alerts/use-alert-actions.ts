// Acknowledge, assign, close, reopen, comment: on one alert or many, each with its undo.

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeAlerts, undoChange } from '../../api.ts'
import type { AlertChange } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { sessionQuery } from '../../queries.ts'

export type Notice = {
  readonly text: string
  readonly undo: string | null
  readonly problem: unknown
}

export type AlertActions = {
  readonly acknowledge: (ids: readonly string[]) => void
  readonly assignToMe: (ids: readonly string[]) => void
  readonly reopen: (ids: readonly string[]) => void
  readonly close: (ids: readonly string[], assessment: NonNullable<AlertChange['assessment']>, reason: string) => void
  readonly comment: (ids: readonly string[], comment: string) => void
  readonly undo: () => void
  readonly notice: Notice | null
  readonly dismiss: () => void
}

type Change = Omit<AlertChange, 'ids'>

/** `changed` runs after the station has changed them, with what was changed. */
export function useAlertActions(changed: (ids: readonly string[], change: Change) => Promise<void>): AlertActions {
  const words = useWords().alerts
  const queries = useQueryClient()
  const [notice, setNotice] = useState<Notice | null>(null)
  const say = (text: string, undo: string | null = null): void => setNotice({ text, undo, problem: null })
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (problem) {
      setNotice({ text: '', undo: null, problem })
    }
  }
  const run = (ids: readonly string[], change: Change, done: (count: number) => string): void => {
    if (ids.length === 0) {
      say(words.nothingChosen)
      return
    }
    void attempt(async () => {
      const answer = await changeAlerts({ ids: [...ids], ...change })
      say(done(answer.changed), answer.undo)
      await settle(ids, change)
    })
  }
  const settle = async (ids: readonly string[], change: Change): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['alert'] })
    void queries.invalidateQueries({ queryKey: ['overview'] })
    await changed(ids, change)
  }
  return {
    notice,
    dismiss: () => setNotice(null),
    acknowledge: (ids) => run(ids, { state: 'acknowledged' }, words.acknowledged),
    reopen: (ids) => run(ids, { state: 'in_progress' }, words.reopened),
    close: (ids, assessment, reason) => run(ids, { state: 'closed', assessment, reason }, words.closed),
    comment: (ids, comment) => run(ids, { comment }, () => words.commented),
    assignToMe: (ids) => {
      const me = queries.getQueryData(sessionQuery.queryKey)?.user
      if (me !== undefined) run(ids, { assignee: me }, words.assigned)
    },
    undo: () => {
      const undo = notice?.undo
      if (!undo) return
      void attempt(async () => {
        await undoChange(undo)
        say(words.undone)
        await settle([], {})
      })
    },
  }
}
