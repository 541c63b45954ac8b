// Python's versions: PEP 440, appendix B (the form) and “Summary of permitted suffixes and relative ordering”.

import {
  compareDigits,
  compareNumbers,
  compareText,
  firstDifference,
  readThenCompare,
  sign,
} from './order.ts'
import type { Compared, Order } from './order.ts'

type Pep440 = {
  readonly epoch: string
  readonly release: readonly string[]
  readonly pre: readonly [string, string] | undefined
  readonly post: string | undefined
  readonly dev: string | undefined
  readonly local: readonly string[]
}

const FORM = new RegExp(
  String.raw`^v?(?:(\d+)!)?(\d+(?:\.\d+)*)` +
    String.raw`(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?` +
    String.raw`(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?` +
    String.raw`(?:[-_.]?dev[-_.]?(\d*))?` +
    String.raw`(?:\+([a-z\d]+(?:[-_.][a-z\d]+)*))?$`,
)
const PRE: Readonly<Record<string, string>> = {
  alpha: 'a',
  beta: 'b',
  c: 'rc',
  pre: 'rc',
  preview: 'rc',
}

export const comparePep440 = readThenCompare(readPep440, (left, right): Compared =>
  firstDifference(
    () => compareDigits(left.epoch, right.epoch),
    () => compareNumbers(left.release, right.release),
    () => comparePre(left, right),
    () => compareWithNone(left.post, right.post, -1),
    () => compareWithNone(left.dev, right.dev, 1),
    () => compareLocal(left.local, right.local),
  ),
)

function readPep440(text: string): Pep440 | undefined {
  const met = FORM.exec(text.trim().toLowerCase())
  if (met === null) return undefined
  const [, epoch = '0', release = '', pre, preNumber, implicit, post, dev, local] = met
  const orZero = (digits: string) => (digits === '' ? '0' : digits)
  const given = implicit ?? post
  return {
    epoch,
    release: release.split('.'),
    pre: pre === undefined ? undefined : [PRE[pre] ?? pre, orZero(preNumber ?? '')],
    post: given === undefined ? undefined : orZero(given),
    dev: dev === undefined ? undefined : orZero(dev),
    local: local?.split(/[-_.]/) ?? [],
  }
}

/** A development release of a release stands before its alphas; a release and its posts after its candidates. */
function comparePre(left: Pep440, right: Pep440): Order {
  const rank = ({ pre, post, dev }: Pep440) =>
    pre === undefined ? (post === undefined && dev !== undefined ? -1 : 1) : 0
  const order = sign(rank(left) - rank(right))
  if (order !== 0 || left.pre === undefined || right.pre === undefined) return order
  return compareText(left.pre[0], right.pre[0]) || compareDigits(left.pre[1], right.pre[1])
}

/** `none` says where a version without the suffix stands: before (-1) or after (1) those with it. */
function compareWithNone(left: string | undefined, right: string | undefined, none: -1 | 1): Order {
  if (left !== undefined && right !== undefined) return compareDigits(left, right)
  if (left === right) return 0
  return left === undefined ? none : none === 1 ? -1 : 1
}

function compareLocal(left: readonly string[], right: readonly string[]): Order {
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [a = '', b = ''] = [left[at], right[at]]
    const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)]
    if (isNumberA !== isNumberB) return isNumberA ? 1 : -1
    const order = isNumberA ? compareDigits(a, b) : compareText(a, b)
    if (order !== 0) return order
  }
  return sign(left.length - right.length)
}
