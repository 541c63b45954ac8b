// How a device stands now against what people said it should be: the known-good configuration of its group, and what makers
// say of the images it holds.

import { VigieError } from '../../core/index.ts'
import type { DeviceDetail, Drift, Golden, GoldenFileAsk } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { firmwareOf, judged } from '../firmware/firmware-of.ts'
import { groupOf } from '../golden/device-patterns.ts'
import { driftFrom } from '../golden/drift.ts'
import { readConfig } from '../read-config.ts'
import type { ReadConfig, ReadWith } from '../read-config.ts'
import type { TreeProblem } from '../tree/config-tree.ts'
import type { Act } from './change-records.ts'
import { goldenGroups, knownOf, setGoldenText } from './golden.ts'
import type { GoldenGroup } from './golden.ts'
import { readAgain } from './read-again.ts'

type Parts = { readonly records: Records; readonly tools: ReadWith }

export type DeviceState = Pick<DeviceDetail, 'drift' | 'firmware'>

const NOTHING: DeviceState = { drift: null, firmware: [] }

export async function stateOf(device: string, { records, tools }: Parts): Promise<DeviceState> {
  const row = await records
    .selectFrom('audit_devices as devices')
    .innerJoin('audit_versions as newest', 'newest.id', 'devices.version')
    .select(['devices.name', 'newest.config', 'newest.dialect'])
    .where('devices.id', '=', device)
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: device })
  const now = readAgain(row, tools)
  if (now === undefined) return NOTHING
  const told = firmwareOf(now.view, now.dialect)
  const { hashes } = await knownOf(records, row.name, told)
  const group = groupOf(await goldenGroups(records), row.name)
  return {
    firmware: judged(told, hashes),
    drift: group === undefined ? null : driftOf(group, now, tools),
  }
}

const CHANGES_SHOWN = 200

function driftOf(group: GoldenGroup, now: ReadConfig, tools: ReadWith): Drift | null {
  const { name, source, config, dialect, isPart, allows } = group
  if (config === null || dialect === null) return null
  const golden = readAgain({ config, dialect }, tools)
  const isComparable =
    golden !== undefined &&
    golden.dialect.name === now.dialect.name &&
    golden.tree.form === now.tree.form
  const changes = isComparable ? driftFrom(golden.view, now.view, { isPart, allows }) : []
  return {
    group: name,
    source: source ?? '',
    isComparable,
    changes: changes.slice(0, CHANGES_SHOWN),
    changeCount: changes.length,
  }
}

export type GoldenSet =
  | { readonly ok: true; readonly golden: Golden }
  | { readonly ok: false; readonly problem: TreeProblem }

type Setting = { readonly bytes: Uint8Array; readonly golden: GoldenFileAsk; readonly act: Act }

/** Secrets are replaced before it is stored, as in every configuration. */
export async function setGoldenBytes(
  { bytes, golden: { name, source }, act }: Setting,
  { records, tools }: Parts,
): Promise<GoldenSet> {
  const read = readConfig(bytes, tools)
  if (!read.ok) return read
  const { tree, dialect } = read.config
  const text = { name, source, config: tree.lines.join('\n'), dialect: dialect.name }
  return { ok: true, golden: await setGoldenText(records, text, act) }
}
