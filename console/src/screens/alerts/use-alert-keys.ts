// The keys of the alert list.

import type { RefObject } from 'react'
import { useKeys } from '../../keys.ts'
import { useWords } from '../../language.ts'
import type { GridHandle } from '../../parts/grid-props.ts'
import type { Triage } from './triage.ts'

export function useAlertKeys(triage: Triage, grid: RefObject<GridHandle | null>): void {
  const words = useWords().alerts
  const { actions, selection, targets, step, show } = triage
  const withActive = (run: (id: string) => void) => (): void => {
    const id = grid.current?.activeKey()
    if (id) run(id)
  }
  const escape = (): void => {
    if (triage.closing === null) show(undefined)
    triage.stopClosing()
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
    { keys: 'c', label: words.close, run: triage.askClosing },
    { keys: 'u', label: words.undo, run: actions.undo },
  ])
}
