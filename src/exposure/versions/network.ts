// Versions of network systems whose numbers only have an order inside a train: Cisco IOS, IOS XE, ASA, NX-OS; Junos; PAN-OS; NetScaler.
// Two trains that do not share a line cannot be compared; their advisories name each train apart.

import {
  compareDigits,
  compareNumbers,
  compareText,
  firstDifference,
  readThenCompare,
} from './order.ts'
import type { Comparator, Compared } from './order.ts'

/** Numbers and letters in the order they count, and the train they count in. */
type Trained = { readonly train: string; readonly steps: readonly string[] }

const compareTrained = (left: Trained, right: Trained): Compared =>
  left.train === right.train ? compareSteps(left.steps, right.steps) : 'cannot-compare'

/** Digits by value, letters by alphabet, nothing before a letter. */
function compareSteps(left: readonly string[], right: readonly string[]): Compared {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [a = '', b = ''] = [left[at], right[at]]
    const areLetters = /^[a-z]/i.test(a) || /^[a-z]/i.test(b)
    const digits = (text: string) => (text === '' ? '0' : text)
    const order = areLetters ? compareText(a, b) : compareDigits(digits(a), digits(b))
    if (order !== 0) return order
  }
  return 0
}

// 15.2(1)SY7, 12.2(33)SXI14, 12.4(15)T17, 15.2(7)E0b, 12.0(32.1)S11o
const IOS = /^(\d+)\.(\d+)\((\d+)([a-z]?)(?:\.(\d+))?\)([a-z]*)(\d*)([a-z]?)(?:\.?(\d+))?$/i

export const compareIos = readThenCompare((text): Trained | undefined => {
  const met = IOS.exec(text.trim())
  if (met === null) return undefined
  const [
    ,
    major = '',
    minor = '',
    maintenance = '',
    letter = '',
    interim = '',
    train = '',
    rebuild = '',
    fix = '',
    last = '',
  ] = met
  return {
    train: train.toLowerCase(),
    steps: [
      major,
      minor,
      maintenance,
      letter.toLowerCase(),
      interim,
      rebuild,
      fix.toLowerCase(),
      last,
    ],
  }
}, compareTrained)

// 16.9.5f, 17.03.04a, 3.18.1SP, 03.16.05.S, 3.16.5aS, 16.12.1z1
const IOS_XE = /^0*(\d+)\.0*(\d+)(?:\.0*(\d+))?(?:\.0*(\d+))?([a-z]?)(\d*)[.\s]?([A-Z]{0,3})(\d*)$/

export const compareIosXe = readThenCompare(
  (text): Trained | undefined => {
    const met = IOS_XE.exec(text.trim())
    if (met === null) return undefined
    const [
      ,
      major = '',
      minor = '',
      maintenance = '',
      fourth = '',
      letter = '',
      rebuild = '',
      train = '',
      last = '',
    ] = met
    return { train, steps: [major, minor, maintenance, fourth, letter, rebuild, last] }
  },
  (left, right): Compared => {
    const isOld = (version: Trained) => Number(version.steps[0]) < 16
    // 3.x became 16.x; below that line the train counts.
    if (isOld(left) !== isOld(right)) return isOld(left) ? -1 : 1
    return isOld(left) ? compareTrained(left, right) : compareSteps(left.steps, right.steps)
  },
)

// 9.12(3)2, 9.12.3.2, 9.12(3.2), 7.2.4.1-43
export const compareAsa = readThenCompare((text): readonly string[] | undefined => {
  const plain = text.trim().replaceAll(/[()]/g, '.').replace(/\.$/, '').replaceAll('..', '.')
  return /^\d+(?:\.\d+)*(?:-\d+)?$/.test(plain) ? plain.split(/[.-]/) : undefined
}, compareNumbers)

