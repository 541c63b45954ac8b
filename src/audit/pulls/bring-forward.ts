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
import type { Pull } from './keep-pulls.ts'

export type BringForwardParts = {
  readonly records: Records
  readonly events: EventEngine
  readonly clock: Clock
  readonly known: KnownDevices
  readonly acts: () => readonly ActContent[]
}

/** Lines that were received before are left to the night. */
const LOOK_BACK_MS = HOUR_MS
/** Lines become rows this late at most, or they wait for the night. */
const STORED_MS = 10 * MINUTE_MS
/** Who configures types several commands: it is asked when he has paused, */
const PAUSE_MS = 2 * MINUTE_MS
/** or after this long, if he does not. */
const LONGEST_MS = 15 * MINUTE_MS
/** What the account of fetching does around a fetch is the fetch. */
const FETCHING_MS = 5 * MINUTE_MS

const MOST_ACCOUNTS = 100

type Told = Pick<ConfiguredRow, 'who' | 'firstMs' | 'lastMs'>

/** Looks again and again at what was received since the last look; what a restart forgets, the first look finds again. */
export class BringForward {
  readonly #parts: BringForwardParts
  #lookedMs = 0
  /** By device and account, until it was asked. */
  readonly #told = new Map<string, Map<string, Told>>()

  constructor(parts: BringForwardParts) {
    this.#parts = parts
  }

  /** Makes those due that were configured since they were asked last. Returns their names. */
  async look(): Promise<readonly string[]> {
    const { records, clock } = this.#parts
    const pulls = await pullsInOrder(records)
    if (pulls.length === 0) return []
    const nowMs = clock.nowMs()
    await this.#hear(pulls, Math.max(nowMs - LOOK_BACK_MS, this.#lookedMs - STORED_MS))
    this.#lookedMs = nowMs
    const due = pulls.filter((pull) => this.#isTime(pull, nowMs)).map(({ device }) => device)
    for (const device of due) await pullNow(records, device, nowMs)
    return due
  }

  async #hear(pulls: readonly Pull[], sinceMs: number): Promise<void> {
    const { records, events, known, acts } = this.#parts
    const hosts = new Map(pulls.map(({ device, host }) => [device, host]))
    const ids = await idsOf(records, hosts)
    const all = (await known.list(ids)).map((one) => {
      const host = hosts.get(one.name)
      return host === undefined ? one : { ...one, addresses: [...one.addresses, host] }
    })
    const devices = all.filter(({ id }) => ids.has(id))
    if (devices.length === 0) return
    for (const row of await askConfigured({ events, content: acts(), devices }, sinceMs)) {
      const owner = ownerOf(all, row)
      if (owner !== undefined && hosts.has(owner.name)) this.#add(owner.name, row)
    }
  }

  #add(device: string, { who, firstMs, lastMs }: Told): void {
    const ofDevice = this.#told.get(device) ?? new Map<string, Told>()
    // Lines name whom they like: those beyond are kept as one.
    const key = ofDevice.has(who) || ofDevice.size < MOST_ACCOUNTS ? who : ''
    const before = ofDevice.get(key)
    ofDevice.set(key, {
      who: key,
      firstMs: Math.min(firstMs, before?.firstMs ?? firstMs),
      lastMs: Math.max(lastMs, before?.lastMs ?? lastMs),
    })
    this.#told.set(device, ofDevice)
  }

  #isTime({ device, account, tried }: Pull, nowMs: number): boolean {
    const triedMs = tried?.getTime() ?? 0
    const told = [...(this.#told.get(device)?.values() ?? [])]
    const since = told
      .filter(({ lastMs }) => lastMs > triedMs)
      .filter(({ who, lastMs }) => who !== account || lastMs >= triedMs + FETCHING_MS)
    if (since.length === 0) {
      // Of what it was asked after, nothing is left to wait for.
      if (told.every(({ lastMs }) => lastMs <= triedMs)) this.#told.delete(device)
      return false
    }
    const lastMs = Math.max(...since.map((one) => one.lastMs))
    const firstMs = Math.min(...since.map((one) => Math.max(one.firstMs, triedMs)))
    return nowMs - lastMs >= PAUSE_MS || nowMs - firstMs >= LONGEST_MS
  }
}

async function idsOf(
  records: Records,
  names: ReadonlyMap<string, unknown>,
): Promise<ReadonlySet<string>> {
  const rows = await records.selectFrom('audit_devices').select(['id', 'name']).execute()
  return new Set(rows.filter(({ name }) => names.has(name)).map(({ id }) => id))
}
