// What the server asks of a station about the configurations of its devices.

import type {
  ApproveAsk,
  ChangeFilter,
  ChangeRecord,
  ChangeRecordAsk,
  ChangeRecordsImported,
  Compared,
  ConfigAsk,
  ConfigFolder,
  ConfigTaken,
  ConfigRepositories,
  ConfigVersion,
  DeviceActs,
  DeviceChangeDetail,
  DeviceChanges,
  DeviceDetail,
  DevicePulls,
  DeviceReportAsk,
  Devices,
  Golden,
  GoldenAsk,
  GoldenFileAsk,
  Goldens,
  HashesTaken,
  PullAsk,
  RepositoryAsk,
} from '../model/index.ts'
import type { Language } from '../words/index.ts'

/** All throw NOT_FOUND for what is not here. */
export type DeviceService = {
  readonly list: () => Promise<Devices>
  readonly get: (id: string) => Promise<DeviceDetail>
  readonly changes: (filter: ChangeFilter) => Promise<DeviceChanges>
  readonly change: (id: string) => Promise<DeviceChangeDetail>
  /** What people did on a device, by its logs. */
  readonly acts: (id: string, days: number) => Promise<DeviceActs>
  /** Writes a record down, after the fact, that covers this change and no other time. */
  readonly approve: (id: string, ask: ApproveAsk, who: string) => Promise<ChangeRecord>
  readonly version: (id: string) => Promise<ConfigVersion>
  readonly compare: (before: string, after: string) => Promise<Compared>
  readonly records: () => Promise<{ asOf: string; records: ChangeRecord[] }>
  readonly addRecord: (ask: ChangeRecordAsk, who: string) => Promise<ChangeRecord>
  readonly revokeRecord: (id: string, who: string) => Promise<void>
  /** Throws BAD_REQUEST when it is no table. */
  readonly importRecords: (
    bytes: AsyncIterable<Uint8Array>,
    who: string,
  ) => Promise<ChangeRecordsImported>
  readonly golden: () => Promise<Goldens>
  /** Makes a group or sets it anew; its configuration stays where no version is named. */
  readonly setGolden: (name: string, ask: GoldenAsk, who: string) => Promise<Golden>
  /** Throws CONFIG_REFUSED, and the one before stays. */
  readonly setGoldenConfig: (
    bytes: AsyncIterable<Uint8Array>,
    ask: GoldenFileAsk,
    who: string,
  ) => Promise<Golden>
  readonly removeGolden: (name: string) => Promise<void>
  readonly addHashes: (
    bytes: AsyncIterable<Uint8Array>,
    source: string,
    who: string,
  ) => Promise<HashesTaken>
  /** One self-contained page. */
  readonly report: (ask: Pick<DeviceReportAsk, 'device'>, language: Language) => Promise<string>
  readonly folder: () => Promise<ConfigFolder>
  readonly repositories: () => Promise<ConfigRepositories>
  /** Throws REPOSITORY_REFUSED. */
  readonly addRepository: (ask: RepositoryAsk, who: string) => Promise<ConfigRepositories>
  readonly removeRepository: (place: string) => Promise<void>
  readonly pulls: () => Promise<DevicePulls>
  /** Throws BAD_REQUEST for a platform that is not known. */
  readonly setPull: (ask: PullAsk, who: string) => Promise<DevicePulls>
  readonly confirmPullKey: (device: string, key: string, who: string) => Promise<DevicePulls>
  readonly removePull: (device: string) => Promise<void>
  readonly pullNow: (device: string) => Promise<void>
  /** Throws CONFIG_REFUSED, and nothing was taken. */
  readonly take: (bytes: AsyncIterable<Uint8Array>, ask: ConfigAsk) => Promise<ConfigTaken>
}
