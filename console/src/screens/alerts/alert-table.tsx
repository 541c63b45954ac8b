// Alerts row by row, what can be done with them, and the panel of the one that is open.

import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { RefObject } from 'react'
import type { Alert, AlertList } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { Grid } from '../../parts/grid.tsx'
import type { GridHandle } from '../../parts/grid.tsx'
import layout from '../../parts/layout.module.css'
import { ActionBar } from './action-bar.tsx'
import { AlertPanel } from './alert-panel.tsx'
import { ClosingForm } from './closing-form.tsx'
import { nextAfter } from './hold-still.ts'
import { NoAlerts } from './no-alerts.tsx'
import { UndoToast } from './undo-toast.tsx'
import { useAlertActions } from './use-alert-actions.ts'
import { useAlertColumns } from './use-alert-columns.tsx'
import { useAlertKeys } from './use-alert-keys.ts'
import { useSelection } from './use-selection.ts'

const route = getRouteApi('/alerts')
const keyOf = ({ id }: Alert): string => id

type Props = {
  list: AlertList
  grid: RefObject<GridHandle | null>
  reload: () => Promise<AlertList>
}

export function AlertTable({ list, grid, reload }: Props) {
  const words = useWords().alerts
  const { alert: open } = route.useSearch()
  const ids = useMemo(() => list.alerts.map(({ id }) => id), [list.alerts])
  const selection = useSelection(ids)
  const show = useOpenAlert()
  const actions = useAdvancingActions({ ids, grid, reload, open, show })
  const [closing, setClosing] = useState<readonly string[] | null>(null)
  const targets = (): readonly string[] => targetsOf(selection.selected, open, grid.current)
  const step = (by: 1 | -1): void => {
    const id = grid.current?.step(by)
    if (open && id) show(id)
  }
  const askClosing = (): void => setClosing(targets())
  useAlertKeys({ actions, selection, targets, grid, step, show, askClosing, isClosing: closing !== null, stopClosing: () => setClosing(null) })
  const columns = useAlertColumns(selection.selected, selection.toggle)
  return (
    <>
      <ActionBar selection={selection} actions={actions} targets={targets} askClosing={askClosing} />
      <UndoToast actions={actions} />
      {closing && (
        <ClosingForm
          count={closing.length}
          close={(assessment, reason) => {
            setClosing(null)
            actions.close(closing, assessment, reason)
          }}
          cancel={() => {
            setClosing(null)
            grid.current?.step(1)
          }}
        />
      )}
      {list.alerts.length < list.total && <p className="quiet">{words.truncated(list.alerts.length)}</p>}
      <div className={layout.split}>
        <div className={layout.list}>
          {list.alerts.length === 0 ? (
            <NoAlerts />
          ) : (
            <Grid
              label={words.list}
              columns={columns}
              rows={list.alerts}
              rowKey={keyOf}
              current={open}
              selected={selection.selected}
              ref={grid}
            />
          )}
        </div>
        {open && <AlertPanel id={open} ids={ids} show={show} actions={actions} askClosing={askClosing} />}
      </div>
    </>
  )
}

/** Opens an alert in the panel, or closes the panel. */
function useOpenAlert(): (id: string | undefined) => void {
  const navigate = route.useNavigate()
  return (id) => void navigate({ search: (before) => ({ ...before, alert: id }), replace: true })
}

/** What is selected, else what is open, else the row with the focus. */
function targetsOf(selected: ReadonlySet<string>, open: string | undefined, grid: GridHandle | null): readonly string[] {
  if (selected.size > 0) return [...selected]
  const one = open ?? grid?.activeKey()
  return one ? [one] : []
}

type Advancing = Props & { ids: readonly string[]; open: string | undefined; show: (id: string | undefined) => void }

/** After closing, or when the change took the rows out of the list, the next alert is at hand. */
function useAdvancingActions({ ids, grid, reload, open, show }: Omit<Advancing, 'list'>) {
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
