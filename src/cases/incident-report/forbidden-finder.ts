// How something is found that must not leave.

import type { Forbidden } from '../../model/index.ts'

export type Finder = {
  readonly kind: Forbidden['kind']
  /** What is found stands in the group `it`. */
  readonly pattern: RegExp
  readonly isIt?: (found: string) => boolean
}
