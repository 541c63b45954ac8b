// What something turned out to be, in the order people are asked.

import type { Assessment } from '../api-types.ts'

export const ASSESSMENTS = [
  'compromise',
  'attempt',
  'policy_violation',
  'authorised',
  'false_positive',
  'inconclusive',
] as const satisfies readonly Assessment[]
