// Wires what logs say of changes on devices: looked at again and again while the station runs.

import { auditKey } from './app-audit-station.ts'
import { auditTools } from './app-audit-tools.ts'
import { CONTENT } from './app-content.ts'
import type { Core } from './app-core.ts'
import { openTraces, readActContent } from './audit/index.ts'
import type { Traces } from './audit/index.ts'
import { dataFolders } from './core/index.ts'
import type { Clock, Settings } from './core/index.ts'
import { raiseAlerts } from './detect/index.ts'

export type TraceOptions = {
  readonly core: Pick<Core, 'store'>
  readonly settings: Pick<Settings, 'data'>
  readonly clock: Clock
  readonly onRaised: () => void
}

export function tracesOf({ core, settings, clock, onRaised }: TraceOptions): Traces {
  const { records, events } = core.store
  const make = () => ({
    ...auditTools(auditKey(dataFolders(settings.data).keys)),
    acts: readActContent(CONTENT.acts),
  })
  let made: ReturnType<typeof make> | undefined
  return openTraces({
    records,
    events,
    clock,
    tools: () => (made ??= make()),
    raise: async (transaction, { findings, rules }, nowMs) => {
      if (findings.length === 0) return
      await raiseAlerts(transaction, findings, { rules, nowMs })
      onRaised()
    },
  })
}

const LOOK_MS = 30_000

/** Looks until closed. */
export function watchTraces(
  traces: Traces,
  onTrouble: (cause: unknown) => void,
): { readonly close: () => Promise<void> } {
  let looking: Promise<unknown> = Promise.resolve()
  let isClosed = false
  const look = () => {
    looking = looking.then(() => (isClosed ? 0 : traces.look())).catch(onTrouble)
  }
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  return {
    close: async () => {
      isClosed = true
      clearInterval(timer)
      await looking
    },
  }
}
