import type { CorrelationPlan } from '../sigma/index.ts'

/** Whether some window is decided only once it is closed. */
export function waitsForAbsence({ test }: CorrelationPlan): boolean {
  return test.kind === 'together' && test.anyOf.some(({ denied }) => denied.length > 0)
}
