// The question: field:value terms or SQL. The address changes when it is run, not while it is typed.

import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useKeys } from '../../keys.ts'
import { useWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { Kbd } from '../../parts/kbd.tsx'
import { FieldQuery } from './field-query.tsx'
import { FIRST_SQL } from './first-sql.ts'
import styles from './hunt.module.css'
import type { HuntProps } from './use-hunt.ts'

export function QueryBar({ state }: HuntProps) {
  const words = useWords().hunt
  const { search, isSql, set, rerun } = state
  const [draft, setDraft] = useState((isSql ? search.sql : search.q) ?? (isSql ? FIRST_SQL : ''))
  const box = useRef<HTMLDivElement>(null)
  const run = (): void => {
    const asked = isSql ? search.sql : search.q
    if (draft.trim() === (asked ?? '')) rerun()
    else set({ [isSql ? 'sql' : 'q']: draft.trim() || undefined, event: undefined })
  }
  const focus = (): void => box.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  useKeys([
    { keys: '/', label: words.keys.query, run: focus },
    { keys: 'mod+Enter', label: words.keys.run, run },
  ])
  return (
    <form
      className={styles.query}
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      <Choices
        label={words.language}
        choices={[
          { value: 'fields', label: words.simple },
          { value: 'sql', label: words.sql },
        ]}
        isChosen={(value) => (value === 'sql') === isSql}
        choose={(value) => set({ mode: value === 'sql' ? 'sql' : undefined, event: undefined })}
      />
      <div ref={box} className={styles.box}>
        {isSql ? (
          <SqlQuery draft={draft} setDraft={setDraft} />
        ) : (
          <FieldQuery draft={draft} setDraft={setDraft} run={run} />
        )}
      </div>
      <button type="submit" className="main" aria-keyshortcuts="Control+Enter">
        {words.run}
        <Kbd keys={words.runHint} />
      </button>
    </form>
  )
}

type DraftProps = { draft: string; setDraft: (draft: string) => void }

function SqlQuery({ draft, setDraft }: DraftProps) {
  const words = useWords().hunt
  return (
    <>
      <textarea
        className="mono"
        aria-label={words.sql}
        aria-describedby="sql-help"
        rows={5}
        spellCheck={false}
        maxLength={20_000}
        value={draft}
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={leaveByKey}
      />
      <span id="sql-help" className="quiet">
        {words.sqlHelp}
      </span>
    </>
  )
}

/** Tab leaves the box, as everywhere else on the page (WCAG 2.1.2); Esc gives the keys back to the screen. */
function leaveByKey({ key, currentTarget }: KeyboardEvent<HTMLTextAreaElement>): void {
  if (key === 'Escape') currentTarget.blur()
}
