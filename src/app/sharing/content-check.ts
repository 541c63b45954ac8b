// Whether a rule, an analytic or a check may be used here, or given out: the reason with its place, or nothing.

import { parseCheck } from '../../audit/index.ts'
import { dataFolders, isVigieError, reasonOf } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import { ANALYTIC_SETTINGS, checkForeignText, runAnalytic } from '../../detect/index.ts'
import type { OfferedContent, SharedContent } from '../../share/index.ts'
import type { Core } from '../core.ts'
import type { AuditTools } from '../devices/audit-tools.ts'
import { guardedAnalytic } from './content-analytics.ts'
import { ruleFileOf } from './content-rules.ts'

export type CheckingParts = {
  readonly core: Core
  readonly settings: Settings
  readonly clock: Clock
  readonly auditTools: () => AuditTools
}

/** Of a hub that gives it out: what is its own does not stand in the way. */
type Checked = SharedContent & Partial<Pick<OfferedContent, 'peer' | 'object'>>

/** Undefined = it may be used. */
export async function contentProblem(
  parts: CheckingParts,
  content: Checked,
): Promise<string | undefined> {
  try {
    return await CHECKS[content.kind](parts, content)
  } catch (thrown) {
    return reasonIn(thrown)
  }
}

const CHECKS: Readonly<
  Record<
    OfferedContent['kind'],
    (parts: CheckingParts, content: Checked) => Promise<string | undefined>
  >
> = {
  rule: async ({ core, settings, clock }, content) => {
    const { hubRules } = dataFolders(settings.data)
    const prefix = ruleFileOf(hubRules, { peer: '', object: '', ...content })
    return checkForeignText(content.text, core.detection.shelf.current, {
      today: new Date(clock.nowMs()).toISOString().slice(0, 10),
      // A newer version has the ids of the one before.
      isOwn: (file) => content.peer === undefined || file.startsWith(prefix),
    })
  },
  analytic: async ({ core }, content) => {
    const analytic = guardedAnalytic({ object: OFFERED, ...content })
    // Asked of a moment before anything is stored: a column or a type that is wrong shows, and nothing is read.
    const settings = { ...ANALYTIC_SETTINGS, max_execution_time: 10 }
    await runAnalytic(core.store.events.ask, analytic, { toMs: LONG_AGO_MS, settings })
    return undefined
  },
  check: async ({ core, auditTools }, content) => {
    const check = parseCheck(content.text, 'check.yml')
    const tools = auditTools()
    const object = core.hubChecks.objectOf(check.id)
    const isTaken = tools.checks.some(({ id }) => id === check.id)
    if (isTaken && content.peer !== undefined && object !== content.object)
      return `id: ${check.id} is that of a check that is here already`
    const known = new Set(['any', ...tools.dialects.map(({ name }) => name)])
    const unknown = check.when
      .flatMap(({ dialects }) => [...dialects])
      .find((one) => !known.has(one))
    return unknown === undefined
      ? undefined
      : `when.dialects: no make ${unknown.slice(0, 60)} is known`
  },
}

const OFFERED = 'offered'
const LONG_AGO_MS = Date.UTC(1990, 0)
const LONGEST = 500

function reasonIn(thrown: unknown): string {
  if (isVigieError(thrown)) {
    const reason = 'reason' in thrown.details ? thrown.details.reason : undefined
    if (typeof reason === 'string') return reason.slice(0, LONGEST)
  }
  return reasonOf(thrown).slice(0, LONGEST)
}
