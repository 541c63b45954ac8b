// Which of its places the engine keeps a compiled list of patterns in, worked out as ClickHouse 26.7 does it: boost's hashes
// (`boost/container_hash`, 1.81 and later) of every pattern, modulo the number of places. For another version it is a guess.

/** How many lists the engine keeps compiled, of each of its functions. */
const PATTERN_PLACES = 500

/** The engine's number for a text. */
export function textHash(text: string): bigint {
  const bytes = Buffer.from(text)
  let [left, at] = [bytes.length, 0]
  let turning = spread(STEP, FACTOR)
  let hash = turning ^ BigInt(left)
  const take = (value: bigint) => {
    turning = cut(turning + STEP)
    hash ^= spread(cut(value + turning), FACTOR)
  }
  for (; left >= 8; left -= 8, at += 8) take(bytes.readBigUInt64LE(at))
  take(lastOf(bytes.subarray(at)))
  return spread(cut(hash + turning), FACTOR)
}

/** The place of the list of these texts, from 0. */
export function placeOf(hashes: readonly bigint[]): number {
  const all = [...hashes, NO_DISTANCE].reduce((seed, hash) => mix(cut(seed + JOIN + hash)), 0n)
  return Number(all % BigInt(PATTERN_PLACES))
}

const STEP = 0x9e_37_79_b9_7f_4a_7c_15n
const FACTOR = 0xdf_44_2d_22_ce_48_59_b9n
const JOIN = 0x9e_37_79_b9n
/** Of the edit distance that is not given. */
const NO_DISTANCE = 0x12_34_56_78n
const MIX = 0xe_98_46_af_9b_1a_61_5dn

function cut(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}

/** Both halves of a product, one over the other. */
function spread(a: bigint, b: bigint): bigint {
  const product = a * b
  return (product >> 64n) ^ cut(product)
}

function mix(value: bigint): bigint {
  const once = cut((value ^ (value >> 32n)) * MIX)
  const twice = cut((once ^ (once >> 32n)) * MIX)
  return twice ^ (twice >> 28n)
}

/** Fewer than eight bytes as one number. */
function lastOf(bytes: Buffer): bigint {
  const { length } = bytes
  const byte = (at: number) => BigInt(bytes[at] ?? 0) << BigInt(at * 8)
  if (length >= 4)
    return (
      (BigInt(bytes.readUInt32LE(length - 4)) << BigInt((length - 4) * 8)) |
      BigInt(bytes.readUInt32LE(0))
    )
  return length === 0 ? 0n : byte((length - 1) & 2) | byte(length >> 1) | byte(0)
}