// 7.0(3)I7(10), 9.3(5), 10.2(1q), 6.0(2)A8(11b)
const NX_OS =
  /^(\d+)\.(\d+)\((\d+)([a-z]*)(?:\.(\d+))?\)(?:([A-Z]+)(\d+)(?:\((\d+)([a-z]*)(?:\.(\d+))?\))?([a-z]*))?$/

export const compareNxOs = readThenCompare((text): Trained | undefined => {
  const met = NX_OS.exec(text.trim())
  if (met === null) return undefined
  const [
    ,
    major = '',
    minor = '',
    maintenance = '',
    letter = '',
    interim = '',
    train = '',
    ...rest
  ] = met
  // `rest` ends with the position and the text matched.
  return { train, steps: [major, minor, maintenance, letter, interim, ...rest.slice(0, 5)] }
}, compareTrained)

// 22.1R3-S4, 21.2R3-S4-EVO, 15.1X49-D170, 18.4R2-S7.3, 22.1
const JUNOS =
  /^(\d+)\.(\d+)(?:(r|x|b|a|i|f)(\d*)(?:\.(\d+))?(?:-([sd])(\d+)(?:\.(\d+))?)?)?(-?evo)?$/i

type Junos = Trained & { readonly kind: string; readonly branch: readonly string[] }

export const compareJunos = readThenCompare(
  (text): Junos | undefined => {
    const plain = text
      .trim()
      .toLowerCase()
      .replaceAll(/\s+/g, '')
      .replace(/^junos(?:os)?:?/, '')
    const met = JUNOS.exec(plain)
    if (met === null) return undefined
    const [
      ,
      major = '',
      minor = '',
      kind = 'r',
      number = '',
      spin = '',
      ,
      service = '',
      serviceSpin = '',
      evo = '',
    ] = met
    const isX = kind === 'x'
    return {
      train: evo === '' ? 'junos' : 'evo',
      kind: isX ? `x${number}` : 'r',
      branch: [major, minor],
      steps: [...(isX ? [] : [String('abifr'.indexOf(kind)), number]), service, serviceSpin, spin],
    }
  },
  (left, right): Compared => {
    if (left.train !== right.train) return 'cannot-compare'
    const branch = compareNumbers(left.branch, right.branch)
    if (branch !== 0) return left.kind === 'r' && right.kind === 'r' ? branch : 'cannot-compare'
    return left.kind === right.kind ? compareSteps(left.steps, right.steps) : 'cannot-compare'
  },
)

// 10.2.9-h1, 10.2.0-b5, 6.0.4-c26
const PAN_OS = /^(\d+(?:\.\d+)*)(?:-(b|c|h)(\d+)(?:\.(\d+))?)?$/i

export const comparePanOs = readThenCompare(
  (text) => {
    const [, numbers, kind = '', number = '0', part = '0'] = PAN_OS.exec(text.trim()) ?? []
    if (numbers === undefined) return undefined
    // A beta stands before its release, a hotfix after it.
    const rank = kind.toLowerCase() === 'b' ? '0' : kind === '' ? '1' : '2'
    return { numbers: numbers.split('.'), steps: [rank, number, part] }
  },
  (left, right): Compared =>
    firstDifference(
      () => compareNumbers(left.numbers, right.numbers),
      () => compareNumbers(left.steps, right.steps),
    ),
)

// 13.1-51.15, 13.1 51.15, 13.1-FIPS 37.176, NS13.1: Build 51.15.nc
const NETSCALER =
  /^(?:ns\s*)?(\d+)\.(\d+)(?:[-\s]*(fips|ndcpp))?(?:[-:\s]*(?:build\s*)?(\d+)\.(\d+)(?:\.nc)?)?$/i

export const compareNetScaler: Comparator = readThenCompare((text): Trained | undefined => {
  const met = NETSCALER.exec(text.trim().replace(/^netscaler\s*/i, ''))
  if (met === null) return undefined
  const [, major = '', minor = '', edition = '', build = '', fix = ''] = met
  return { train: edition.toLowerCase(), steps: [major, minor, build, fix] }
}, compareTrained)
