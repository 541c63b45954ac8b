// Several steps of an intruder in one set of changes are one incident, and not several findings.

import type { Step } from './check.ts'
import type { CheckFinding } from './run-checks.ts'

export type Incident = {
  readonly steps: readonly Step[]
  readonly findings: readonly CheckFinding[]
}

/** Different steps that make an incident: the sources say that several together matter, and two is our reading. */
const ENOUGH = 2

export function incidentOf(findings: readonly CheckFinding[]): Incident | undefined {
  const members = findings.filter(
    ({ kind, check }) => kind === 'change' && check.step !== undefined,
  )
  const steps = [...new Set(members.flatMap(({ check }) => check.step ?? []))]
  return steps.length >= ENOUGH ? { steps, findings: members } : undefined
}
