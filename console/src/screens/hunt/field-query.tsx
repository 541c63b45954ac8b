// The box for field:value terms, with field names offered while they are typed.

import { useId } from 'react'
import type { KeyboardEvent } from 'react'
import { useWords } from '../../language.ts'
import { OptionList } from '../../parts/option-list.tsx'
import styles from './hunt.module.css'
import { useOffer } from './use-offer.ts'

type Props = { draft: string; setDraft: (draft: string) => void; run: () => void }

export function FieldQuery({ draft, setDraft, run }: Props) {
  const words = useWords().hunt
  const list = useId()
  const { input, choices, at, take, onKey, typed, close } = useOffer(draft, setDraft)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const isTaken = onKey(event.key)
    if (!isTaken && event.key === 'Escape') event.currentTarget.blur()
    if (!isTaken && event.key === 'Enter') run()
    if (isTaken || event.key === 'Enter') event.preventDefault()
  }
  return (
    <>
      <input
        ref={input}
        className="mono"
        role="combobox"
        aria-label={words.query}
        aria-autocomplete="list"
        aria-expanded={choices.length > 0}
        aria-controls={list}
        aria-activedescendant={at >= 0 ? `${list}-${at}` : undefined}
        placeholder={words.queryExample}
        title={words.queryHelp}
        spellCheck={false}
        autoComplete="off"
        maxLength={10_000}
        value={draft}
        onChange={({ target }) => typed(target.value, target.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <OptionList
        id={list}
        label={words.fields}
        options={choices.map((name) => ({ id: name, label: name }))}
        at={at}
        take={({ id }) => take(id)}
        className={styles.offer}
        isHidden={choices.length === 0}
      />
    </>
  )
}
