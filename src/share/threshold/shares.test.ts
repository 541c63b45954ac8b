// Whatever members report, in whatever order and whoever lies: an address is open exactly when enough unrelated members reported it.

import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { ORDER, evaluateAt, hexOf, inverse, modulo, valueAt } from './field.ts'
import { openReports } from './open-shares.ts'
import type { MemberReport } from './open-shares.ts'
import { placeOf, reportOf } from './shares.ts'

const DIGEST = 'a'.repeat(64)
/** In place of what the holder's key makes of an address. */
const output = (address: string) => createHash('sha512').update(`key\n${address}`).digest()
const said = (address: string) => ({
  address,
  logins: 2,
  first: '2026-11-01T00:00:00.000Z',
  last: '2026-11-02T00:00:00.000Z',
})

type Reporting = { readonly member: string; readonly group?: string; readonly least: number }

function report(address: string, { member, group = member, least }: Reporting): MemberReport {
  const sharing = { digest: DIGEST, least, group }
  return { ...reportOf(output(address), said(address), sharing), member, group }
}

/** The same for the same seed. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
const scalarOf = (about: string) =>
  1n + (BigInt(`0x${createHash('sha512').update(about).digest('hex')}`) % (ORDER - 1n))

const ROUNDS = 60

test('every value but 0 has an inverse, and a polynomial is found again from its points', () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const value = scalarOf(`value ${round}`)
    expect(modulo(value * inverse(value))).toBe(1n)
    const coefficients = Array.from({ length: 1 + (round % 6) }, (_, at) =>
      scalarOf(`${round} ${at}`),
    )
    const points = coefficients.map((_, at) => {
      const x = scalarOf(`place ${round} ${at}`)
      return { x, y: evaluateAt(coefficients, x) }
    })
    expect(valueAt(points, 0n)).toBe(coefficients[0])
  }
})

test('an address is open exactly when enough unrelated members reported it', () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = chance(round)
    const least = 2 + next(3)
    const reports = Array.from({ length: next(9) }, (_, at) =>
      report('203.0.113.9', { member: `m${at}`, group: `g${next(6)}`, least }),
    )
    const groups = new Set(reports.map(({ group }) => group)).size
    const opened = openReports(reports, least)
    expect(opened?.said.address).toBe(groups >= least ? '203.0.113.9' : undefined)
    if (opened !== undefined)
      expect(opened.members.toSorted()).toEqual(reports.map(({ member }) => member).toSorted())
  }
})

/** A liar knows the address, else it could not even make the tag. */
function lieOf(kind: number, { member, least }: Reporting): MemberReport {
  const right = report('203.0.113.9', { member, least })
  switch (kind) {
    case 0:
      return { ...right, share: hexOf(scalarOf(member)) }
    case 1:
      return { ...right, sealed: randomBytes(284).toString('base64') }
    case 2:
      return { ...right, commitment: '0'.repeat(32) }
    default: {
      const sharing = { digest: DIGEST, least, group: member }
      return { ...right, ...reportOf(output('203.0.113.9'), said('198.51.100.1'), sharing) }
    }
  }
}

test('liars neither keep an address closed nor have another one learned, and are named', () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = chance(round)
    const least = 3
    const honest = Array.from({ length: least + next(4) }, (_, at) =>
      report('203.0.113.9', { member: `honest ${at}`, least }),
    )
    // Two of three that are needed: with one more they could make up an address, and that is said of it.
    const liars = Array.from({ length: 1 + next(2) }, (_, at) =>
      lieOf(next(4), { member: `liar ${at}`, least }),
    )
    const mixed = [...honest, ...liars].toSorted(() => next(3) - 1)
    const opened = openReports(mixed, least)
    expect(opened?.said.address).toBe('203.0.113.9')
    const names = (some: readonly MemberReport[]) => some.map(({ member }) => member).toSorted()
    expect(opened?.members.toSorted()).toEqual(names(honest))
    expect(opened?.wrong.toSorted()).toEqual(names(liars))
  }
})

test('many who lie cost a hub less than a second of processor for each address', () => {
  const least = 3
  const liars = Array.from({ length: 40 }, (_, at) => lieOf(0, { member: `liar ${at}`, least }))
  // Not by the clock: what else runs on the machine is not what it costs.
  const before = process.cpuUsage()
  expect(openReports(liars, least)).toBeUndefined()
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(1000)
})

test('shares of one place too few say nothing: every secret fits them', () => {
  const least = 3
  const two = ['a', 'b'].map((member) => report('203.0.113.9', { member, least }))
  expect(openReports(two, least)).toBeUndefined()
  const points = two.map(({ group, share }) => ({ x: placeOf(group), y: BigInt(`0x${share}`) }))
  // For each secret there is a polynomial through both shares, so the two of them rule none out.
  for (const secret of [0n, 1n, ORDER - 1n]) {
    const through = [...points, { x: 0n, y: secret }]
    for (const { x, y } of points) expect(valueAt(through, x)).toBe(y)
    expect(valueAt(through, 0n)).toBe(secret)
  }
})

test('under other terms, another threshold or another address nothing is alike', () => {
  const one = report('203.0.113.9', { member: 'a', least: 3 })
  const others = [
    report('203.0.113.10', { member: 'a', least: 3 }),
    {
      ...one,
      ...reportOf(output('203.0.113.9'), said('203.0.113.9'), {
        digest: 'b'.repeat(64),
        least: 3,
        group: 'a',
      }),
    },
  ]
  for (const other of others) {
    expect(other.tag).not.toBe(one.tag)
    expect(other.share).not.toBe(one.share)
    expect(other.commitment).not.toBe(one.commitment)
  }
  // With a lower threshold the polynomial is another: shares that were made cannot be read by fewer.
  const lower = report('203.0.113.9', { member: 'a', least: 2 })
  expect(lower.share).not.toBe(one.share)
})

test('reports are of one length, whatever the address', () => {
  const long = report('2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', { member: 'a', least: 3 })
  const short = report('1.2.3.4', { member: 'a', least: 3 })
  expect(JSON.stringify(long)).toHaveLength(JSON.stringify(short).length)
})
