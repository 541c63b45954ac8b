// Field names offered at the caret while a query is typed, and the keys that choose from them.

import { useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useOptionList } from '../../parts/use-option-list.ts'
import { huntFieldsQuery } from '../../queries.ts'
import { completed, completionAt } from './completion.ts'
import type { Completion } from './completion.ts'

export function useOffer(draft: string, setDraft: (draft: string) => void) {
  const { data } = useQuery(huntFieldsQuery)
  const names = useMemo(() => data?.fields.map(({ name }) => name) ?? [], [data])
  const [completion, setCompletion] = useState<Completion | null>(null)
  const choices = completion?.choices ?? []
  const { at, onArrow, reset } = useOptionList(choices.length, -1)
  const { input, putCaret } = useCaret()
  const take = (choice: string): void => {
    if (completion === null) return
    const next = completed(draft, completion, choice)
    putCaret(next.caret)
    setDraft(next.query)
    setCompletion(null)
  }
  /** True when the key was one of ours. */
  const onKey = (key: string): boolean => {
    if (completion === null) return false
    const chosen = choices[at]
    if (onArrow(key)) return true
    if ((key === 'Enter' || key === 'Tab') && chosen !== undefined) take(chosen)
    else if (key === 'Escape') setCompletion(null)
    else return false
    return true
  }
  const typed = (text: string, position: number): void => {
    setDraft(text)
    setCompletion(completionAt(text, position, names))
    reset()
  }
  return { input, choices, at, take, onKey, typed, close: () => setCompletion(null) }
}

/** Puts the caret where it belongs once the new text is in the box. */
function useCaret() {
  const input = useRef<HTMLInputElement>(null)
  const caret = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (caret.current !== null) input.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const putCaret = (at: number): void => {
    caret.current = at
  }
  return { input, putCaret }
}
