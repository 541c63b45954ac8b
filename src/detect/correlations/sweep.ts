// One look at everything that came since the last: groups found, written down in one transaction with what was looked at.

import { timeOrderedId } from '../../core/index.ts'
import type { EngineLane, EngineSettings, Records } from '../../store/index.ts'
import { FOUND_MEMBER } from '../../store/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import type { Breaker } from '../breaker.ts'
import type { CorrelationPlan, CorrelationPlans } from '../sigma/index.ts'
import { findGroups } from './find-groups.ts'
import type { FoundGroups } from './find-groups.ts'
import { writePending } from './pending.ts'
import type { NewHit, NewPending } from './pending.ts'
import { newFeeds, recordSweep, statesOf } from './sweep-records.ts'
import { findingOf, tellGroups } from './tell.ts'
import type { Titles, ToldGroup } from './tell.ts'
import { countFeeds } from './touched.ts'
import { waitsForAbsence } from './waits.ts'

export type SweepRequest = {
  readonly lane: EngineLane
  readonly records: Records
  readonly correlations: CorrelationPlans
  readonly facts: ReadonlyMap<string, RuleFacts>
  readonly breaker: Breaker
  readonly settings: EngineSettings
  readonly nowMs: number
  /** Up to here all hits are known. */
  readonly knownMs: number
}

/** What is found is pending afterwards. Gives whether there was anything to look at. */
export async function sweep(request: SweepRequest): Promise<boolean> {
  const { lane, records, correlations, settings, nowMs, knownMs } = request
  const feeds = await newFeeds(records)
  const counts = await countFeeds(lane, feeds, settings)
  const fed = new Map(counts.map((count) => [count.correlation, count]))
  const states = await statesOf(records)
  const problems = new Map<string, string>()
  const pending: NewPending[] = []
  for (const plan of correlations.plans) {
    const closing = waitsForAbsence(plan)
      ? { fromMs: states.get(plan.key)?.decidedMs ?? 0, toMs: knownMs }
      : undefined
    if ((fed.get(plan.key)?.hits ?? 0) === 0 && closing === undefined) continue
    const outcome = await findGroups({ lane, settings, knownMs }, plan, { feeds, closing })
    if (outcome.problem !== undefined) problems.set(plan.key, outcome.problem)
    pending.push(...(await toPending(request, plan, outcome)))
  }
  await records.transaction().execute(async (transaction) => {
    for (const one of pending) await writePending(transaction, one)
    await recordSweep(transaction, {
      feeds,
      counts,
      correlations,
      problems,
      decidedMs: Math.min(knownMs, nowMs),
      nowMs,
    })
  })
  return feeds.ids.length > 0 || pending.length > 0
}

/** Groups written down at once. */
const PER_PENDING = 1000

async function toPending(
  request: SweepRequest,
  plan: CorrelationPlan,
  { found }: FoundGroups,
): Promise<readonly NewPending[]> {
  const { correlations, facts, breaker, nowMs } = request
  const titles: Titles = new Map([...facts.values()].map(({ id, title }) => [id, title.en]))
  const isMuted = correlations.muted.has(plan.correlation.id)
  const all: NewPending[] = []
  for (let at = 0; at < found.length; at += PER_PENDING) {
    const told = await tellGroups(request, plan, found.slice(at, at + PER_PENDING))
    const findings = isMuted ? [] : told.map((group) => findingOf(plan, group, titles))
    all.push({
      id: timeOrderedId<'correlations'>(nowMs),
      nowMs,
      findings: breaker.pass(findings, nowMs),
      facts,
      hits: told.flatMap((group) => [
        foundHit(plan, group),
        ...upperHits(correlations.plans, plan, group),
      ]),
    })
  }
  return all
}

function foundHit({ key }: CorrelationPlan, { grp, ms, batch, line }: ToldGroup): NewHit {
  const of = { groups: [], parts: [], entities: [] }
  return { correlation: key, member: FOUND_MEMBER, grp, time: ms, batch, line, ...of }
}

/** What a correlation finds is an event of those made of it. It knows the values it groups by, and nothing else. */
function upperHits(
  plans: readonly CorrelationPlan[],
  { correlation }: CorrelationPlan,
  { groups, entities, ms, batch, line }: ToldGroup,
): readonly NewHit[] {
  const values = (fields: readonly string[]) =>
    fields.map((field) => groups[correlation.groupBy.indexOf(field)] ?? '')
  return plans.flatMap(({ key, members }) =>
    members.flatMap((member, at): NewHit[] =>
      member.id === correlation.id
        ? [
            {
              correlation: key,
              member: at,
              grp: '0',
              groups: values(member.groupBy),
              parts: values(member.fields),
              time: ms,
              entities: [...entities],
              batch,
              line,
            },
          ]
        : [],
    ),
  )
}
