// What plans prove of goals. Pure; the sentence is made where words are.

import type { Plan, PlanGap, PlanKind, PlanState, ProofState } from '../model/index.ts'

export type PlanFact = {
  readonly state: ProofState
  readonly done: number
  readonly of: number
  readonly open: readonly string[]
}

const NOT_CONTENT: ReadonlySet<PlanGap> = new Set([
  'not_exercised',
  'lessons_open',
  'contact_not_tested',
])

/** By the names that goals use. Plans that were never entered leave the answer to a person's word. */
export function planFacts(
  states: readonly PlanState[],
  nowMs: number,
): Readonly<Record<string, PlanFact>> {
  const of = (kind: PlanKind) => states.find((state) => state.kind === kind)
  const response = of('response')?.plan ?? null
  const recovery = of('recovery')?.plan ?? null
  const notices = of('communications')?.plan ?? null
  const entered = states.filter(({ plan }) => plan !== null)
  const complete = states.filter(
    ({ plan, gaps }) => plan !== null && gaps.every(({ gap }) => NOT_CONTENT.has(gap)),
  )
  const exercised = states.filter(
    ({ plan, gaps }) => plan !== null && gaps.every(({ gap }) => gap !== 'not_exercised'),
  )
  const contacts = [response, notices].flatMap((plan) => (plan === null ? [] : plan.contacts))
  const authorities = contacts.filter(({ kind }) => kind === 'authority')
  const open = states.flatMap(({ kind, gaps }) =>
    gaps.map(({ gap, detail }) => `${kind}: ${gap}${detail === '' ? '' : ` (${detail})`}`),
  )
  const none = entered.length === 0
  return {
    'plans.complete': none ? UNKNOWN : fact(complete.length, states.length, open),
    'plans.exercised': none
      ? UNKNOWN
      : fact(
          exercised.length,
          states.length,
          open.filter((text) => text.includes('exercis')),
        ),
    'plans.providers': tested(
      contacts.filter(({ kind }) => kind === 'provider'),
      nowMs,
      none,
    ),
    'plans.contacts': tested(authorities, nowMs, none),
    'plans.reporting': none ? UNKNOWN : fact(authorities.length > 0 ? 1 : 0, 1, []),
    'plans.backups': backups(recovery),
    'plans.restore': restored(recovery, nowMs),
  }
}

const UNKNOWN: PlanFact = { state: 'unknown', done: 0, of: 0, open: [] }

function fact(done: number, of: number, open: readonly string[]): PlanFact {
  return { state: done === of && of > 0 ? 'met' : done > 0 ? 'partly' : 'not_met', done, of, open }
}

function tested(contacts: Plan['contacts'], nowMs: number, isNone: boolean): PlanFact {
  if (isNone) return UNKNOWN
  const late = contacts.filter(
    ({ tested: on }) => on === null || nowMs - Date.parse(on) > 366 * 86_400_000,
  )
  return fact(
    contacts.length - late.length,
    Math.max(1, contacts.length),
    late.map(({ name }) => name),
  )
}

function backups(plan: Plan | null): PlanFact {
  if (plan === null) return UNKNOWN
  const good = plan.systems.filter(({ backup, keptApart }) => backup !== '' && keptApart)
  const bad = plan.systems.filter((system) => !good.includes(system)).map(({ name }) => name)
  return fact(good.length, Math.max(1, plan.systems.length), bad)
}

function restored(plan: Plan | null, nowMs: number): PlanFact {
  if (plan === null) return UNKNOWN
  const recent = plan.exercises.filter(
    ({ kind, on }) =>
      ['restore', 'full'].includes(kind) && nowMs - Date.parse(on) < 366 * 86_400_000,
  )
  return fact(Math.min(1, recent.length), 1, [])
}
