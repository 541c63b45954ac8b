// A station's readiness: goals with evidence from the other rooms, what people say of them, plans, reports.

import { VigieError, reasonOf } from '../../core/index.ts'
import type { Goal, Readiness } from '../../model/index.ts'
import {
  assess,
  attest,
  contactSheet,
  correctGoal,
  logCoverage,
  noteGoal,
  oscalResults,
  planTemplate,
  plans,
  readGoals,
  readPriority,
  readinessReport,
  savePlan,
} from '../../readiness/index.ts'
import type { Station } from '../../server/index.ts'
import type { Language } from '../../words/index.ts'
import { CONTENT } from '../content.ts'
import type { StationParts } from '../parts.ts'
import { parserDays, parserFields } from './evidence-network.ts'
import { evidenceOf } from './goal-evidence.ts'

/** Evidence is asked again after this; a person's word shows at once. */
const KEPT_MS = 60_000

export function readinessOf(
  parts: StationParts & { readonly organization: string },
): Station['readiness'] {
  const { core, clock, organization } = parts
  const { records } = core.store
  let catalogue: readonly Goal[] | undefined
  let kept: { readonly atMs: number; readonly made: Promise<Readiness> } | undefined
  const goals = () => (catalogue ??= readGoals(CONTENT.goals))
  const by = (who: string) => ({ who, nowMs: clock.nowMs() })
  const known = (key: string): Goal => {
    const goal = goals().find((one) => one.key === key)
    if (goal === undefined) throw new VigieError('NOT_FOUND', { what: key })
    return goal
  }
  const view = (): Promise<Readiness> => {
    if (kept !== undefined && clock.nowMs() - kept.atMs < KEPT_MS) return kept.made
    const made = readinessNow(parts, goals())
    kept = { atMs: clock.nowMs(), made }
    made.catch(() => (kept = undefined))
    return made
  }
  const after = <T>(work: Promise<T>): Promise<T> => work.finally(() => (kept = undefined))
  return {
    view,
    report: async (language: Language) => readinessReport(await view(), language),
    oscal: async () => oscalResults(await view()),
    attest: async (key, ask, who) => {
      const criterion = known(key).criteria.find((one) => one.key === ask.criterion)
      if (criterion === undefined)
        throw new VigieError('NOT_FOUND', { what: `${key}/${ask.criterion}` })
      await after(attest(records, key, ask, by(who)))
    },
    note: async (key, ask, who) => after(noteGoal(records, known(key).key, ask, by(who))),
    correct: async (key, ask, who) => after(correctGoal(records, known(key).key, ask, by(who))),
    plans: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      plans: [...(await plans(records, clock.nowMs()))],
    }),
    planTemplate: (kind, language) => planTemplate(kind, language),
    savePlan: async (kind, plan, who) => after(savePlan(records, kind, plan, by(who))),
    contactSheet: async (language) =>
      contactSheet(
        await plans(records, clock.nowMs()),
        organization,
        language,
        new Date(clock.nowMs()).toISOString(),
      ),
  }
}

async function readinessNow(
  parts: StationParts & { readonly organization: string },
  goals: readonly Goal[],
): Promise<Readiness> {
  const { core, clock, onNote, organization } = parts
  const { events, records } = core.store
  const nowMs = clock.nowMs()
  const priority = readPriority(CONTENT.goals)
  const days = await parserDays(events, nowMs)
  const fields = await parserFields(events, priority, nowMs)
  const logs = logCoverage(priority, { days, fields }, nowMs)
  const seen = { ...parts, logs, plans: await plans(records, nowMs) }
  const onTrouble = (cause: unknown) => onNote(reasonOf(cause))
  return assess({
    records,
    goals,
    providers: evidenceOf(seen),
    logs,
    organization,
    nowMs,
    onTrouble,
  })
}
