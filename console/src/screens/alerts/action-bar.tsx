// What can be done with the selected rows, or with the one that is open or has the focus.

import { useWords } from '../../language.ts'
import { Kbd } from '../../parts/kbd.tsx'
import layout from '../../parts/layout.module.css'
import type { AlertActions } from './use-alert-actions.ts'
import type { Selection } from './use-selection.ts'

type Props = {
  selection: Selection
  actions: AlertActions
  targets: () => readonly string[]
  askClosing: () => void
}

export function ActionBar({ selection, actions, targets, askClosing }: Props) {
  const words = useWords().alerts
  const count = selection.selected.size
  return (
    <div className={layout.bar}>
      <Act label={words.acknowledge} keys="e" run={() => actions.acknowledge(targets())} />
      <Act label={words.assign} keys="a" run={() => actions.assignToMe(targets())} />
      <Act label={words.close} keys="c" run={askClosing} />
      <button
        type="button"
        className="bare"
        onClick={count > 0 ? selection.clear : selection.selectAll}
      >
        {count > 0 ? words.clearSelection : words.selectAll}
      </button>
      <span role="status">{count > 0 && words.selected(count)}</span>
    </div>
  )
}

export function Act({ label, keys, run }: { label: string; keys: string; run: () => void }) {
  return (
    <button type="button" onClick={run} aria-keyshortcuts={keys}>
      {label}
      <Kbd keys={keys} />
    </button>
  )
}
