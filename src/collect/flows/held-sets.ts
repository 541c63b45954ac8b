// Flows whose template has not come yet, as after a start: kept for it up to a bound, oldest given up first.

export type HeldSet = {
  readonly address: string
  readonly domain: number
  readonly templateId: number
  /** The line up to its record's members. */
  readonly head: string
  /** A copy of the set without its own header. */
  readonly bytes: Buffer
  readonly heldMs: number
}

const MOST_BYTES = 16 * 1024 * 1024
const MOST_BYTES_EACH = 1024 * 1024
/** Routers repeat their templates every half hour or sooner. */
const LONGEST_MS = 35 * 60_000

type Sender = { bytes: number; readonly sets: Set<HeldSet> }

export class HeldSets {
  readonly #onLost: (address: string) => void
  /** In the order they came. */
  readonly #sets = new Set<HeldSet>()
  readonly #senders = new Map<string, Sender>()
  #bytes = 0

  constructor(onLost: (address: string) => void) {
    this.#onLost = onLost
  }

  get bytes(): number {
    return this.#bytes
  }

  hold(set: HeldSet): void {
    const sender = this.#senders.get(set.address) ?? { bytes: 0, sets: new Set() }
    if (sender.bytes + set.bytes.length > MOST_BYTES_EACH) {
      this.#onLost(set.address)
      return
    }
    this.#senders.set(set.address, sender)
    this.#sets.add(set)
    sender.sets.add(set)
    sender.bytes += set.bytes.length
    this.#bytes += set.bytes.length
    this.#giveUp(set.heldMs)
  }

  /** Takes out what waited for a template that has come. */
  take(address: string, domain: number, templateId: number): readonly HeldSet[] {
    const waiting = [...(this.#senders.get(address)?.sets ?? [])]
    const taken = waiting.filter((set) => set.domain === domain && set.templateId === templateId)
    for (const set of taken) this.#drop(set)
    return taken
  }

  #giveUp(nowMs: number): void {
    for (const set of this.#sets) {
      if (nowMs - set.heldMs < LONGEST_MS && this.#bytes <= MOST_BYTES) return
      this.#drop(set)
      this.#onLost(set.address)
    }
  }

  #drop(set: HeldSet): void {
    this.#sets.delete(set)
    this.#bytes -= set.bytes.length
    const sender = this.#senders.get(set.address)
    if (sender === undefined) return
    sender.sets.delete(set)
    sender.bytes -= set.bytes.length
    if (sender.sets.size === 0) this.#senders.delete(set.address)
  }
}
