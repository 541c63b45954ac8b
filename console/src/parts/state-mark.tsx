// A state is a shape, a word and a colour together; never colour alone (WCAG 1.4.1).

import type { ReactNode } from 'react'
import styles from './state-mark.module.css'

/** Tick, half, cross, question, dash. */
const SHAPES = {
  good: 'm2.5 8.5 3.5 3.5 7.5-8',
  partly: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 0v12',
  bad: 'm3 3 10 10M13 3 3 13',
  unknown: 'M5 5.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2.9-1.2 1.8m0 3v.2',
  none: 'M3 8h10',
} as const

export type Tone = keyof typeof SHAPES

export function StateMark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`${styles.mark} ${styles[tone]}`}>
      <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path
          d={SHAPES[tone]}
          fill="none"
          stroke="currentColor"
          strokeWidth="2.25"
          strokeLinecap="round"
        />
      </svg>
      <span className={styles.word}>{children}</span>
    </span>
  )
}
