// Wires what logs say of changes on devices: looked at again and again while the station runs.

import { openTraces, readActContent } from '../../audit/index.ts'
import type { Traces } from '../../audit/index.ts'
import type { Clock } from '../../core/index.ts'
import { raiseAlerts } from '../../detect/index.ts'
import { CONTENT } from '../content.ts'
import type { Core } from '../core.ts'
import { repeat } from '../repeat.ts'
import type { Repeated } from '../repeat.ts'
import type { AuditTools } from './audit-tools.ts'

export type TraceOptions = {
  readonly core: Pick<Core, 'store'>
  readonly tools: () => AuditTools
  readonly clock: Clock
  readonly onRaised: () => void
}

export function tracesOf({ core, tools, clock, onRaised }: TraceOptions): Traces {
  const { records, events } = core.store
  let acts: ReturnType<typeof readActContent> | undefined
  return openTraces({
    records,
    events,
    clock,
    tools: () => ({ ...tools(), acts: (acts ??= readActContent(CONTENT.acts)) }),
    raise: async (transaction, { findings, rules }, nowMs) => {
      if (findings.length === 0) return
      await raiseAlerts(transaction, findings, { rules, nowMs })
      onRaised()
    },
  })
}

const LOOK_MS = 30_000

/** Looks until closed. */
export function watchTraces(traces: Traces, onTrouble: (cause: unknown) => void): Repeated {
  return repeat(() => traces.look(), { everyMs: LOOK_MS, onTrouble })
}
