// Configurations that were read into the devices of one network. A device is one text; a cloud is all texts of its kind together, and
// so is a management server with its gateways.

import type { ReadConfig } from '../read-config.ts'
import { jsonIn } from '../tree/json-values.ts'
import type { JsonRead } from '../tree/json-values.ts'
import { awsDevices } from './aws/devices.ts'
import { azureDevices } from './azure/devices.ts'
import { checkpointDevices } from './checkpoint/devices.ts'
import { deviceOf } from './device-of.ts'
import type { Device } from './device.ts'
import { gcpDevices } from './gcp/devices.ts'

export type NamedConfig = {
  readonly config: ReadConfig
  /** The file, or the name the device is known by. */
  readonly source: string
}

type Read = (given: readonly NamedConfig[]) => readonly Device[]
type Doc = { readonly file: string; readonly read: JsonRead }

const ofDocs =
  (read: (docs: readonly Doc[]) => readonly Device[]): Read =>
  (given) =>
    read(given.map(({ config, source }) => ({ file: source, read: jsonIn(config.tree.lines) })))

const TOGETHER: ReadonlyMap<string, { readonly group: string; readonly read: Read }> = new Map([
  ['aws', { group: 'aws', read: ofDocs(awsDevices) }],
  ['azure', { group: 'azure', read: ofDocs(azureDevices) }],
  ['gcp', { group: 'gcp', read: ofDocs(gcpDevices) }],
  ['checkpoint-management', { group: 'checkpoint', read: checkpointDevices }],
  ['checkpoint-gaia', { group: 'checkpoint', read: checkpointDevices }],
])

export function networkOf(configs: readonly NamedConfig[]): readonly Device[] {
  const said = configs.filter(({ config }) => !saysNothing(config))
  const kindOf = ({ config }: NamedConfig) => TOGETHER.get(config.dialect.name)
  const groups = Map.groupBy(
    said.filter((one) => kindOf(one) !== undefined),
    (one) => kindOf(one)?.group,
  )
  return [
    ...said
      .filter((one) => kindOf(one) === undefined)
      .map(({ config, source }) => deviceOf(config, source)),
    ...[...groups.values()].flatMap((own) =>
      own[0] === undefined ? [] : (kindOf(own[0])?.read(own) ?? []),
    ),
  ]
}

/** Says nothing by itself: it is part of what others say. */
export function isPartOfMore({ dialect }: Pick<ReadConfig, 'dialect'>): boolean {
  return TOGETHER.has(dialect.name)
}

/** An answer without entries, of whatever server: `{ "objects": [], "total": 0 }`. */
function saysNothing({ dialect, tree }: ReadConfig): boolean {
  return (
    dialect.name === 'unknown' &&
    tree.form === 'json' &&
    tree.root.children.every((top) =>
      top.children.every(({ children }) => children.every(({ kind }) => kind === 'closer')),
    )
  )
}
