// Opens what enough unrelated members reported under one tag, and says whose report is not right. Pure.

import { createHash } from 'node:crypto'
import type { ThresholdReport, ThresholdSaid } from '../../model/index.ts'
import { numberOf, valueAt } from './field.ts'
import type { Point } from './field.ts'
import { commitmentOf, openSealed, placeOf } from './shares.ts'

export type MemberReport = ThresholdReport & { readonly member: string; readonly group: string }

export type Opened = {
  readonly said: ThresholdSaid
  /** Whose share is right and who says the same address. */
  readonly members: readonly string[]
  /** Whose share or text is not what it would be. */
  readonly wrong: readonly string[]
}

/** Sets of shares that are tried: where half of ten are wrong, one of twelve sets of three is right; and liars cannot keep a hub busy. */
const MOST_TRIES = 200

/** Undefined while too few groups reported, or their shares do not fit together. All reports are of one tag. */
export function openReports(reports: readonly MemberReport[], least: number): Opened | undefined {
  // Shares of another secret are of another report: whoever makes one up stands alone.
  for (const commitment of new Set(reports.map((one) => one.commitment))) {
    const alike = reports.filter((one) => one.commitment === commitment)
    const opened = openAlike(alike, { least, commitment })
    if (opened === undefined) continue
    const others = reports.filter((one) => one.commitment !== commitment)
    return { ...opened, wrong: [...opened.wrong, ...others.map(({ member }) => member)] }
  }
  return undefined
}

type Placed = { readonly report: MemberReport; readonly point: Point }
type Wanted = { readonly least: number; readonly commitment: string }

function openAlike(reports: readonly MemberReport[], wanted: Wanted): Opened | undefined {
  const placed = reports.map((report): Placed => ({ report, point: pointOf(report) }))
  const right = rightPoints(placed, wanted)
  if (right === undefined) return undefined
  const secret = valueAt(right, 0n)
  const fits = placed.filter(({ point: { x, y } }) => valueAt(right, x) === y)
  const read = fits.flatMap(({ report }) => {
    const { sealed, tag, group, member } = report
    const said = openSealed(sealed, { secret, tag, group })
    return said === undefined ? [] : [{ said, group, member }]
  })
  // Whoever met it can still seal another address: what enough unrelated members say is so.
  for (const address of new Set(read.map(({ said }) => said.address))) {
    const same = read.filter(({ said }) => said.address === address)
    if (new Set(same.map(({ group }) => group)).size < wanted.least) continue
    const members = same.map(({ member }) => member)
    return {
      said: together(same.map(({ said }) => said)),
      members,
      wrong: reports.map(({ member }) => member).filter((one) => !members.includes(one)),
    }
  }
  return undefined
}

function pointOf({ group, share }: MemberReport): Point {
  return { x: placeOf(group), y: numberOf(Buffer.from(share, 'hex')) }
}

/** `least` points at different places that give the secret that was committed to. */
function rightPoints(
  placed: readonly Placed[],
  { least, commitment }: Wanted,
): readonly Point[] | undefined {
  const distinct = placed
    .map(({ point }) => point)
    .filter(({ x, y }, at, all) => all.findIndex((one) => one.x === x && one.y === y) === at)
  if (new Set(distinct.map(({ x }) => x)).size < least) return undefined
  for (let at = 0; at < MOST_TRIES; at += 1) {
    const points = choice(distinct, { least, seed: `${commitment}\n${at}` })
    if (commitmentOf(valueAt(points, 0n)) === commitment) return points
  }
  return undefined
}

/**
 * One set of `least` points at different places, in an order that hangs on the seed: whoever sends what is wrong cannot choose to
 * stand in each set.
 */
function choice(
  points: readonly Point[],
  { least, seed }: { readonly least: number; readonly seed: string },
): readonly Point[] {
  const mixed = points
    .map((point) => ({
      point,
      rank: createHash('sha256').update(`${seed}\n${point.x} ${point.y}`).digest('hex'),
    }))
    .toSorted((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ point }) => point)
  return mixed.filter(({ x }, at) => mixed.findIndex((one) => one.x === x) === at).slice(0, least)
}

function together(said: readonly ThresholdSaid[]): ThresholdSaid {
  const by = (of: (one: ThresholdSaid) => string) => said.map(of).toSorted()
  return {
    address: said[0]?.address ?? '',
    logins: Math.min(
      1_000_000_000,
      said.reduce((sum, { logins }) => sum + logins, 0),
    ),
    first: by(({ first }) => first)[0] ?? '',
    last: by(({ last }) => last).at(-1) ?? '',
  }
}
