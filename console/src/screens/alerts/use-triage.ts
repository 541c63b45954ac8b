// Working through a list of alerts: what is selected, open and being closed; what an action is on; what comes after it.

import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { RefObject } from 'react'
import type { AlertList } from '../../api-types.ts'
import type { GridHandle } from '../../parts/grid-props.ts'
import { nextAfter } from './hold-still.ts'
import type { Triage } from './triage.ts'
import { useAlertActions } from './use-alert-actions.ts'
import type { AlertActions } from './use-alert-actions.ts'
import { useAlertKeys } from './use-alert-keys.ts'
import { useSelection } from './use-selection.ts'

const route = getRouteApi('/alerts')

type Given = {
  ids: readonly string[]
  grid: RefObject<GridHandle | null>
  reload: () => Promise<AlertList>
}

export function useTriage({ ids, grid, reload }: Given): Triage {
  const { alert: open } = route.useSearch()
  const selection = useSelection(ids)
  const show = useOpenAlert()
  const actions = useAdvancingActions({ ids, grid, reload, open, show })
  const [closing, setClosing] = useState<readonly string[] | null>(null)
  const focusActive = (): void => {
    const id = grid.current?.activeKey()
    if (id) grid.current?.focusRow(id)
  }
  const triage: Triage = {
    selection,
    actions,
    open,
    show,
    closing,
    targets: () => targetsOf(selection.selected, open ?? grid.current?.activeKey()),
    askClosing: () => {
      const chosen = triage.targets()
      if (chosen.length > 0) setClosing(chosen)
      else actions.sayNothingChosen()
    },
    stopClosing: () => {
      setClosing(null)
      focusActive()
    },
    step: (by) => {
      const id = stepFrom(ids, grid.current?.activeKey() ?? open ?? null, by)
      if (id === undefined) return
      grid.current?.focusRow(id)
      if (open) show(id)
    },
  }
  useAlertKeys(triage, grid)
  return triage
}

/** The row after or before; from nowhere the first. */
function stepFrom(ids: readonly string[], from: string | null, by: 1 | -1): string | undefined {
  const at = from === null ? -1 : ids.indexOf(from)
  return ids[at < 0 ? 0 : Math.max(0, Math.min(at + by, ids.length - 1))]
}

/** Opens an alert in the panel, or closes the panel. */
function useOpenAlert(): Triage['show'] {
  const navigate = route.useNavigate()
  return (id) => void navigate({ search: (before) => ({ ...before, alert: id }), replace: true })
}

function targetsOf(
  selected: ReadonlySet<string>,
  one: string | null | undefined,
): readonly string[] {
  if (selected.size > 0) return [...selected]
  return one ? [one] : []
}

/** After closing, or when the change took the rows out of the list, the next alert is at hand. */
function useAdvancingActions(given: Given & Pick<Triage, 'open' | 'show'>): AlertActions {
  const { ids, grid, reload, open, show } = given
  return useAlertActions(async (changed, { state }) => {
    const leaving = new Set(changed)
    const next = nextAfter(ids, leaving)
    const after = new Set((await reload()).alerts.map(({ id }) => id))
    const isGone = changed.some((id) => !after.has(id))
    if (changed.length === 0 || (state !== 'closed' && !isGone)) return
    if (open && leaving.has(open)) show(next ?? undefined)
    // The rows are rendered first; then the focus goes to the next of them.
    if (next !== null) setTimeout(() => grid.current?.focusRow(next), 0)
  })
}
