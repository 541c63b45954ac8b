// What was just done, with its undo, for ten seconds. The clock stands still while the pointer or the focus is on it
// (WCAG 2.2.1). It stands before the list in the page, one step back from the rows; where single-letter keys are off, so
// that `u` cannot undo, the button takes the focus and gives it back.

import { useEffect, useRef, useState } from 'react'
import { useWords } from '../../language.ts'
import { Icon } from '../../parts/icon.tsx'
import { Kbd } from '../../parts/kbd.tsx'
import { useProblemSentence } from '../../parts/problem.tsx'
import { usePreferences } from '../../preferences.ts'
import styles from './alerts.module.css'
import type { AlertActions, Notice } from './use-alert-actions.ts'

const SHOWN_MS = 10_000

export function UndoToast({ actions }: { actions: AlertActions }) {
  const { notice } = actions
  return (
    <div role="status" className={styles.toasts}>
      {notice && <Toast key={`${notice.text}${notice.undo}`} notice={notice} actions={actions} />}
    </div>
  )
}

function Toast({ notice, actions }: { notice: Notice; actions: AlertActions }) {
  const words = useWords()
  const sentence = useProblemSentence(notice.problem)
  const [isHeld, setHeld] = useState(false)
  useTimeout(isHeld ? null : actions.dismiss)
  const button = useBorrowedFocus(notice.undo !== null)
  return (
    <div
      className={styles.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{notice.problem === null ? notice.text : sentence}</span>
      {notice.undo !== null && (
        <button type="button" ref={button} onClick={actions.undo} aria-keyshortcuts="u">
          {words.alerts.undo}
          <Kbd keys="u" />
        </button>
      )}
      <button type="button" className="bare" onClick={actions.dismiss}>
        <Icon name="close" />
        <span className="unseen">{words.alerts.dismiss}</span>
      </button>
    </div>
  )
}

function useTimeout(run: (() => void) | null): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const isRunning = run !== null
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setTimeout(() => latest.current?.(), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isRunning])
}

/** Takes the focus only where no key can do the same; gives it back when the toast goes while it still has it. */
function useBorrowedFocus(hasUndo: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  const takes = usePreferences().keys === 'none' && hasUndo
  useEffect(() => {
    const taken = button.current
    const before = document.activeElement
    if (takes) taken?.focus()
    return () => {
      const isLost = document.activeElement === taken || document.activeElement === document.body
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [takes])
  return button
}
