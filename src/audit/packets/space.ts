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

function spaceOf(family: Family): Space {
  const width = family === 4 ? 1 : 4
  const addresses = Array.from({ length: 2 * width }, () => WORD)
  return {
    family,
    tops: [...addresses, 255, 65_535, 65_535, 1],
    dst: 0,
    src: width,
    width,
    protocol: 2 * width,
    dport: 2 * width + 1,
    sport: 2 * width + 2,
    established: 2 * width + 3,
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
