// A device whose log says that it was configured is asked at once, not at night: what an intruder changed is seen while he is there.

import { HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { EventEngine, Records } from '../../store/index.ts'
import type { ActContent } from '../traces/act-content.ts'
import { askConfigured } from '../traces/ask-acts.ts'
import type { ConfiguredRow } from '../traces/ask-acts.ts'
import { ownerOf } from '../traces/device-names.ts'
import type { KnownDevices } from '../traces/known-devices.ts'
import { pullNow, pullsInOrder } from './keep-pulls.ts'

export type BringForwardParts = {
  readonly records: Records
  readonly events: EventEngine
  readonly clock: Clock
  readonly known: KnownDevices
  readonly acts: () => readonly ActContent[]
}

/** Lines that are older than this are left to the night. */
const LOOK_BACK_MS = HOUR_MS
/** Who configures types several commands: it is asked when he has paused, */
const PAUSE_MS = 2 * MINUTE_MS
/** or after this long, if he does not. */
const LONGEST_MS = 15 * MINUTE_MS
/** What the account of fetching does around a fetch is the fetch. */
const FETCHING_MS = 5 * MINUTE_MS

type Fetched = { readonly device: string; readonly account: string; readonly triedMs: number }

/** Makes those due that were configured since they were asked last. Returns their names. */
export async function bringForward(parts: BringForwardParts): Promise<readonly string[]> {
  const { records, events, clock, known, acts } = parts
  const pulls = await pullsInOrder(records)
  if (pulls.length === 0) return []
  const nowMs = clock.nowMs()
  const ids = await idsOf(records, new Set(pulls.map(({ device }) => device)))
  const hosts = new Map(pulls.map(({ device, host }) => [device, host]))
  const all = (await known.list(ids)).map((one) => {
    const host = hosts.get(one.name)
    return host === undefined ? one : { ...one, addresses: [...one.addresses, host] }
  })
  const fetched = pulls.map(({ device, account, tried }) => ({
    device,
    account,
    triedMs: Math.max(nowMs - LOOK_BACK_MS, tried?.getTime() ?? 0),
  }))
  const sinceMs = Math.min(...fetched.map(({ triedMs }) => triedMs))
  const devices = all.filter(({ id }) => ids.has(id))
  const rows = await askConfigured({ events, content: acts(), devices }, sinceMs)
  const due = fetched.filter((one) => {
    const its = rows.filter((row) => ownerOf(all, row)?.name === one.device)
    return isTime(
      its.filter((row) => !isOurs(row, one)),
      one,
      nowMs,
    )
  })
  for (const { device } of due) await pullNow(records, device, nowMs)
  return due.map(({ device }) => device)
}

function isOurs({ who, lastMs }: ConfiguredRow, { account, triedMs }: Fetched): boolean {
  return who === account && lastMs < triedMs + FETCHING_MS
}

function isTime(rows: readonly ConfiguredRow[], { triedMs }: Fetched, nowMs: number): boolean {
  const since = rows.filter(({ lastMs }) => lastMs > triedMs)
  if (since.length === 0) return false
  const lastMs = Math.max(...since.map((row) => row.lastMs))
  const firstMs = Math.min(...since.map((row) => Math.max(row.firstMs, triedMs)))
  return nowMs - lastMs >= PAUSE_MS || nowMs - firstMs >= LONGEST_MS
}

async function idsOf(records: Records, names: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const rows = await records.selectFrom('audit_devices').select(['id', 'name']).execute()
  return new Set(rows.filter(({ name }) => names.has(name)).map(({ id }) => id))
}
