// What people said of goals and plans, in the records. Nothing is overwritten: a newer word stands before an older one.

import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import { GoalCorrectionSchema, PLAN_KINDS, PlanSchema } from '../model/index.ts'
import type {
  AttestAsk,
  Attestation,
  GoalAsk,
  GoalCorrection,
  Plan,
  PlanKind,
  PlanState,
  ScorePoint,
} from '../model/index.ts'
import type { Records } from '../store/index.ts'
import type { Moved } from './goal-state.ts'
import { planGaps } from './plan-gaps.ts'

const DAY_MS = 86_400_000
const USUAL_MS = 365 * DAY_MS
const MOST_MS = 400 * DAY_MS

export type By = { readonly who: string; readonly nowMs: number }

/** Throws BAD_REQUEST when the end is past or further than 400 days. */
export async function attest(
  records: Records,
  goal: string,
  ask: AttestAsk,
  by: By,
): Promise<void> {
  const expiresMs = ask.expires === undefined ? by.nowMs + USUAL_MS : Date.parse(ask.expires)
  if (expiresMs <= by.nowMs || expiresMs > by.nowMs + MOST_MS)
    throw new VigieError('BAD_REQUEST', {
      met: ask.expires ?? '',
      expected: `> ${new Date(by.nowMs).toISOString()}, ≤ 400 d`,
    })
  await records
    .insertInto('readiness_attestations')
    .values({
      goal,
      criterion: ask.criterion,
      answer: ask.answer,
      statement: ask.statement,
      who: ask.who,
      role: ask.role,
      entered_by: by.who,
      made: new Date(by.nowMs),
      expires: new Date(expiresMs),
      withdrawn: null,
    })
    .execute()
}

/** The newest word on each criterion, ended ones too, so that they can be shown as ended. */
export async function attestations(records: Records): Promise<readonly Attestation[]> {
  const rows = await records
    .selectFrom('readiness_attestations')
    .selectAll()
    .where('withdrawn', 'is', null)
    .orderBy('id')
    .execute()
  const newest = new Map(rows.map((row) => [`${row.goal} ${row.criterion}`, row]))
  return [...newest.values()].map(
    ({ goal, criterion, answer, statement, who, role, made, expires }) => ({
      goal,
      criterion,
      answer: answer === 'met' || answer === 'partly' ? answer : 'not_met',
      statement,
      who,
      role,
      made: made.toISOString(),
      expires: expires.toISOString(),
    }),
  )
}

export type GoalNote = {
  readonly owner: string | null
  readonly due: Date | null
  readonly cost: string | null
  readonly effort: string | null
  readonly not_applicable: string | null
}

export async function goalNotes(records: Records): Promise<ReadonlyMap<string, GoalNote>> {
  const rows = await records.selectFrom('readiness_goals').selectAll().execute()
  return new Map(rows.map((row) => [row.goal, row]))
}

/** What is not said stays as it was; null takes it away. */
export async function noteGoal(
  records: Records,
  goal: string,
  ask: GoalAsk,
  by: By,
): Promise<void> {
  const said = {
    ...(ask.owner === undefined ? {} : { owner: ask.owner }),
    ...(ask.due === undefined ? {} : { due: ask.due }),
    ...(ask.cost === undefined ? {} : { cost: ask.cost }),
    ...(ask.effort === undefined ? {} : { effort: ask.effort }),
    ...(ask.notApplicable === undefined ? {} : { not_applicable: ask.notApplicable }),
    updated: new Date(by.nowMs),
    updated_by: by.who,
  }
  await records
    .insertInto('readiness_goals')
    .values({
      goal,
      owner: null,
      due: null,
      cost: null,
      effort: null,
      not_applicable: null,
      ...said,
    })
    .onConflict((on) => on.column('goal').doUpdateSet(said))
    .execute()
}

export async function corrections(records: Records): Promise<ReadonlyMap<string, GoalCorrection>> {
  const rows = await records
    .selectFrom('readiness_catalogue')
    .selectAll()
    .orderBy('version')
    .execute()
  return new Map(rows.map(({ goal, body }) => [goal, GoalCorrectionSchema.parse(body)]))
}

export async function correctGoal(
  records: Records,
  goal: string,
  correction: GoalCorrection,
  by: By,
): Promise<void> {
  const last = await records
    .selectFrom('readiness_catalogue')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('goal', '=', goal)
    .executeTakeFirst()
  await records
    .insertInto('readiness_catalogue')
    .values({
      goal,
      version: (last?.version ?? 0) + 1,
      body: JSON.stringify(correction),
      updated: new Date(by.nowMs),
      updated_by: by.who,
    })
    .execute()
}

export async function plans(records: Records, nowMs: number): Promise<readonly PlanState[]> {
  const rows = await records.selectFrom('readiness_plans').selectAll().execute()
  return PLAN_KINDS.map((kind) => {
    const row = rows.find((one) => one.kind === kind)
    const plan = row === undefined ? null : PlanSchema.parse(row.body)
    return {
      kind,
      plan,
      version: row?.version ?? 0,
      updated: row?.updated.toISOString() ?? null,
      by: row?.updated_by ?? '',
      gaps: [...planGaps(kind, plan, nowMs)],
    }
  })
}

export async function savePlan(
  records: Records,
  kind: PlanKind,
  plan: Plan,
  by: By,
): Promise<void> {
  const said = { body: JSON.stringify(plan), updated: new Date(by.nowMs), updated_by: by.who }
  await records
    .insertInto('readiness_plans')
    .values({ kind, version: 1, ...said })
    .onConflict((on) =>
      on
        .column('kind')
        .doUpdateSet((eb) => ({ ...said, version: eb('readiness_plans.version', '+', 1) })),
    )
    .execute()
}

const MOST_POINTS = 400
const StatesSchema = z.record(z.string(), z.string())
const MovedSchema = z.array(z.object({ goal: z.string(), from: z.string(), to: z.string() }))

export async function scoreHistory(
  records: Records,
): Promise<readonly (ScorePoint & { readonly states: Readonly<Record<string, string>> })[]> {
  const rows = await records
    .selectFrom('readiness_scores')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(MOST_POINTS)
    .execute()
  return rows.toReversed().map(({ at, score, states, moved }) => ({
    at: at.toISOString(),
    score,
    states: StatesSchema.parse(states),
    moved: MovedSchema.parse(moved),
  }))
}

/** A point only where something moved. */
export async function keepScore(
  records: Records,
  point: {
    readonly score: number
    readonly states: Readonly<Record<string, string>>
    readonly moved: readonly Moved[]
  },
  nowMs: number,
): Promise<void> {
  await records
    .insertInto('readiness_scores')
    .values({
      at: new Date(nowMs),
      score: point.score,
      states: JSON.stringify(point.states),
      moved: JSON.stringify(point.moved),
    })
    .execute()
}
