// The box for field:value terms, with field names offered while they are typed (ARIA combobox pattern).

import { useQuery } from '@tanstack/react-query'
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useWords } from '../../language.ts'
import { huntFieldsQuery } from '../../queries.ts'
import { completed, completionAt } from './completion.ts'
import type { Completion } from './completion.ts'
import styles from './hunt.module.css'

type Props = { draft: string; setDraft: (draft: string) => void; run: () => void }

export function FieldQuery({ draft, setDraft, run }: Props) {
  const words = useWords().hunt
  const list = useId()
  const offer = useOffer(draft, setDraft)
  const { completion, at } = offer
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (offer.onKey(event.key)) event.preventDefault()
    else if (event.key === 'Escape') event.currentTarget.blur()
    else if (event.key === 'Enter') {
      event.preventDefault()
      run()
    }
  }
  return (
    <>
      <input
        ref={offer.input}
        className="mono"
        role="combobox"
        aria-label={words.query}
        aria-autocomplete="list"
        aria-expanded={completion !== null}
        aria-controls={list}
        aria-activedescendant={completion && at >= 0 ? `${list}-${at}` : undefined}
        placeholder={words.queryExample}
        title={words.queryHelp}
        spellCheck={false}
        autoComplete="off"
        maxLength={10_000}
        value={draft}
        onChange={({ target }) => offer.typed(target.value, target.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={offer.close}
      />
      <ul id={list} role="listbox" aria-label={words.fields} className={styles.offer} hidden={completion === null}>
        {completion?.choices.map((choice, index) => (
          <li
            key={choice}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerDown={(event) => {
              event.preventDefault()
              offer.take(choice)
            }}
          >
            {choice}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What is offered at the caret, and the keys that choose from it. */
function useOffer(draft: string, setDraft: (draft: string) => void) {
  const { data } = useQuery(huntFieldsQuery)
  const names = useMemo(() => data?.fields.map(({ name }) => name) ?? [], [data])
  const input = useRef<HTMLInputElement>(null)
  const [completion, setCompletion] = useState<Completion | null>(null)
  const [at, setAt] = useState(-1)
  const caret = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (caret.current !== null) input.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const take = (choice: string): void => {
    if (completion === null) return
    const next = completed(draft, completion, choice)
    caret.current = next.caret
    setDraft(next.query)
    setCompletion(null)
  }
  const onKey = (key: string): boolean => {
    if (completion === null) return false
    const { choices } = completion
    const chosen = choices[at]
    if (key === 'ArrowDown') setAt((at + 1) % choices.length)
    else if (key === 'ArrowUp') setAt((at + choices.length - (at < 0 ? 0 : 1)) % choices.length)
    else if ((key === 'Enter' || key === 'Tab') && chosen) take(chosen)
    else if (key === 'Escape') setCompletion(null)
    else return false
    return true
  }
  return {
    input,
    completion,
    at,
    take,
    onKey,
    close: () => setCompletion(null),
    typed: (text: string, position: number) => {
      setDraft(text)
      setCompletion(completionAt(text, position, names))
      setAt(-1)
    },
  }
}
