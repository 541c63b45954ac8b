// What a plan lacks. Pure; every gap is something that was missing in a real incident.

import type { Contact, Plan, PlanGap, PlanKind } from '../model/index.ts'

type Gap = { readonly gap: PlanGap; readonly detail: string }
const YEAR_MS = 366 * 86_400_000

export function planGaps(kind: PlanKind, plan: Plan | null, nowMs: number): readonly Gap[] {
  if (plan === null) return [{ gap: 'missing', detail: '' }]
  return [
    ...documentGaps(plan, nowMs),
    ...contactGaps(kind, plan, nowMs),
    ...contentGaps(kind, plan),
    ...exerciseGaps(plan, nowMs),
  ]
}

function isRecent(day: string | null, nowMs: number): boolean {
  return day !== null && nowMs - Date.parse(day) < YEAR_MS && Date.parse(day) <= nowMs
}

function when(isGap: boolean, gap: PlanGap, detail = ''): readonly Gap[] {
  return isGap ? [{ gap, detail }] : []
}

function documentGaps(
  { approved, approvedBy, reviewed, offlineCopy }: Plan,
  nowMs: number,
): readonly Gap[] {
  return [
    ...when(approved === null || approvedBy === '', 'not_approved'),
    ...when(!isRecent(reviewed ?? approved, nowMs), 'not_reviewed'),
    ...when(offlineCopy === '', 'no_offline_copy'),
  ]
}

function contactGaps(kind: PlanKind, { contacts }: Plan, nowMs: number): readonly Gap[] {
  const has = (wanted: Contact['kind']) => contacts.some((contact) => contact.kind === wanted)
  const reports = kind === 'response' || kind === 'communications'
  return [
    ...when(!has('lead'), 'no_lead'),
    ...when(!has('alternate'), 'no_alternate'),
    ...when(reports && !has('authority'), 'no_authority'),
    ...when(kind === 'response' && !has('provider'), 'no_provider'),
    ...contacts
      .filter(({ phone, otherPhone }) => phone === '' && otherPhone === '')
      .map(({ name }): Gap => ({ gap: 'contact_without_phone', detail: name })),
    ...contacts
      .filter(({ tested }) => !isRecent(tested, nowMs))
      .map(({ name }): Gap => ({ gap: 'contact_not_tested', detail: name })),
  ]
}

function contentGaps(kind: PlanKind, plan: Plan): readonly Gap[] {
  if (kind === 'response')
    return [
      ...when(plan.scenarios.length === 0, 'no_scenario'),
      ...plan.scenarios
        .filter(({ steps }) => steps.length === 0)
        .map(({ name }): Gap => ({ gap: 'scenario_without_steps', detail: name })),
    ]
  if (kind === 'communications')
    return [
      ...when(plan.notices.length === 0, 'no_notice'),
      ...plan.notices
        .filter(({ template }) => template === '')
        .map(({ to }): Gap => ({ gap: 'notice_without_template', detail: to })),
    ]
  const of = (gap: PlanGap, isGap: (system: Plan['systems'][number]) => boolean) =>
    plan.systems.filter(isGap).map(({ name }): Gap => ({ gap, detail: name }))
  return [
    ...when(plan.systems.length === 0, 'no_system'),
    ...of('system_without_goal', ({ backWithinHours }) => backWithinHours === null),
    ...(kind === 'continuity'
      ? of('no_manual_way', ({ manualWay }) => manualWay === '')
      : [
          ...of('system_without_backup', ({ backup }) => backup === ''),
          ...of('backup_not_apart', ({ backup, keptApart }) => backup !== '' && !keptApart),
        ]),
  ]
}

function exerciseGaps({ exercises }: Plan, nowMs: number): readonly Gap[] {
  const recent = exercises.filter(({ on }) => isRecent(on, nowMs))
  return [
    ...when(recent.length === 0, 'not_exercised'),
    ...exercises
      .filter(({ lessons, lessonsClosed }) => lessons !== '' && !lessonsClosed)
      .map(({ scenario }): Gap => ({ gap: 'lessons_open', detail: scenario })),
  ]
}
