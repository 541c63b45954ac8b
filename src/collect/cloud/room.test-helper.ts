// Where accounts at providers are tried: a provider on this machine, an intake that remembers, a clock that stands still.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { recordingIntake } from '../files/recording-intake.test-helper.ts'
import type { RecordingIntake } from '../files/recording-intake.test-helper.ts'
import type { Position } from '../position.ts'
import { readCollectors } from './collector.ts'
import { startProvider } from './provider.test-helper.ts'
import type { Provider } from './provider.test-helper.ts'
import { startCloud } from './start-cloud.ts'
import type { CloudEvent, CloudService } from './start-cloud.ts'

export const raise = (cause: unknown): never => {
  throw cause
}
export const COLLECTORS = readCollectors(
  join(import.meta.dirname, '../../../content/collectors'),
  raise,
)
export const NOW = Date.parse('2026-03-14T16:00:00Z')

type Room = {
  folder: string
  provider: Provider
  intake: RecordingIntake
  noted: Map<string, Position>
  events: CloudEvent[]
  service: CloudService | undefined
  nowMs: number
}

/** Made anew for each test of a file that calls `useRoom`. */
export const room = {} as Room

export function useRoom(): void {
  beforeEach(async () => {
    const noted = new Map<string, Position>()
    Object.assign(room, {
      folder: mkdtempSync(join(tmpdir(), 'vigie-cloud-')),
      provider: await startProvider(() => ({ status: 500 })),
      intake: recordingIntake(noted),
      noted,
      events: [],
      service: undefined,
      nowMs: NOW,
    } satisfies Room)
  })
  afterEach(async () => {
    await room.service?.close()
    await room.provider.close()
    rmSync(room.folder, { recursive: true, force: true })
  })
}

export function start(collectors = COLLECTORS): void {
  const { folder, intake, noted, events } = room
  room.service = startCloud({
    folder,
    collectors,
    intake,
    positions: { get: (path) => noted.get(path) ?? null },
    nowMs: () => room.nowMs,
    environment: { OKTA_TOKEN: 'from-the-environment' },
    onEvent: (event) => events.push(event),
    watchMs: 50,
  })
}

export async function restart(): Promise<void> {
  await room.service?.close()
  start()
}

export function account(name: string, text: string, mode = 0o600): void {
  const file = join(room.folder, `${name}.yml`)
  writeFileSync(file, text, { mode })
  chmodSync(file, mode)
}

/** Codes of problems and troubles, and what else was told, in order. */
export function said(): string[] {
  return room.events.map((event) => {
    if (event.kind === 'account') return event.problem.code
    return event.kind === 'trouble' ? event.trouble.code : event.kind
  })
}

export function ids(): unknown[] {
  return room.intake.texts().map((text) => JSON.parse(text).id)
}

export const event = (id: number, minute = 0) => ({
  id,
  time: new Date(NOW - 3_600_000 + minute * 60_000).toISOString(),
})
