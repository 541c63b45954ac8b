// The name of a sender, and its handle in the intake. Senders are remembered up to a bound, because a forged
// UDP source address costs its sender nothing.

import type { Intake, Origin, OriginHandle } from './intake.ts'

const MAX_REMEMBERED = 10_000
/** IPv4 address inside IPv6 (RFC 4291 section 2.5.5.2), as a socket that listens on both shows it. */
const MAPPED = '::ffff:'

export function senderAddress(remoteAddress: string | undefined): string {
  if (remoteAddress === undefined) return 'unknown'
  const isMapped = remoteAddress.startsWith(MAPPED) && remoteAddress.includes('.')
  return isMapped ? remoteAddress.slice(MAPPED.length) : remoteAddress
}

/** `syslog/192.0.2.10` */
export function senderSource(kind: Origin['kind'], remoteAddress: string | undefined): string {
  return `${kind}/${senderAddress(remoteAddress)}`
}

/** Handles by remote address; the one longest known is forgotten first. */
export class Senders {
  readonly #intake: Intake
  readonly #kind: Origin['kind']
  readonly #known = new Map<string, OriginHandle>()

  constructor(intake: Intake, kind: Origin['kind']) {
    this.#intake = intake
    this.#kind = kind
  }

  handle(remoteAddress: string): OriginHandle {
    const known = this.#known.get(remoteAddress)
    if (known !== undefined) return known
    const source = senderSource(this.#kind, remoteAddress)
    const made = this.#intake.open({ kind: this.#kind, source, context: '' })
    if (this.#known.size >= MAX_REMEMBERED) this.#forgetOldest()
    this.#known.set(remoteAddress, made)
    return made
  }

  #forgetOldest(): void {
    for (const address of this.#known.keys()) {
      this.#known.delete(address)
      return
    }
  }
}
