// Questions to single filters: lines no packet reaches, a packet that a list lets through or stops, what two versions differ in.

import type { ShownDeadRule, ShownDifference, ShownFound } from '../../model/index.ts'
import type { Device, Policy, PolicyRule } from '../network/device.ts'
import { cubesOf } from '../network/question.ts'
import { policiesOf, policyBetween } from '../network/sets.ts'
import type { Addresses } from '../packets/addresses.ts'
import { everything } from '../packets/cube.ts'
import { deadRules } from '../packets/dead-rules.ts'
import type { Decision } from '../packets/questions.ts'
import { differenceOf, judge, witness } from '../packets/questions.ts'
import { entriesOf, fallbackOf } from '../packets/rule.ts'
import type { Filter } from '../packets/rule.ts'
import type { Service } from '../packets/services.ts'
import { spaceFor } from '../packets/space.ts'
import type { Family } from '../packets/space.ts'
import { shownBox, shownPacket, shownRule } from './shown.ts'

/** Lists by name. */
export function filtersOf(device: Device): readonly Filter[] {
  const applied = device.interfaces.flatMap(({ ingress, egress }) => [...ingress, ...egress])
  const named = new Map([...applied, ...device.filters].map((filter) => [filter.name, filter]))
  return [...named.values()]
}

export function deadIn(device: Device): readonly ShownDeadRule[] {
  const inPolicies = policiesOf(device).flatMap((policy) =>
    deadRules(policy, isAboutAll).dead.map((dead) => ({ name: policy.name, dead })),
  )
  const inLists = filtersOf(device).flatMap((filter) =>
    deadRules(filter).dead.map((dead) => ({ name: filter.name, dead })),
  )
  const all = [...inLists, ...inPolicies]
  return all.map(({ name, dead: { rule, covers, isContrary } }) => ({
    device: device.name,
    file: device.source,
    rule: shownRule({ filter: name, rule }),
    covers: covers.map((one) => shownRule({ filter: name, rule: one })),
    isContrary,
  }))
}

/** Between interfaces, a rule covers another only where it is about all of that one's interfaces. */
function isAboutAll(earlier: PolicyRule, rule: PolicyRule): boolean {
  return holdsAll(earlier.from, rule.from) && holdsAll(earlier.to, rule.to)
}

function holdsAll(outer: PolicyRule['from'], inner: PolicyRule['from']): boolean {
  if (outer === null) return true
  return inner !== null && [...inner].every((name) => outer.has(name))
}

export type Search = {
  readonly list: string
  readonly from: Addresses
  readonly to: Addresses
  readonly services: readonly Service[]
  readonly decision: Decision
}

/** One packet for each list of that name. Throws `TooLarge`. */
export function searchIn(device: Device, search: Search): readonly ShownFound[] {
  return filtersOf(device)
    .filter(({ name }) => name === search.list)
    .flatMap((filter) =>
      ([4, 6] as const).flatMap((family) => foundIn(filter, { device, family, search })),
    )
}

type In = { readonly device: Device; readonly family: Family; readonly search: Search }

function foundIn(filter: Filter, { device, family, search }: In): readonly ShownFound[] {
  const wanted = cubesOf(search.from, search.to, { family, services: search.services })
  if (wanted.length === 0 || (filter.family !== undefined && filter.family !== family)) return []
  const point = witness({ filter, family, sureness: 'must', wanted }, search.decision)
  if (point === null) return []
  const { rule } = judge(filter, family, point, 'must')
  return [
    {
      device: device.name,
      file: device.source,
      filter: filter.name,
      packet: shownPacket(point, family),
      rule: shownRule({ filter: filter.name, rule }),
    },
  ]
}

/** Lists that both versions have, and the policy between each pair of interfaces, where they differ. */
export function differencesIn(before: Device, now: Device): readonly ShownDifference[] {
  return [...listDifferences(before, now), ...policyDifferences(before, now)]
}

/** Pairs of interfaces that are compared. */
const MOST_PAIRS = 400

function policyDifferences(before: Device, now: Device): readonly ShownDifference[] {
  const known = new Map(policiesOf(before).map((policy) => [policy.name, policy]))
  return policiesOf(now).flatMap((own) => {
    const old = known.get(own.name)
    return old === undefined ? [] : policyDifference({ old, own, now })
  })
}

function policyDifference({
  old,
  own,
  now,
}: {
  readonly old: Policy
  readonly own: Policy
  readonly now: Device
}): readonly ShownDifference[] {
  const names = now.interfaces.filter(({ isUp }) => isUp).map(({ name }) => name)
  const pairs = names.flatMap((from) =>
    names.filter((to) => to !== from).map((to) => [from, to] as const),
  )
  const compared = pairs.slice(0, MOST_PAIRS).flatMap(([from, to]) => {
    const name = `${own.name} ${from} → ${to}`
    const filter = { ...policyBetween(own, from, to), name }
    return ([4, 6] as const).flatMap((family) =>
      differenceIn(policyBetween(old, from, to), filter, family),
    )
  })
  const isCut = pairs.length > MOST_PAIRS
  return isCut
    ? [...compared, { filter: own.name, widened: [], narrowed: [], isTooLarge: true }]
    : compared
}

function listDifferences(before: Device, now: Device): readonly ShownDifference[] {
  const old = new Map(filtersOf(before).map((filter) => [filter.name, filter]))
  return filtersOf(now).flatMap((filter) => {
    const earlier = old.get(filter.name)
    return earlier === undefined
      ? []
      : ([4, 6] as const).flatMap((family) => differenceIn(earlier, filter, family))
  })
}

const SURENESS = 'may'

/** Most changes leave most lists as they are: that is seen without asking which packets pass. */
function saysTheSame(before: Filter, now: Filter, family: Family): boolean {
  const said = (filter: Filter) =>
    JSON.stringify([fallbackOf(filter, SURENESS), entriesOf(filter, family, SURENESS)])
  return before.family === now.family && said(before) === said(now)
}

function differenceIn(before: Filter, now: Filter, family: Family): readonly ShownDifference[] {
  if (saysTheSame(before, now, family)) return []
  const wanted = [everything(spaceFor(family))]
  const found = differenceOf({ filter: before, family, sureness: SURENESS, wanted }, now)
  if (found === 'too_large')
    return [{ filter: now.name, widened: [], narrowed: [], isTooLarge: true }]
  if (found.widened.length + found.narrowed.length === 0) return []
  return [
    {
      filter: now.name,
      widened: found.widened.map((box) => shownBox(box, family)),
      narrowed: found.narrowed.map((box) => shownBox(box, family)),
      isTooLarge: false,
    },
  ]
}
