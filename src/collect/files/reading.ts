// One file being read: where its lines go, what it may cost, what went wrong so far.

import type { Intake, Origin } from '../intake.ts'
import type { Budget } from './budget.ts'
import type { Skip } from './line-writer.ts'
import type { FileProblem, ProblemCode } from './problem.ts'

export type Reading = {
  readonly intake: Intake
  readonly kind: Origin['kind']
  readonly budget: Budget
  readonly problems: FileProblem[]
  readonly signal: AbortSignal | undefined
  /** Called at chunk ends with lines and bytes handed on. */
  readonly count: (lines: number, bytes: number) => void
  /** Called with bytes read of the file itself. */
  readonly advance: (bytes: number) => void
  /** Lines stored in an earlier attempt. */
  readonly skip: Skip
  /** Called at chunk ends, when all lines so far are in the intake; 0 where no offset means anything. */
  readonly checkpoint: ((offset: number) => void) | undefined
  /** For members that can only be read from a file. */
  readonly tempFolder: string
}

/** More would say no more. */
const MAX_PROBLEMS = 1000

export function report<C extends ProblemCode>(
  reading: Pick<Reading, 'problems'>,
  problem: Extract<FileProblem, { readonly code: C }>,
): void {
  if (reading.problems.length < MAX_PROBLEMS) reading.problems.push(problem)
}

/** Reading ends here for a reason already in words. */
export class StopReading extends Error {
  readonly problem: FileProblem

  constructor(problem: FileProblem) {
    super(problem.code)
    this.problem = problem
  }
}

/** The intake refused; carries what it threw. */
export class IntakeFailed extends Error {}
