// What becomes of a run's findings: what is new is stored and raised, and the progress stands in the records.

import type { Clock } from '../../core/index.ts'
import type { EngineLane, Records } from '../../store/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import { settledOnly, unknownOnly } from './judge-slice.ts'
import { toColumns, updateRun } from './run-records.ts'
import { storeFindings } from './store-findings.ts'
import type { Sink } from './walk.ts'

export type RunSinkOptions = {
  readonly run: string
  readonly lane: EngineLane
  readonly records: Records
  readonly facts: ReadonlyMap<string, RuleFacts>
  readonly clock: Clock
  readonly onFound: () => void
}

export function runSink({ run, lane, records, facts, clock, onFound }: RunSinkOptions): Sink {
  return {
    sift: async (all, slice) => {
      const settled = await settledOnly(records, all)
      const findings = await unknownOnly(lane, settled, slice)
      return { findings, known: settled.length - findings.length }
    },
    take: async (findings) => {
      const found = { run, findings, facts, nowMs: clock.nowMs() }
      const raised = await storeFindings({ lane, records }, found)
      if (findings.length > 0) onFound()
      return raised
    },
    save: (progress) => updateRun(records, run, toColumns(progress)),
  }
}
