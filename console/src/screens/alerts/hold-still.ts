// New alerts never move the rows being read: rows stay where they were, with their newest values, and what is new waits.

import type { AlertGroup, AlertList } from '../../api-types.ts'

export type HeldAlerts = AlertList & {
  /** New alerts that are not shown yet. */
  readonly waiting: number
}

/** `shown` decides which rows and their order; `fresh` gives their values. */
export function holdStill(shown: AlertList, fresh: AlertList): HeldAlerts {
  if (shown === fresh) return { ...fresh, waiting: 0 }
  const newest = new Map(fresh.alerts.map((alert) => [alert.id, alert]))
  const groups = new Map(fresh.groups.map((group) => [group.rule, group]))
  const known = new Set(shown.alerts.map(({ id }) => id))
  return {
    asOf: fresh.asOf,
    total: shown.total,
    alerts: shown.alerts.map((alert) => newest.get(alert.id) ?? alert),
    groups: shown.groups.map((group): AlertGroup => groups.get(group.rule) ?? group),
    waiting: fresh.alerts.filter(({ id }) => !known.has(id)).length,
  }
}

/** The row to go to when `leaving` rows are done with: the next that stays, else the last before them. */
export function nextAfter(ids: readonly string[], leaving: ReadonlySet<string>): string | null {
  const last = ids.findLastIndex((id) => leaving.has(id))
  const after = ids.slice(last + 1).find((id) => !leaving.has(id))
  return after ?? ids.slice(0, last + 1).findLast((id) => !leaving.has(id)) ?? null
}
