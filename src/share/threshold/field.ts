// Arithmetic modulo the order of ristretto255 (RFC 9496 section 4): what shares are made in. Of values that are secret for as long as
// few hold them; timing tells nothing to others, because nobody else can have them computed.

/** 2^252 + 27742317777372353535851937790883648493. */
export const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

export const modulo = (value: bigint): bigint => ((value % ORDER) + ORDER) % ORDER

/** Of what is not 0, by Fermat's little theorem. */
export function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, modulo(value), ORDER - 2n]
  for (; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * base) % ORDER
    base = (base * base) % ORDER
  }
  return result
}

export type Point = { readonly x: bigint; readonly y: bigint }

/** The value at `x` of the one polynomial through the points, whose places all differ (Lagrange). */
export function valueAt(points: readonly Point[], x: bigint): bigint {
  let sum = 0n
  for (const one of points) {
    let [above, below] = [one.y, 1n]
    for (const other of points)
      if (other !== one) {
        above = modulo(above * (x - other.x))
        below = modulo(below * (one.x - other.x))
      }
    sum = modulo(sum + above * inverse(below))
  }
  return sum
}

/** The polynomial with these coefficients, the constant one first. */
export function evaluateAt(coefficients: readonly bigint[], x: bigint): bigint {
  return coefficients.reduceRight((sum, one) => modulo(sum * x + one), 0n)
}

export const numberOf = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
/** 64 hexadecimal signs. */
export const hexOf = (value: bigint): string => value.toString(16).padStart(64, '0')
