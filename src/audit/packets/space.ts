// The space of packet headers: one number a dimension, so that a set of packets is a set of boxes. An address of IPv6 is four
// dimensions of 32 bits. For ICMP the destination port is type × 256 + code.

export type Family = 4 | 6

export type Space = {
  readonly family: Family
  /** Highest value of each dimension; the lowest is 0. */
  readonly tops: readonly number[]
  readonly dst: number
  readonly src: number
  /** Dimensions an address takes. */
  readonly width: number
  readonly protocol: number
  readonly dport: number
  readonly sport: number
  /** 1: a packet that answers (TCP with ACK or RST, or what a stateless list takes for it). */
  readonly established: number
}

const WORD = 0xff_ff_ff_ff

/**
 * Protocol and port come first: rules for different services seldom meet, so below them lists are short. Addresses first takes three
 * times as long for lists of enterprise shape.
 */
function spaceOf(family: Family): Space {
  const width = family === 4 ? 1 : 4
  const addresses = Array.from({ length: 2 * width }, () => WORD)
  return {
    family,
    tops: [255, 65_535, ...addresses, 65_535, 1],
    width,
    protocol: 0,
    dport: 1,
    dst: 2,
    src: 2 + width,
    sport: 2 + 2 * width,
    established: 3 + 2 * width,
  }
}

export const IPV4: Space = spaceOf(4)
export const IPV6: Space = spaceOf(6)

export function spaceFor(family: Family): Space {
  return family === 4 ? IPV4 : IPV6
}

/** One packet: a value for each dimension. */
export type Point = readonly number[]

export const PROTOCOLS = { icmp: 1, igmp: 2, tcp: 6, udp: 17, gre: 47, esp: 50, ah: 51, icmp6: 58 }
