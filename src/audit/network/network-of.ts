// Configurations that were read into the devices of one network. A device is one text; a cloud is all texts of its kind together.

import type { ReadConfig } from '../read-config.ts'
import { jsonIn } from '../tree/json-values.ts'
import { awsDevices } from './aws/devices.ts'
import type { Doc } from './aws/resources.ts'
import { azureDevices } from './azure/devices.ts'
import { deviceOf } from './device-of.ts'
import type { Device } from './device.ts'
import { gcpDevices } from './gcp/devices.ts'

export type NamedConfig = {
  readonly config: ReadConfig
  /** The file, or the name the device is known by. */
  readonly source: string
}

type Read = (docs: readonly Doc[]) => readonly Device[]

/** Makes whose texts say something together alone. */
const TOGETHER: ReadonlyMap<string, Read> = new Map([
  ['aws', awsDevices],
  ['azure', azureDevices],
  ['gcp', gcpDevices],
])

export function networkOf(configs: readonly NamedConfig[]): readonly Device[] {
  const docs = Map.groupBy(
    configs.filter(({ config }) => TOGETHER.has(config.dialect.name)),
    ({ config }) => config.dialect.name,
  )
  return [
    ...configs
      .filter(({ config }) => !TOGETHER.has(config.dialect.name))
      .map(({ config, source }) => deviceOf(config, source)),
    ...[...docs].flatMap(([make, own]) =>
      (TOGETHER.get(make) ?? (() => []))(
        own.map(({ config, source }) => ({ file: source, read: jsonIn(config.tree.lines) })),
      ),
    ),
  ]
}

/** Says nothing by itself: it is part of what others say. */
export function isPartOfMore({ dialect }: Pick<ReadConfig, 'dialect'>): boolean {
  return TOGETHER.has(dialect.name)
}
