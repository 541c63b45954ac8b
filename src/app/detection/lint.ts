// `vigie rules lint`: rule files looked at without a station, beside the rules that come with Vigie.

import { resolve } from 'node:path'
import type { Clock } from '../../core/index.ts'
import { lintRules, loadLogsources } from '../../detect/index.ts'
import type { Linted } from '../../detect/index.ts'
import { CONTENT } from '../content.ts'

export type LintOptions = {
  readonly paths: readonly string[]
  /** Further folders of rules that those may speak of. */
  readonly rules: readonly string[]
  readonly clock: Clock
}

export function lintPaths({ paths, rules, clock }: LintOptions): Linted {
  return lintRules({
    paths: paths.map((path) => resolve(path)),
    beside: [CONTENT.rules, ...rules.map((folder) => resolve(folder))],
    logsources: loadLogsources(CONTENT.logsources),
    today: new Date(clock.nowMs()).toISOString().slice(0, 10),
  })
}
