// Severity is always a shape, a word and a colour together; never colour alone (WCAG 1.4.1).

import type { Severity as SeverityName } from '../api-types.ts'
import { useWords } from '../language.ts'
import styles from './severity.module.css'

export const SEVERITIES = [
  'critical',
  'high',
  'medium',
  'low',
  'informational',
] as const satisfies readonly SeverityName[]

/** Fewer corners, less urgent: octagon, triangle, diamond, square, ring. */
const SHAPES: { readonly [S in SeverityName]: string } = {
  critical: 'M5 1h6l4 4v6l-4 4H5l-4-4V5l4-4Z',
  high: 'M8 1.5 15 14H1L8 1.5Z',
  medium: 'M8 1l7 7-7 7-7-7 7-7Z',
  low: 'M2.5 2.5h11v11h-11v-11Z',
  informational: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
}

export function Severity({ is }: { is: SeverityName }) {
  const words = useWords().severity
  return (
    <span className={`${styles.severity} ${styles[is]}`}>
      <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={SHAPES[is]} fill="currentColor" fillRule="evenodd" />
      </svg>
      {words[is]}
    </span>
  )
}
