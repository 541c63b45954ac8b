// Sends what waits, piece by piece, until the station has it. Asks the station first what it has: an answer that was lost
// is found again there, whichever side was killed.

import { truncate, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SensorReport, Standing } from '../../model/index.ts'
import { sealedPart } from '../spool/recover.ts'
import { FileReader } from './file-reader.ts'
import { partName, partsOf, readPartName } from './parts.ts'
import type { Queue, WaitingSegment } from './queue.ts'
import type { Uplink } from './uplink.ts'
import { NotTaken } from './uplink.ts'

export type ForwarderOptions = {
  readonly queue: Queue
  readonly uplink: Uplink
  readonly quarantine: string
  readonly report: () => SensorReport
  /** A value in [0, 1), so that sensors do not come back all at once. */
  readonly chance: () => number
  /** The station cannot be reached or refuses; null when it takes pieces again. */
  readonly onLink: (cause: unknown) => void
  /** Bytes that the disk altered are set aside in this file. */
  readonly onDamage: (file: string) => void
}

const IDLE_MS = 60_000
const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 60_000

export class Forwarder {
  readonly #options: ForwarderOptions
  readonly #stop = new AbortController()
  readonly #reader = new FileReader()
  /** What the station has of this queue; undefined while that is not known. */
  #standing: Standing | undefined
  #failures = 0
  #retry = new AbortController()
  #done: Promise<void> = Promise.resolve()

  constructor(options: ForwarderOptions) {
    this.#options = options
  }

  start(): void {
    this.#done = this.#run()
  }

  /** Ends after the request under way; what waits stays on disk. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#options.queue.nudge()
    await this.#done
  }

  /** The station answers again: what waits for another try is tried now. */
  retry(): void {
    this.#retry.abort()
  }

  async #run(): Promise<void> {
    const { queue, onLink } = this.#options
    while (!this.#stop.signal.aborted) {
      await queue.arrived(IDLE_MS)
      if (queue.head === undefined || this.#stop.signal.aborted) continue
      try {
        await this.#step(queue.head)
        if (this.#failures > 0) onLink(null)
        this.#failures = 0
      } catch (cause) {
        this.#standing = undefined
        if (this.#stop.signal.aborted) return
        const isFinal = cause instanceof NotTaken && cause.isFinal
        // A connection that was kept may have died in silence: a first failure alone says little.
        if (isFinal || this.#failures === 1) onLink(cause)
        await this.#pause(isFinal)
      }
    }
  }

  /** Asks, or sends the segment. */
  async #step(segment: WaitingSegment): Promise<void> {
    const { queue, uplink, report } = this.#options
    if (this.#standing === undefined) {
      const greeting = await uplink.greet(report())
      return this.#learn(greeting[queue.name])
    }
    const bytes = await this.#reader.read(segment.file)
    const parts = partsOf(bytes)
    const number = this.#sentOf(segment) + 1
    const part = parts[number - 1]
    // Damage took away what stood behind the parts that were sent.
    if (part === undefined) return queue.release(segment)
    const sent = await uplink.send({
      queue: queue.name,
      seq: this.#standing.seq + 1,
      segment: partName(segment.id, number, parts.length),
      bytes: part,
    })
    if (sent.kind === 'damaged') return this.#setAside(segment, bytes)
    return this.#learn(sent.standing)
  }

  /** Parts of the segment that the station has. */
  #sentOf({ id }: WaitingSegment): number {
    const last = readPartName(this.#standing?.segment ?? '')
    return last.id === id ? last.number : 0
  }

  /** The station has the segment that it names, or as many parts of it. */
  async #learn(standing: Standing): Promise<void> {
    const { queue } = this.#options
    const { id, number, count } = readPartName(standing.segment)
    const held = number === count ? queue.find(id) : undefined
    if (held !== undefined) await queue.release(held)
    if (number < count) queue.lead(id)
    this.#standing = standing
  }

  /** Keeps the sealed part; what no seal vouches for goes to quarantine. */
  async #setAside(segment: WaitingSegment, bytes: Buffer): Promise<void> {
    const { quarantine, queue, onDamage } = this.#options
    const sealed = sealedPart(bytes)
    if (sealed.bytes === bytes.length) throw new Error('HTTP 422 altered on the way')
    const aside = join(quarantine, basename(segment.file))
    await writeFile(aside, bytes.subarray(sealed.bytes), { flush: true })
    await truncate(segment.file, sealed.bytes)
    onDamage(aside)
    if (sealed.bytes === 0) await queue.release(segment)
  }

  async #pause(isFinal: boolean): Promise<void> {
    const mostMs = isFinal
      ? LAST_RETRY_MS
      : Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LAST_RETRY_MS)
    this.#failures += 1
    this.#retry = new AbortController()
    const ends = AbortSignal.any([this.#stop.signal, this.#retry.signal])
    await rest(mostMs * (0.5 + this.#options.chance() / 2), ends)
  }
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
    function end(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
  })
}
