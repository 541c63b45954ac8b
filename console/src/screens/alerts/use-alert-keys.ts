// The keys of the alert list.

import type { RefObject } from 'react'
import { useKeys } from '../../keys.ts'
import { useWords } from '../../language.ts'
import type { GridHandle } from '../../parts/grid.tsx'
import type { AlertActions } from './use-alert-actions.ts'
import type { Selection } from './use-selection.ts'

type Given = {
  readonly actions: AlertActions
  readonly selection: Selection
  readonly targets: () => readonly string[]
  readonly grid: RefObject<GridHandle | null>
  readonly step: (by: 1 | -1) => void
  readonly show: (id: string | undefined) => void
  readonly askClosing: () => void
  readonly isClosing: boolean
  readonly stopClosing: () => void
}

export function useAlertKeys(given: Given): void {
  const words = useWords().alerts
  const { actions, selection, targets, grid, step, show } = given
  const withActive = (run: (id: string) => void) => (): void => {
    const id = grid.current?.activeKey()
    if (id) run(id)
  }
  const escape = (): void => {
    if (given.isClosing) given.stopClosing()
    else show(undefined)
    withActive((id) => grid.current?.focusRow(id))()
  }
  useKeys([
    { keys: 'j', label: words.keys.next, run: () => step(1) },
    { keys: 'k', label: words.keys.previous, run: () => step(-1) },
    { keys: 'Enter', label: words.keys.open, run: withActive(show) },
    { keys: 'Escape', label: words.keys.closePanel, run: escape },
    { keys: 'x', label: words.keys.select, run: withActive(selection.toggle) },
    { keys: 'Shift+x', label: words.keys.range, run: withActive(selection.extendTo) },
    { keys: 'e', label: words.acknowledge, run: () => actions.acknowledge(targets()) },
    { keys: 'a', label: words.assign, run: () => actions.assignToMe(targets()) },
    { keys: 'c', label: words.close, run: given.askClosing },
    { keys: 'u', label: words.undo, run: actions.undo },
  ])
}
