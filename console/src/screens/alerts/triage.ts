// What someone who works through alerts has in hand.

import type { AlertActions } from './use-alert-actions.ts'
import type { Selection } from './use-selection.ts'

export type Triage = {
  readonly selection: Selection
  readonly actions: AlertActions
  /** What is selected, else what is open, else the row with the focus. */
  readonly targets: () => readonly string[]
  readonly open: string | undefined
  readonly show: (id: string | undefined) => void
  readonly step: (by: 1 | -1) => void
  /** Ids the closing form is for; null while there is none. */
  readonly closing: readonly string[] | null
  readonly askClosing: () => void
  readonly stopClosing: () => void
}
