// The address of the alert list as the station's filter.

import type { AlertFilter, AlertState } from '../../api-types.ts'
import { SEVERITIES } from '../../parts/severity.tsx'
import { listOf } from '../../search-params.ts'
import type { AlertsSearch } from '../../search-params.ts'
import { parseRange, resolveRange } from '../../time-range.ts'

export const ALERT_STATES = [
  'new',
  'acknowledged',
  'in_progress',
  'closed',
] as const satisfies readonly AlertState[]
const OPEN: readonly AlertState[] = ['new', 'acknowledged', 'in_progress']

export const ALERTS_SHOWN = 1000

/** States asked for: open ones when the address says nothing, none of them for `all`. */
export function statesOf({ state }: AlertsSearch): readonly AlertState[] {
  if (state === 'all') return []
  return state === undefined ? OPEN : listOf(state, ALERT_STATES)
}

export function isGrouped({ group, rule, entity }: AlertsSearch): boolean {
  return group !== 'none' && rule === undefined && entity === undefined
}

/** A range that ends now has no `to`, so that new alerts fall into it. */
export function alertFilter(search: AlertsSearch, now: number): AlertFilter {
  const range = parseRange(search, { kind: 'all' })
  const window = resolveRange(range, now)
  const states = statesOf(search)
  const severities = listOf(search.severity, SEVERITIES)
  const { rule, entity, assignee, text } = search
  return {
    limit: ALERTS_SHOWN,
    ...(states.length > 0 && { state: [...states] }),
    ...(severities.length > 0 && { severity: [...severities] }),
    ...(rule && { rule }),
    ...(entity && { entity }),
    ...(assignee && { assignee }),
    ...(text && { text: text.slice(0, 200) }),
    ...(window && { from: new Date(window.from).toISOString() }),
    ...(window && range.kind === 'between' && { to: new Date(window.to).toISOString() }),
  }
}
