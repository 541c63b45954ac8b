// Alerts row by row, what can be done with them, and the panel of the one that is open.

import { useMemo } from 'react'
import type { RefObject } from 'react'
import type { Alert, AlertList } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import type { GridHandle } from '../../parts/grid-props.ts'
import { Grid } from '../../parts/grid.tsx'
import layout from '../../parts/layout.module.css'
import { ActionBar } from './action-bar.tsx'
import { AlertPanel } from './alert-panel.tsx'
import { ClosingForm } from './closing-form.tsx'
import { NoAlerts } from './no-alerts.tsx'
import type { Triage } from './triage.ts'
import { UndoToast } from './undo-toast.tsx'
import { useAlertColumns } from './use-alert-columns.tsx'
import { useTriage } from './use-triage.ts'

const keyOf = ({ id }: Alert): string => id

type Props = {
  list: AlertList
  grid: RefObject<GridHandle | null>
  reload: () => Promise<AlertList>
}

export function AlertTable({ list, grid, reload }: Props) {
  const words = useWords().alerts
  const ids = useMemo(() => list.alerts.map(({ id }) => id), [list.alerts])
  const triage = useTriage({ ids, grid, reload })
  const { selection, actions, targets, askClosing, open, show } = triage
  const columns = useAlertColumns(selection.selected, selection.toggle)
  return (
    <>
      <ActionBar
        selection={selection}
        actions={actions}
        targets={targets}
        askClosing={askClosing}
      />
      <UndoToast actions={actions} />
      <Closing triage={triage} />
      {list.alerts.length < list.total && (
        <p className="quiet">{words.truncated(list.alerts.length)}</p>
      )}
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
        {open && (
          <AlertPanel id={open} ids={ids} show={show} actions={actions} askClosing={askClosing} />
        )}
      </div>
    </>
  )
}

function Closing({ triage }: { triage: Triage }) {
  const { closing, stopClosing, actions } = triage
  if (closing === null) return null
  return (
    <ClosingForm
      count={closing.length}
      close={(assessment, reason) => {
        stopClosing()
        actions.close(closing, assessment, reason)
      }}
      cancel={stopClosing}
    />
  )
}
