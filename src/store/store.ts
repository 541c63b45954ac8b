// Both engines of a station, opened and brought up to date.

import type { Settings } from '../core/index.ts'
import { dataFolders } from '../core/index.ts'
import { openEmbeddedEngine } from './embedded-engine.ts'
import type { EventEngine } from './event-engine.ts'
import { migrateEvents } from './events-migrations.ts'
import { openRecords } from './records-database.ts'
import { migrateRecords } from './records-migrations.ts'
import type { Records } from './records-schema.ts'
import { openServerEngine } from './server-engine.ts'

export type Store = {
  readonly events: EventEngine
  readonly records: Records
  readonly close: () => Promise<void>
}

/** Batches read at the same time; each reads on one core. */
const INTAKE_LANES = 2
const ASK_LANES = 4

/** Opens what the settings name: embedded engines under `data`, or servers by URL. */
export async function openStore(settings: Settings): Promise<Store> {
  const folders = dataFolders(settings.data)
  const [events, records] = await Promise.all([
    settings.clickhouse === undefined
      ? openEmbeddedEngine({
          folder: folders.events,
          memoryMib: settings.engineMemoryMib,
          intakeLanes: INTAKE_LANES,
          askLanes: ASK_LANES,
        })
      : openServerEngine({
          urls: settings.clickhouse,
          cluster: settings.clickhouseCluster,
          intakeLanes: INTAKE_LANES,
        }),
    openRecords(settings.postgres === undefined ? { folder: folders.records } : { url: settings.postgres }),
  ])
  await Promise.all([migrateEvents(events), migrateRecords(records)])
  return {
    events,
    records,
    close: async () => {
      await events.close()
      await records.destroy()
    },
  }
}
