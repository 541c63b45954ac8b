// Joins what changed in configurations to what logs tell of the same time, again and again until no line can come any more.

import { DAY_MS, MINUTE_MS, VigieError } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { DeviceActs, ChangeTrace } from '../../model/index.ts'
import type { EventEngine, Records, RecordsTransaction } from '../../store/index.ts'
import { groupOf } from '../golden/device-patterns.ts'
import type { ReadWith } from '../read-config.ts'
import type { AuditAlerts } from '../records/alerts.ts'
import { goldenGroups } from '../records/golden.ts'
import type { ActContent } from './act-content.ts'
import { gatherLogs } from './gather-logs.ts'
import type { Wanted } from './gather-logs.ts'
import { actorsOf, judgeTrace } from './judge-trace.ts'
import type { Logs } from './judge-trace.ts'
import {
  NO_TRACE,
  changeNamed,
  distrustedOf,
  dueChanges,
  keepTrace,
  nextLook,
  recordedDevices,
  shownTrace,
  suspicionsIn,
} from './keep-traces.ts'
import type { DueChange, Looked } from './keep-traces.ts'
import { KnownDevices } from './known-devices.ts'
import type { KnownDevice } from './known-devices.ts'
import { suspicionsOf } from './suspect.ts'
import { traceAlerts } from './trace-findings.ts'

export type TraceParts = {
  readonly records: Records
  readonly events: EventEngine
  readonly tools: () => ReadWith & { readonly acts: readonly ActContent[] }
  readonly clock: Clock
  readonly raise: (
    transaction: RecordsTransaction,
    alerts: AuditAlerts,
    nowMs: number,
  ) => Promise<void>
}

export type Traces = {
  /** Looks at the changes whose time has come; gives how many. */
  readonly look: () => Promise<number>
  /** What the logs say of a change; looks now where nobody looked yet, and keeps nothing then. */
  readonly of: (change: string) => Promise<ChangeTrace>
  /** What people did on a device, whether its configuration changed or not. Throws NOT_FOUND. */
  readonly acts: (device: string, days: number) => Promise<DeviceActs>
}

const AT_ONCE = 200
const ACTS_KEPT = 300
const YEAR_MS = 365 * DAY_MS
/** Clocks of devices are wrong by minutes. */
const SKEW_MS = 5 * MINUTE_MS

export function openTraces(parts: TraceParts): Traces {
  const known = new KnownDevices(parts.records, parts.tools)
  return {
    look: async () => {
      const due = await dueChanges(parts.records, parts.clock.nowMs(), AT_ONCE)
      for (const [change, looked] of await lookAt(due, known, parts))
        await keepLooked(change, looked, parts)
      return due.length
    },
    of: async (id) => {
      const change = await changeNamed(parts.records, id)
      if (change === undefined) return NO_TRACE
      if (change.earlier !== null) return shownTrace(change.earlier)
      const looked = (await lookAt([change], known, parts)).get(change)
      // What nobody did is said once its lines had time to come.
      if (looked === undefined || looked.state !== 'found') return NO_TRACE
      const { suspicions: _, ...trace } = looked
      return { ...trace, looked: new Date(parts.clock.nowMs()).toISOString() }
    },
    acts: (device, days) => actsOn(device, days, { known, parts }),
  }
}

async function lookAt(
  changes: readonly DueChange[],
  known: KnownDevices,
  { records, events, tools, clock }: TraceParts,
): Promise<ReadonlyMap<DueChange, Looked>> {
  if (changes.length === 0) return new Map()
  const devices = await known.list(new Set(changes.map(({ device }) => device)))
  const byId = new Map(devices.map((device) => [device.id, device]))
  const wanted = new Map<DueChange, Wanted<KnownDevice>>()
  for (const change of changes) {
    const device = byId.get(change.device)
    const window = { fromMs: change.afterMs - SKEW_MS, toMs: change.beforeMs + SKEW_MS }
    if (device !== undefined) wanted.set(change, { device, window })
  }
  const { acts: content, door } = tools()
  const logs = await gatherLogs({ events, content, door, devices }, [...wanted.values()])
  const groups = await goldenGroups(records)
  const recorded = await recordedDevices(records, clock.nowMs() - YEAR_MS)
  const looked = new Map<DueChange, Looked>()
  for (const [change, one] of wanted) {
    const own = logs.get(one)
    if (own === undefined) continue
    const trace = traceOf(own, one)
    const group = groupOf(groups, change.deviceName)
    const suspicions = suspicionsOf(trace, {
      isUsual: recorded.has(change.deviceName),
      operators: group?.operators ?? [],
      management: group?.management ?? [],
      distrusted: await distrustedOf(records, own.acts),
      tellsCommands: own.tells.has('command') || own.tells.has('commit'),
    })
    looked.set(change, { ...trace, suspicions })
  }
  return looked
}

function traceOf(logs: Logs, { window }: Wanted<KnownDevice>): Omit<ChangeTrace, 'looked'> {
  const { state, gap } = judgeTrace(logs, window)
  const at = (ms: number) => new Date(ms).toISOString()
  return {
    state,
    gap: gap === null ? null : { from: at(gap.fromMs), to: at(gap.toMs) },
    actors: [...actorsOf(logs.acts)].slice(0, ACTS_KEPT),
    acts: logs.acts.slice(0, ACTS_KEPT),
    actCount: logs.acts.length,
  }
}

/** What was found stays when a later look finds less: lines are kept for a time only. */
async function keepLooked(
  change: DueChange,
  looked: Looked,
  { records, clock, raise }: TraceParts,
): Promise<void> {
  const nowMs = clock.nowMs()
  const { earlier } = change
  const next = nextLook(change.beforeMs, nowMs)
  if (earlier !== null && earlier.act_count > looked.actCount) {
    await records
      .updateTable('audit_traces')
      .set({ next_look: next })
      .where('diff', '=', change.id)
      .execute()
    return
  }
  const isRecorded = change.record !== null
  const before = new Set(suspicionsIn(earlier?.suspicions, isRecorded).map(({ kind }) => kind))
  const news = suspicionsIn(looked.suspicions, isRecorded).filter(({ kind }) => !before.has(kind))
  await records.transaction().execute(async (transaction) => {
    await keepTrace(transaction, change.id, {
      looked: new Date(nowMs),
      nextLook: next,
      trace: looked,
    })
    if (isRecorded) return
    const told = { ...change, device: change.deviceName }
    await raise(transaction, traceAlerts(news, told), nowMs)
  })
}

async function actsOn(
  id: string,
  days: number,
  { known, parts }: { readonly known: KnownDevices; readonly parts: TraceParts },
): Promise<DeviceActs> {
  const devices = await known.list(new Set([id]))
  const device = devices.find((one) => one.id === id)
  if (device === undefined) throw new VigieError('NOT_FOUND', { what: id })
  const toMs = parts.clock.nowMs() + SKEW_MS
  const wanted = { device, window: { fromMs: toMs - days * DAY_MS, toMs } }
  const { acts: content, door } = parts.tools()
  const logs = await gatherLogs({ events: parts.events, content, door, devices }, [wanted])
  const acts = logs.get(wanted)?.acts ?? []
  return {
    asOf: new Date(parts.clock.nowMs()).toISOString(),
    actors: [...actorsOf(acts)].slice(0, ACTS_KEPT),
    acts: acts.slice(-ACTS_KEPT),
    actCount: acts.length,
  }
}
