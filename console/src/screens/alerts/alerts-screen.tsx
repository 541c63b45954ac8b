// Alerts: grouped by rule until one is chosen, then row by row; details at the right; triage by keyboard.

import { getRouteApi } from '@tanstack/react-router'
import { useRef } from 'react'
import { useWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import type { GridHandle } from '../../parts/grid-props.ts'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { AlertFilterBar } from './alert-filter-bar.tsx'
import { isGrouped } from './alert-filter.ts'
import { AlertGroups } from './alert-groups.tsx'
import { AlertTable } from './alert-table.tsx'
import { useHeldAlerts } from './use-held-alerts.ts'
import { WaitingBar } from './waiting-bar.tsx'

const route = getRouteApi('/alerts')

export function AlertsScreen() {
  const words = useWords()
  const search = route.useSearch()
  const held = useHeldAlerts(search)
  const grid = useRef<GridHandle>(null)
  const { list } = held
  return (
    <div className={layout.fill}>
      <PageTitle title={words.places.alerts}>{list && <AsOf at={list.asOf} />}</PageTitle>
      <AlertFilterBar total={list?.total} groups={list?.groups} />
      {held.error && <Problem error={held.error} retry={held.retry} />}
      {!list && !held.error && <Loading />}
      <WaitingBar count={list?.waiting ?? 0} show={held.accept} />
      {list &&
        (isGrouped(search) ? (
          <AlertGroups groups={list.groups} grid={grid} />
        ) : (
          <AlertTable list={list} grid={grid} reload={held.reload} />
        ))}
    </div>
  )
}
