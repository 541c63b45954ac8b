// One piece of a sensor's spool becomes lines of this station's, with the piece's number under the same seal: after a
// crash both are there, or neither.

import { DAY_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { SENSOR_QUEUES, SOURCE_KINDS } from '../../model/index.ts'
import type { SensorQueue, Standing } from '../../model/index.ts'
import type { Positions } from '../files/positions.ts'
import type { OriginHandle } from '../intake.ts'
import { MAX_LINE_BYTES } from '../intake.ts'
import type { Position } from '../position.ts'
import { readRecord } from '../spool/read-record.ts'
import type { RecordAt } from '../spool/read-record.ts'
import { sealedPart } from '../spool/recover.ts'
import type { Spool } from '../spool/spool.ts'

export type SensorIntake = Pick<Spool, 'open' | 'writeReceived' | 'note' | 'synced' | 'drained'>

export type PieceContext = {
  readonly intake: SensorIntake
  readonly positions: Positions
  readonly clock: Clock
}

export type Piece = {
  readonly sensor: string
  readonly queue: SensorQueue
  /** Counts the pieces of a queue from 1. */
  readonly seq: number
  /** Id of the segment at the sensor. */
  readonly segment: string
  /** SHA-256 that the sensor gives of `bytes`, hex. */
  readonly sha256: string
  readonly bytes: Buffer
}

export type Taken =
  /** On disk here, now or since an earlier try. */
  | { readonly kind: 'taken'; readonly standing: Standing }
  /** Not the next one; nothing was written. */
  | { readonly kind: 'conflict'; readonly standing: Standing }
  /** Digest or seals do not hold; nothing was written. */
  | { readonly kind: 'damaged' }

/**
 * A line keeps the time its sensor received it at, within these of now: days are partitions, and a clock gone wrong must
 * not make hundreds of them.
 */
const OLDEST_MS = 90 * DAY_MS
const NEWEST_MS = DAY_MS
const MAX_SOURCE_BYTES = 4096

/** Takes a piece. One at a time for a sensor's queue; resolves when the answer may be given. */
export async function takePiece(context: PieceContext, piece: Piece): Promise<Taken> {
  const { intake, positions } = context
  const path = standingPath(piece.sensor, piece.queue)
  const before = await positions.get(path)
  const standing = standingIn(before)
  if (standing.seq === piece.seq && standing.segment === piece.segment) {
    // An earlier try may not have reached the disk yet.
    await intake.synced()
    return { kind: 'taken', standing }
  }
  if (standing.seq + 1 !== piece.seq) return { kind: 'conflict', standing }
  if (!isWhole(piece)) return { kind: 'damaged' }
  const lines = writeLines(context, piece)
  intake.note(path, nextPosition(before, piece, lines))
  await intake.synced()
  return { kind: 'taken', standing: { seq: piece.seq, segment: piece.segment } }
}

/** The last pieces of a sensor that are on disk here. */
export async function standings(
  { intake, positions }: PieceContext,
  sensor: string,
): Promise<Readonly<Record<SensorQueue, Standing>>> {
  const [priority, normal] = await Promise.all(
    SENSOR_QUEUES.map(async (queue) =>
      standingIn(await positions.get(standingPath(sensor, queue))),
    ),
  )
  // What was noted is only true once it is on disk.
  await intake.synced()
  const none = { seq: 0, segment: '' }
  return { priority: priority ?? none, normal: normal ?? none }
}

/** Among the positions of files, whose paths begin with a slash. */
function standingPath(sensor: string, queue: SensorQueue): string {
  return `sensor:${sensor}/${queue}`
}

function standingIn(position: Position | null): Standing {
  return { seq: position?.seq ?? 0, segment: position?.fingerprint ?? '' }
}

function nextPosition(
  before: Position | null,
  { seq, segment, bytes }: Piece,
  lines: number,
): Position {
  return {
    inode: 0,
    offset: (before?.offset ?? 0) + bytes.length,
    lines: (before?.lines ?? 0) + lines,
    fingerprint: segment,
    done: false,
    seq,
  }
}

function isWhole({ bytes, sha256 }: Piece): boolean {
  const sealed = sealedPart(bytes)
  return bytes.length > 0 && sealed.bytes === bytes.length && sealed.sha256 === sha256
}

/** In one go, so that no commit falls between the first line and the note. */
function writeLines({ intake, clock }: PieceContext, { sensor, bytes }: Piece): number {
  const nowMs = clock.nowMs()
  const origins = new Origins(intake, sensor)
  let lines = 0
  for (let at = 0; at < bytes.length;) {
    const record = readRecord(bytes, at)
    if (record === undefined) return lines
    if (record.kind === 'line') {
      const receivedMs = within(Number(bytes.readBigInt64LE(at + 4)), nowMs)
      lines += writeLine(intake, origins.of(bytes, record), { bytes, record, receivedMs })
    }
    at = record.end
  }
  return lines
}

type Line = { readonly bytes: Buffer; readonly record: RecordAt; readonly receivedMs: number }

/** A sensor of ours cuts long lines itself. */
function writeLine(
  intake: SensorIntake,
  origin: OriginHandle,
  { bytes, record, receivedMs }: Line,
): number {
  let written = 0
  for (let from = record.rawStart; from < record.end || written === 0; from += MAX_LINE_BYTES) {
    const end = Math.min(from + MAX_LINE_BYTES, record.end)
    intake.writeReceived(origin, receivedMs, bytes, from, end)
    written += 1
  }
  return written
}

function within(receivedMs: number, nowMs: number): number {
  return Math.min(Math.max(receivedMs, nowMs - OLDEST_MS), nowMs + NEWEST_MS)
}

/** Handles by origin; lines of one source mostly come together. */
class Origins {
  readonly #intake: SensorIntake
  readonly #sensor: string
  readonly #known = new Map<string, OriginHandle>()

  constructor(intake: SensorIntake, sensor: string) {
    this.#intake = intake
    this.#sensor = sensor
  }

  of(bytes: Buffer, { originStart, originEnd, source, context }: RecordAt): OriginHandle {
    const key = bytes.toString('latin1', originStart, originEnd)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const name = bytes.toString(
      'utf8',
      source.start,
      Math.min(source.end, source.start + MAX_SOURCE_BYTES),
    )
    const kind = SOURCE_KINDS.find((one) => name.startsWith(`${one}/`)) ?? 'file'
    const own = name.startsWith(`${kind}/`) ? name : `${kind}/${name}`
    const made = this.#intake.open({
      kind,
      source: `${this.#sensor}:${own}`,
      context: bytes.toString('utf8', context.start, context.end),
    })
    this.#known.set(key, made)
    return made
  }
}
