// Versions of Linux packages: Debian policy section 5.6.12, rpm's rpmvercmp, Alpine's apk.

import { compareDigits, compareText, firstDifference, readThenCompare, sign } from './order.ts'
import type { Compared, Order } from './order.ts'

type Package = { readonly epoch: string; readonly version: string; readonly release: string }

export const compareDebian = readThenCompare(readDebian, (left, right) =>
  firstDifference(
    () => compareDigits(left.epoch, right.epoch),
    () => debianPart(left.version, right.version),
    () => debianPart(left.release, right.release),
  ),
)

function readDebian(text: string): Package | undefined {
  const [, epoch = '0', version = '', release = '0'] =
    /^(?:(\d+):)?([\w.+~:-]*?)(?:-([\w.+~]*))?$/.exec(text.trim()) ?? []
  return /^\w/.test(version) ? { epoch, version, release } : undefined
}

/** Runs of what is no digit, then of digits, in turn: letters before marks, `~` before the end. */
function debianPart(left: string, right: string): Order {
  const [a, b] = [runs(left), runs(right)]
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [textA = '', digitsA = '0'] = a[at] ?? []
    const [textB = '', digitsB = '0'] = b[at] ?? []
    const order = debianText(textA, textB) || compareDigits(digitsA, digitsB)
    if (order !== 0) return order
  }
  return 0
}

function runs(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/(\D*)(\d*)/g)].map(
    ([, mark = '', digits = '']) => [mark, digits === '' ? '0' : digits] as const,
  )
}

function debianText(left: string, right: string): Order {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = sign(debianWeight(left.charAt(at)) - debianWeight(right.charAt(at)))
    if (order !== 0) return order
  }
  return 0
}

function debianWeight(mark: string): number {
  if (mark === '~') return -1
  if (mark === '') return 0
  const code = mark.codePointAt(0) ?? 0
  return /[a-z]/i.test(mark) ? code : code + 256
}

export const compareRpm = readThenCompare(readRpm, (left, right) =>
  firstDifference(
    () => compareDigits(left.epoch, right.epoch),
    () => rpmPart(left.version, right.version),
    // A range that names no release means every release of the version.
    () => (left.release === '' || right.release === '' ? 0 : rpmPart(left.release, right.release)),
  ),
)

function readRpm(text: string): Package | undefined {
  const [, epoch, version = '', release = ''] =
    /^(?:(\d+):)?([^-:\s]+)(?:-([^-\s]+))?$/.exec(text.trim()) ?? []
  return version === '' ? undefined : { epoch: epoch ?? '0', version, release }
}

/** `rpmvercmp`: digits above letters, `~` before everything, `^` after the end and before everything else. */
export function rpmPart(left: string, right: string): Order {
  const [a, b] = [rpmTokens(left), rpmTokens(right)]
  for (let at = 0; ; at += 1) {
    const [x, y] = [a[at], b[at]]
    if (x === y && x !== undefined) continue
    if (x === '~' || y === '~') return x === '~' ? -1 : 1
    if (x === '^') return y === undefined ? 1 : -1
    if (y === '^') return x === undefined ? -1 : 1
    if (x === undefined || y === undefined)
      return sign(Number(x !== undefined) - Number(y !== undefined))
    const order = rpmToken(x, y)
    if (order !== 0) return order
  }
}

function rpmTokens(text: string): readonly string[] {
  return text.match(/\d+|[a-z]+|[~^]/gi) ?? []
}

function rpmToken(left: string, right: string): Order {
  const [isNumberLeft, isNumberRight] = [/^\d/.test(left), /^\d/.test(right)]
  if (isNumberLeft !== isNumberRight) return isNumberLeft ? 1 : -1
  return isNumberLeft ? compareDigits(left, right) : compareText(left, right)
}

type Apk = {
  readonly numbers: readonly string[]
  readonly letter: string
  readonly suffixes: readonly string[]
  readonly release: string
}

const APK =
  /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~[\da-f]+)?(?:-r(\d+))?$/
const APK_SUFFIXES = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p']

export const compareApk = readThenCompare(
  (text): Apk | undefined => {
    const [, numbers, letter = '', suffixes = '', release = '0'] = APK.exec(text.trim()) ?? []
    if (numbers === undefined) return undefined
    return { numbers: numbers.split('.'), letter, suffixes: suffixes.split('_').slice(1), release }
  },
  (left, right): Compared =>
    firstDifference(
      () => apkNumbers(left.numbers, right.numbers),
      () => compareText(left.letter, right.letter),
      () => apkSuffixes(left.suffixes, right.suffixes),
      () => compareDigits(left.release, right.release),
    ),
)

/** After the first number, one with a leading zero is compared as a fraction is. */
function apkNumbers(left: readonly string[], right: readonly string[]): Order {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [a, b] = [left[at], right[at]]
    if (a === undefined || b === undefined) return sign(left.length - right.length)
    const isFraction = at > 0 && (a.startsWith('0') || b.startsWith('0'))
    const order = isFraction
      ? compareText(a.replace(/0+$/, ''), b.replace(/0+$/, ''))
      : compareDigits(a, b)
    if (order !== 0) return order
  }
  return 0
}

function apkSuffixes(left: readonly string[], right: readonly string[]): Order {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [a = '', b = ''] = [left[at], right[at]]
    const rank = (suffix: string) => APK_SUFFIXES.indexOf(suffix.replace(/\d+$/, ''))
    const number = (suffix: string) => /\d+$/.exec(suffix)?.[0] ?? '0'
    const order = sign(rank(a) - rank(b)) || compareDigits(number(a), number(b))
    if (order !== 0) return order
  }
  return 0
}
