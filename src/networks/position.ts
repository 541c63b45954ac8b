// Addresses as numbers: the same line of numbers as `positionSql` of the model.

import { isIP } from 'node:net'

const MAPPED = 0xffff_0000_0000n
const [DOT, ZERO] = [46, 48]

/** Undefined for what is no address. A zone after `%` is no address of a network. */
export function positionOf(text: string): bigint | undefined {
  switch (isIP(text)) {
    case 4:
      return MAPPED | BigInt(fourOf(text))
    case 6:
      return text.includes('%') ? undefined : sixOf(text)
    default:
      return undefined
  }
}

export function familyOf(position: bigint): 0 | 1 {
  return position >> 48n === 0n ? 0 : 1
}

/** Reads a million of them: no list of parts is made. */
function fourOf(text: string): number {
  let sum = 0
  let part = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0
    if (code === DOT) {
      sum = sum * 256 + part
      part = 0
    } else part = part * 10 + code - ZERO
  }
  return sum * 256 + part
}

function sixOf(text: string): bigint {
  const [head = '', tail] = text.split('::')
  const left = groupsOf(head)
  const right = tail === undefined ? [] : groupsOf(tail)
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0)
  const groups = [...left, ...zeros, ...right]
  const [high, low] = [numberOf(groups.slice(0, 4)), numberOf(groups.slice(4))]
  return high === 0n ? low : high
}

function groupsOf(text: string): readonly number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)]
    const four = fourOf(group)
    return [Math.floor(four / 65_536), four % 65_536]
  })
}

function numberOf([a = 0, b = 0, c = 0, d = 0]: readonly number[]): bigint {
  return (BigInt(a * 65_536 + b) << 32n) | BigInt(c * 65_536 + d)
}
