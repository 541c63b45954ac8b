// A sensor's regular visit to its station: says how it is, measures its clock against the station's, and renews its
// certificate in good time.

import type { Clock } from '../../core/index.ts'
import type { SensorReport } from '../../model/index.ts'
import { validityOf } from './identity.ts'
import type { Identity } from './identity.ts'
import type { Uplink } from './uplink.ts'

export type GreeterOptions = {
  readonly uplink: Uplink
  readonly clock: Clock
  readonly report: () => Omit<SensorReport, 'skewMs'>
  /** Keeps a renewed identity; it is used once this resolves. */
  readonly keep: (identity: Identity) => Promise<void>
  /** Version of the content in use; 0 for none. */
  readonly contentVersion: () => number
  /** The station's content came; taken up once this resolves. */
  readonly onContent: (sealed: string) => Promise<void>
  /** The station cannot be reached or refuses; null when it answers. */
  readonly onLink: (cause: unknown) => void
}

export const GREET_MS = 15_000
const REFUSED_MS = 10 * 60_000

export class Greeter {
  readonly #options: GreeterOptions
  #skewMs: number | null = null
  /** Version of the content that the station has to give. */
  #offered = 0
  /** A version that was refused; asked for again only with the next visit but many. */
  #refused = { version: 0, untilMs: 0 }
  #timer: NodeJS.Timeout | undefined
  #visit: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(options: GreeterOptions) {
    this.#options = options
  }

  /** What the station is told. The clock as it was measured last. */
  readonly report = (): SensorReport => ({ ...this.#options.report(), skewMs: this.#skewMs })

  start(): void {
    this.#visit = this.#go().finally(() => {
      if (!this.#isStopped) this.#timer = setTimeout(() => this.start(), GREET_MS)
    })
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#visit
  }

  async #go(): Promise<void> {
    const { uplink, onLink } = this.#options
    try {
      // A connection that was kept may have died in silence; that is no trouble.
      await this.#measure().catch(() => this.#measure())
      if (this.#isDue(uplink.identity)) await this.#renew()
      await this.#fetchContent()
      onLink(null)
    } catch (cause) {
      if (!this.#isStopped) onLink(cause)
    }
  }

  /** Half of the way there and back is taken for the way there. */
  async #measure(): Promise<void> {
    const { uplink, clock } = this.#options
    const isFirst = this.#skewMs === null
    const beforeMs = clock.nowMs()
    const { nowMs, content } = await uplink.greet(this.report())
    this.#offered = content ?? 0
    this.#skewMs = Math.round((beforeMs + clock.nowMs()) / 2 - nowMs)
    if (isFirst) await uplink.greet(this.report())
  }

  /** Newer content is asked for; what was refused not again for a while, so that a bad one does not fill the link. */
  async #fetchContent(): Promise<void> {
    const { uplink, clock, contentVersion, onContent } = this.#options
    const version = this.#offered
    if (version <= contentVersion()) return
    if (version === this.#refused.version && clock.nowMs() < this.#refused.untilMs) return
    await onContent(await uplink.content())
    if (contentVersion() < version) this.#refused = { version, untilMs: clock.nowMs() + REFUSED_MS }
  }

  /** When half of its time is over: a sensor may be away for the other half. */
  #isDue(identity: Identity): boolean {
    const { fromMs, toMs } = validityOf(identity)
    return this.#options.clock.nowMs() > (fromMs + toMs) / 2
  }

  async #renew(): Promise<void> {
    const { uplink, keep } = this.#options
    const renewed = await uplink.renew()
    await keep(renewed)
    uplink.become(renewed)
  }
}
