// A station's door without its engines: the real door and spool; what becomes rows elsewhere is handed to the caller here.

import { mkdirSync, readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { SensorContent, Sighting } from '../../model/index.ts'
import type { Position } from '../position.ts'
import { readRecord } from '../spool/read-record.ts'
import type { ClosedSegment } from '../spool/segment-file.ts'
import { SPOOL_DEFAULTS, Spool } from '../spool/spool.ts'
import { openAuthority } from './authority.ts'
import type { SensorSubject } from './authority.ts'
import { openDoor } from './door.ts'
import { encodeInvitation } from './invitation.ts'
import type { SensorRegistry } from './registry.ts'

export type StoredLine = {
  readonly source: string
  readonly text: string
  readonly receivedMs: number
}

export type MemoryDoorOptions = {
  readonly folder: string
  readonly port?: number
  readonly clock?: Clock
  readonly segmentMs?: number
  readonly onSegment?: (segment: ClosedSegment) => void
}

export const NO_CONTENT: SensorContent = {
  version: 1,
  vigie: 'test',
  collectors: {},
  first: [],
  indicators: { count: 0, hasSix: false, packed: '' },
}

export type MemoryDoor = Awaited<ReturnType<typeof openMemoryDoor>>

export async function openMemoryDoor(options: MemoryDoorOptions) {
  const { folder, clock = systemClock } = options
  const lines: StoredLine[] = []
  const positions = new Map<string, Position>()
  const registry = memoryRegistry()
  const take =
    options.onSegment ?? ((segment) => lines.push(...linesOf(readFileSync(segment.file))))
  mkdirSync(join(folder, 'spool'), { recursive: true })
  const spool: Spool = new Spool({
    ...SPOOL_DEFAULTS,
    segmentMs: options.segmentMs ?? 50,
    folder: join(folder, 'spool'),
    clock,
    onTrouble: () => undefined,
    onSegment: (segment) => {
      take(segment)
      for (const mark of segment.marks) positions.set(mark.path, mark)
      unlinkSync(segment.file)
      spool.released(segment)
    },
  })
  const authority = await openAuthority(join(folder, 'keys'), [], clock)
  let content = { version: 1, sealed: authority.seal(NO_CONTENT) }
  const door = await openDoor({
    intake: spool,
    positions: { get: (path) => spool.noted(path) ?? positions.get(path) ?? null },
    clock,
    host: '127.0.0.1',
    port: options.port ?? 0,
    authority,
    registry,
    content: async () => content,
    onTrouble: (cause) => {
      throw cause
    },
  })
  const { fingerprint } = authority
  return {
    door,
    authority,
    /** What sensors are given from now on. */
    give: (changes: Partial<SensorContent>) => {
      const given = { ...NO_CONTENT, version: content.version + 1, ...changes }
      content = { version: given.version, sealed: authority.seal(given) }
    },
    /** What sensors are given, whatever it is. */
    giveSealed: (version: number, sealed: string) => {
      content = { version, sealed }
    },
    registry,
    lines,
    texts: () => lines.map(({ text }) => text),
    invite: async (name: string, address = `127.0.0.1:${door.port}`) => {
      const { secret } = await registry.invite(name)
      return encodeInvitation({ address, fingerprint, secret })
    },
    close: async () => {
      await door.close()
      await spool.close()
    },
  }
}

export function linesOf(bytes: Buffer): readonly StoredLine[] {
  const lines: StoredLine[] = []
  for (let at = 0; at < bytes.length;) {
    const record = readRecord(bytes, at)
    if (record === undefined) break
    if (record.kind === 'line')
      lines.push({
        source: bytes.toString('utf8', record.source.start, record.source.end),
        text: bytes.toString('utf8', record.rawStart, record.end),
        receivedMs: Number(bytes.readBigInt64LE(at + 4)),
      })
    at = record.end
  }
  return lines
}

type Known = SensorSubject & { state: string; secret: string; publicKey: string | null }

/** The rules of the real one, without its database. */
function memoryRegistry(): SensorRegistry & {
  readonly reports: Map<string, unknown>
  readonly sightings: Sighting[]
} {
  const known = new Map<string, Known>()
  const sightings: Sighting[] = []
  const reports = new Map<string, unknown>()
  let count = 0
  return {
    reports,
    sightings,
    sighted: async (_subject, told) => {
      sightings.push(...told)
    },
    invite: async (name) => {
      count += 1
      const secret = `secret-number-${String(count).padStart(10, '0')}`
      known.set(name, { name, enrolment: String(count), state: 'invited', secret, publicKey: null })
      return { secret, untilMs: 0 }
    },
    enrol: async (secret, publicKey) => {
      const found = [...known.values()].find((one) => one.secret === secret)
      if (found === undefined || (found.publicKey ?? publicKey) !== publicKey) return undefined
      Object.assign(found, { state: 'enrolled', publicKey })
      return found
    },
    isEnrolled: async ({ name, enrolment }) => {
      const found = known.get(name)
      return found?.state === 'enrolled' && found.enrolment === enrolment
    },
    seen: async ({ name }, report) => {
      reports.set(name, report)
    },
    revoke: async (name) => {
      const found = known.get(name)
      if (found !== undefined) found.state = 'revoked'
      return found !== undefined
    },
    list: async () => [],
    isEmpty: async () => known.size === 0,
  }
}
