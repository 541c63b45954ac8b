// Semantic Versioning 2.0.0 section 11, with the leniencies registries show: a leading `v`, fewer or more than three numbers.

import { compareDigits, compareNumbers, compareText, readThenCompare, sign } from './order.ts'
import type { Compared, Order } from './order.ts'

type Semver = { readonly numbers: readonly string[]; readonly before: readonly string[] }

const FORM = /^[v=\s]*(\d+(?:\.\d+){0,3})(?:-([\da-z.-]+))?(?:\+[\da-z.-]*)?$/i

export const compareSemver = readThenCompare(readSemver(false), compareRead)
/** NuGet knows no case in what stands before a release. */
export const compareNuget = readThenCompare(readSemver(true), compareRead)

function readSemver(isCaseless: boolean): (version: string) => Semver | undefined {
  return (version) => {
    const [, numbers, before] = FORM.exec(isCaseless ? version.toLowerCase() : version) ?? []
    if (numbers === undefined) return undefined
    return { numbers: numbers.split('.'), before: before?.split('.') ?? [] }
  }
}

function compareRead(left: Semver, right: Semver): Compared {
  const order = compareNumbers(left.numbers, right.numbers)
  if (order !== 0) return order
  if (left.before.length === 0 || right.before.length === 0)
    return sign(Number(left.before.length === 0) - Number(right.before.length === 0))
  return comparePrerelease(left.before, right.before)
}

/** Section 11.4: numbers by value and below words, words in ASCII order, more fields above fewer. */
function comparePrerelease(left: readonly string[], right: readonly string[]): Order {
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [a = '', b = ''] = [left[at], right[at]]
    const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)]
    const order =
      isNumberA && isNumberB
        ? compareDigits(a, b)
        : isNumberA === isNumberB
          ? compareText(a, b)
          : isNumberA
            ? -1
            : 1
    if (order !== 0) return order
  }
  return sign(left.length - right.length)
}
