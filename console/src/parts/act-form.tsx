// A form that is folded away until it is wanted: it sends, says how that went, and lets the screen ask again.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, KeyboardEvent, ReactNode } from 'react'
import { useWords } from '../language.ts'
import styles from './act-form.module.css'
import { Problem } from './problem.tsx'

type Props<T> = {
  title: string
  /** What the button says. */
  action: string
  send: (form: HTMLFormElement) => Promise<T>
  /** First part of the keys of what is asked again afterwards. */
  refreshes: string
  /** What is said of a good end; that it is saved, where nothing more is known. */
  said?: (answer: T) => ReactNode
  children: ReactNode
}

export function ActForm<T>({ title, action, send, refreshes, said, children }: Props<T>) {
  const words = useWords().frame
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: send,
    onSettled: () => queries.invalidateQueries({ queryKey: [refreshes] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    act.mutate(event.currentTarget)
  }
  return (
    <details className={styles.act}>
      <summary>{title}</summary>
      <form onSubmit={submit} onKeyDown={onFormKey}>
        {children}
        <div className="row">
          <button type="submit" className="main" disabled={act.isPending}>
            {action}
          </button>
        </div>
      </form>
      {act.error && <Problem error={act.error} />}
      <div role="status">{act.isSuccess && (said ? said(act.data) : words.saved)}</div>
    </details>
  )
}

/** Ctrl+Enter sends, Escape leaves and gives the focus back to what opened the form. */
function onFormKey(event: KeyboardEvent<HTMLFormElement>): void {
  const form = event.currentTarget
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  else if (event.key === 'Escape') {
    const details = form.closest('details')
    if (details) details.open = false
    details?.querySelector('summary')?.focus()
  } else return
  event.preventDefault()
  event.stopPropagation()
}
