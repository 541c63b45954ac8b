// ClickHouse in this process, through chdb. One data folder per process; several connections run in parallel.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Session, drainPending } from 'chdb'
import { VigieError, reasonOf } from '../core/index.ts'
import { embeddedLane } from './embedded-lane.ts'
import { ENGINE_DEFAULTS } from './engine-settings.ts'
import type { EngineLane, EventEngine } from './event-engine.ts'
import { pooledLane } from './pooled-lane.ts'
import { trusted } from './sql.ts'
import { stoppableLane } from './stoppable-lane.ts'

export type EmbeddedOptions = {
  readonly folder: string
  readonly memoryMib: number
  readonly intakeLanes: number
  readonly askLanes: number
}

/** Opens (or creates) the folder. Throws DATA_FOLDER_BUSY when another process has it. */
export async function openEmbeddedEngine(options: EmbeddedOptions): Promise<EventEngine> {
  mkdirSync(options.folder, { recursive: true })
  const sessions: Session[] = []
  try {
    const connectionArgs = [`--config-file=${writeConfig(options)}`, ...defaultArguments()]
    const lane = (...further: readonly string[]): EngineLane => {
      const session = new Session(options.folder, {
        connectionArgs: [...connectionArgs, ...further],
      })
      sessions.push(session)
      return embeddedLane(session)
    }
    // Batches run beside one another: a second thread for each of their many small statements cost a third of the time of some.
    const intake = Array.from({ length: options.intakeLanes }, () => lane('--max_threads=1'))
    const stopper = lane()
    const askLanes = Array.from({ length: options.askLanes }, () => lane())
    const ask = pooledLane(askLanes.map((one) => stoppableLane(one, stopper)))
    await ask.query(trusted('SELECT 1'))
    return {
      kind: 'embedded',
      cluster: undefined,
      intake,
      ask,
      define: (text) => ask.command(trusted(text(''))),
      close: () => closeAll(sessions),
    }
  } catch (cause) {
    await closeAll(sessions)
    if (isOpenElsewhere(options.folder)) {
      throw new VigieError('DATA_FOLDER_BUSY', { folder: options.folder }, { cause })
    }
    throw new VigieError(
      'ENGINE_UNREACHABLE',
      { engine: 'ClickHouse', reason: reasonOf(cause) },
      { cause },
    )
  }
}

/** The engine does not say why it cannot open; its status file names the process that has the folder. */
function isOpenElsewhere(folder: string): boolean {
  try {
    const pid = Number(/^PID: (\d+)/m.exec(readFileSync(join(folder, 'status'), 'utf8'))?.[1])
    return pid !== process.pid && process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Closing a session while it works aborts the engine, so what runs ends first. */
async function closeAll(sessions: readonly Session[]): Promise<void> {
  await drainPending()
  for (const session of sessions) session.close()
  await drainPending()
}

function defaultArguments(): readonly string[] {
  return Object.entries(ENGINE_DEFAULTS).map(([name, value]) => `--${name}=${String(value)}`)
}

/** Memory is a setting of the whole engine: what goes past it fails that statement, never the station. */
function writeConfig({ folder, memoryMib }: EmbeddedOptions): string {
  const file = join(folder, 'engine.xml')
  const bytes = memoryMib * 1024 * 1024
  writeFileSync(
    file,
    `<clickhouse>
  <max_server_memory_usage>${bytes}</max_server_memory_usage>
  <mark_cache_size>${Math.round(bytes / 16)}</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <logger><level>none</level></logger>
</clickhouse>
`,
  )
  return file
}
