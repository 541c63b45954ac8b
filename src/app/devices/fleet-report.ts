// Wires the reports about devices: gathered from the records, newest state of each.

import { deviceHtml, fleetHtml } from '../../cases/index.ts'
import type { Clock } from '../../core/index.ts'
import type { DeviceDetail } from '../../model/index.ts'
import type { Station } from '../../server/index.ts'
import type { Records } from '../../store/index.ts'
import { VERSION } from '../version.ts'

type Devices = Omit<Station['devices'], 'report'>
type Parts = {
  readonly devices: Devices
  readonly records: Records
  readonly organisation: string
  readonly clock: Clock
}

/** Changes of a device that its report tells of one by one. */
const CHANGES_TOLD = 50
const MOST_CHANGES = 1000

export function reportOf(parts: Parts): Station['devices']['report'] {
  return async ({ device }, language) => {
    const made = { madeMs: parts.clock.nowMs(), version: VERSION }
    const { records } = await parts.devices.records()
    if (device === undefined)
      return fleetHtml({ ...made, ...(await fleet(parts)), records }, language)
    const detail = await parts.devices.get(device)
    const changes = []
    for (const { id } of detail.changes.slice(0, CHANGES_TOLD)) {
      changes.push(await parts.devices.change(id))
    }
    const own = records.filter((one) => one.device === detail.device.name)
    return deviceHtml({ ...made, detail, changes, records: own }, language)
  }
}

async function fleet({ devices, records, organisation }: Parts) {
  const { devices: all } = await devices.list()
  const details: DeviceDetail[] = []
  for (const { id } of all) details.push(await devices.get(id))
  const { changes } = await devices.changes({ limit: MOST_CHANGES })
  const { repositories } = await devices.repositories()
  const { pulls } = await devices.pulls()
  return {
    organisation,
    devices: details,
    changes,
    repositories,
    pulls,
    folder: await devices.folder(),
    logs: await looksOf(records),
  }
}

/** Of all changes that were looked up in the logs. */
async function looksOf(records: Records): Promise<{ looked: number; assessed: number }> {
  const rows = await records
    .selectFrom('audit_traces')
    .select(({ fn }) => ['state', fn.countAll<string>().as('count')])
    .groupBy('state')
    .execute()
  const sum = (states: readonly string[] | null) =>
    rows
      .filter(({ state }) => states === null || states.includes(state))
      .reduce((total, { count }) => total + Number(count), 0)
  return { looked: sum(null), assessed: sum(['found', 'none']) }
}
