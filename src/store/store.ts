// Both engines of a station, opened and brought up to date.

import type { Settings } from '../core/index.ts'
import { dataFolders } from '../core/index.ts'
import { openEmbeddedEngine } from './embedded-engine.ts'
import type { EventEngine } from './event-engine.ts'
import { migrateEvents } from './events-migrations.ts'
import { holdFolder } from './hold-folder.ts'
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

/**
 * Opens what the settings name: embedded engines under `data`, or servers by URL. Throws DATA_FOLDER_BUSY when another
 * station has the folder: its spool is there, whatever engines it uses.
 */
export async function openStore(settings: Settings): Promise<Store> {
  const release = await holdFolder(settings.data)
  try {
    return await openHeld(settings, release)
  } catch (cause) {
    await release()
    throw cause
  }
}

async function openHeld(settings: Settings, release: () => Promise<void>): Promise<Store> {
  const folders = dataFolders(settings.data)
  // One after the other: the event engine refuses a folder that another process has, PGlite would open it.
  const events = await openEvents(settings, folders.events)
  const records = await openRecords(
    settings.postgres === undefined ? { folder: folders.records } : { url: settings.postgres },
  )
  await Promise.all([migrateEvents(events), migrateRecords(records)])
  return {
    events,
    records,
    close: async () => {
      await events.close()
      await records.destroy()
      await release()
    },
  }
}

function openEvents(settings: Settings, folder: string): Promise<EventEngine> {
  const { clickhouse, clickhouseCluster: cluster, engineMemoryMib: memoryMib } = settings
  return clickhouse === undefined
    ? openEmbeddedEngine({ folder, memoryMib, intakeLanes: INTAKE_LANES, askLanes: ASK_LANES })
    : openServerEngine({ urls: clickhouse, cluster, intakeLanes: INTAKE_LANES })
}
