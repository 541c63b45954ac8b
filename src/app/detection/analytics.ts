// The station's analytics as the server asks for them.

import type { AnalyticState } from '../../detect/index.ts'
import type { AnalyticList } from '../../model/index.ts'
import { sql } from '../../store/index.ts'
import type { StationParts } from '../parts.ts'

export async function analyticList({ core, clock, settings }: StationParts): Promise<AnalyticList> {
  const states = (await core.analytics?.list()) ?? []
  const { rows } = await core.store.events.ask.query<{ rule: string; n: string }>(
    sql`SELECT toString(rule) AS rule, count() AS n FROM findings WHERE rule IN ${states.map(({ analytic }) => analytic.id)} AND judged > now() - INTERVAL 30 DAY GROUP BY rule`,
  )
  const counts = new Map(rows.map(({ rule, n }) => [rule, Number(n)]))
  return {
    asOf: new Date(clock.nowMs()).toISOString(),
    alertsADay: settings.alertsADay,
    late: core.analytics?.late ?? { questions: 0, left: 0, problem: null },
    analytics: states.map((state) => shown(state, counts.get(state.analytic.id) ?? 0)),
  }
}

function shown(
  { analytic, ...run }: AnalyticState,
  found30d: number,
): AnalyticList['analytics'][number] {
  return {
    id: analytic.id,
    title: analytic.title,
    description: analytic.description,
    severity: analytic.severity,
    entity: analytic.entity,
    attack: analytic.attack,
    parameters: analytic.parameters,
    blind: analytic.blind,
    sql: analytic.sql,
    everyMs: analytic.every,
    windowMs: analytic.window,
    historyMs: analytic.history,
    falsePositives: analytic.false_positives,
    asked: run.asked?.toISOString() ?? null,
    tookMs: run.tookMs,
    found: run.found,
    problem: run.problem,
    lately: [...run.lately],
    found30d,
  }
}
