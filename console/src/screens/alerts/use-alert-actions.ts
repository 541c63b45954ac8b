// Acknowledge, assign, close, reopen, comment: on one alert or many, each with its undo.

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertChange, Assessment } from '../../api-types.ts'
import { changeAlerts, undoChange } from '../../api.ts'
import { useWords } from '../../language.ts'
import { sessionQuery } from '../../queries.ts'

export type Notice = {
  readonly text: string
  readonly undo: string | null
  readonly problem: unknown
}

type Ids = readonly string[]
type Change = Omit<AlertChange, 'ids'>
type Changed = (ids: Ids, change: Change) => Promise<void>

export type AlertActions = {
  readonly acknowledge: (ids: Ids) => void
  readonly assignToMe: (ids: Ids) => void
  readonly reopen: (ids: Ids) => void
  readonly close: (ids: Ids, assessment: Assessment, reason: string) => void
  readonly comment: (ids: Ids, comment: string) => void
  readonly undo: () => void
  readonly sayNothingChosen: () => void
  readonly notice: Notice | null
  readonly dismiss: () => void
}

/** `changed` runs after the station has changed them, with what was changed. */
export function useAlertActions(changed: Changed): AlertActions {
  const words = useWords().alerts
  const queries = useQueryClient()
  const { run, ...rest } = useChange(changed)
  return {
    ...rest,
    acknowledge: (ids) => run(ids, { state: 'acknowledged' }, words.acknowledged),
    reopen: (ids) => run(ids, { state: 'in_progress' }, words.reopened),
    close: (ids, assessment, reason) =>
      run(ids, { state: 'closed', assessment, reason }, words.closed),
    comment: (ids, comment) => run(ids, { comment }, () => words.commented),
    assignToMe: (ids) => {
      const me = queries.getQueryData(sessionQuery.queryKey)?.user
      if (me !== undefined) run(ids, { assignee: me }, words.assigned)
    },
  }
}

/** One change after another, what is said of the last, and its undo. */
function useChange(changed: Changed) {
  const words = useWords().alerts
  const queries = useQueryClient()
  const [notice, setNotice] = useState<Notice | null>(null)
  const attempt = async (ids: Ids, change: Change, ask: () => Promise<Notice>): Promise<void> => {
    try {
      setNotice(await ask())
      await queries.invalidateQueries({ queryKey: ['alert'] })
      void queries.invalidateQueries({ queryKey: ['overview'] })
      await changed(ids, change)
    } catch (problem) {
      setNotice({ text: '', undo: null, problem })
    }
  }
  const sayNothingChosen = (): void =>
    setNotice({ text: words.nothingChosen, undo: null, problem: null })
  const run = (ids: Ids, change: Change, done: (count: number) => string): void => {
    if (ids.length === 0) sayNothingChosen()
    else {
      void attempt(ids, change, async () => {
        const answer = await changeAlerts({ ids: [...ids], ...change })
        return { text: done(answer.changed), undo: answer.undo, problem: null }
      })
    }
  }
  const undo = (): void => {
    const last = notice?.undo
    if (!last) return
    void attempt([], {}, async () => {
      await undoChange(last)
      return { text: words.undone, undo: null, problem: null }
    })
  }
  return { notice, dismiss: () => setNotice(null), run, undo, sayNothingChosen }
}
