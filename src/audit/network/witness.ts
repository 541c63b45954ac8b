// A packet that gets through, followed back to where it starts, with the line of every filter that lets it pass.

import type { Cube } from '../packets/cube.ts'
import type { PacketSet } from '../packets/diagram.ts'
import { judge, pointIn } from '../packets/questions.ts'
import type { Filter, Rule, Sureness } from '../packets/rule.ts'
import type { Point, Space } from '../packets/space.ts'
import type { Translation } from './device.ts'
import type { FilterSets } from './sets.ts'
import { policiesOf, policyBetween } from './sets.ts'
import type { Step } from './step.ts'

export type Decision = {
  readonly filter: string
  /** `null`: no rule decides, what happens otherwise does. */
  readonly rule: Rule | null
}

export type Hop = {
  readonly device: string
  readonly source: string
  readonly enters: string
  readonly leaves: string
  readonly decisions: readonly Decision[]
  readonly translations: readonly Translation[]
  readonly isAssumed: boolean
}

export type Witness = {
  /** As it starts. */
  readonly packet: Point
  /** As it arrives: different where addresses were translated. */
  readonly arrives: Point
  readonly hops: readonly Hop[]
  readonly answers: 'pass' | 'blocked' | 'unknown'
}

type Pair = { readonly step: Step; readonly before: Point; readonly between: Point }

export function witnessOf(
  last: Step,
  arrives: Point,
  { sets, sureness }: { readonly sets: FilterSets; readonly sureness: Sureness },
): Witness {
  const pairs: Pair[] = []
  let point = arrives
  for (let step: Step | null = last; step !== null; step = step.before) {
    const between = undone(point, step.source, step.between, sets)
    const before = undone(between, step.destination, step.arrived, sets)
    pairs.unshift({ step, before, between })
    point = before
  }
  const hops = pairs.map((pair) => hopOf(pair, { sets, sureness }))
  return { packet: point, arrives, hops, answers: answersOf(pairs, sets.diagrams.space) }
}

/** Some packet that a translation turned into this one. */
function undone(
  after: Point,
  by: Translation | null,
  from: PacketSet,
  { diagrams }: FilterSets,
): Point {
  if (by === null) return after
  const { space } = diagrams
  const side = by.kind === 'destination' ? space.dst : space.src
  const port = by.kind === 'destination' ? space.dport : space.sport
  const cube: Cube = after.map((value, level) =>
    level === side || (level === port && by.port !== null) ? null : [value, value],
  )
  return pointIn(diagrams, diagrams.and(from, diagrams.ofCube(cube))) ?? after
}

type At = { readonly sets: FilterSets; readonly sureness: Sureness }

function hopOf({ step, before, between }: Pair, { sets, sureness }: At): Hop {
  const { at, exit } = step
  const { policy } = at.device
  const seen = policy?.sees === 'before' ? before : between
  const asked = (filter: Filter, point: Point): readonly Decision[] =>
    filter.family !== undefined && filter.family !== sets.family
      ? []
      : [{ filter: filter.name, rule: judge(filter, sets.family, point, sureness).rule }]
  return {
    device: at.device.name,
    source: at.device.source,
    enters: at.interface.name,
    leaves: exit.name,
    decisions: [
      ...at.interface.ingress.flatMap((filter) => asked(filter, before)),
      ...policiesOf(at.device).flatMap((one) =>
        asked(policyBetween(one, at.interface.name, exit.name), seen),
      ),
      ...exit.egress.flatMap((filter) => asked(filter, between)),
    ],
    translations: [step.destination, step.source].flatMap((one) => (one === null ? [] : [one])),
    isAssumed: step.isAssumed,
  }
}

/** Lists without memory judge the answer for itself; others let it back. */
function answersOf(pairs: readonly Pair[], space: Space): Witness['answers'] {
  if (pairs.some(({ step }) => step.destination !== null || step.source !== null)) return 'unknown'
  const judged = pairs.flatMap(({ step, before }) => {
    const back = answerTo(before, space)
    const filters = [
      ...step.exit.ingress,
      ...step.at.interface.egress,
      ...policiesOf(step.at.device).map((policy) =>
        policyBetween(policy, step.exit.name, step.at.interface.name),
      ),
    ].filter(
      ({ isStateful, family }) => !isStateful && (family === undefined || family === space.family),
    )
    return filters.map((filter) => ({
      isSure: judge(filter, space.family, back, 'must').passes,
      isPossible: judge(filter, space.family, back, 'might').passes,
    }))
  })
  if (judged.every(({ isSure }) => isSure)) return 'pass'
  return judged.every(({ isPossible }) => isPossible) ? 'unknown' : 'blocked'
}

const ECHO = 8 * 256
const ECHO6 = 128 * 256

/** What answers a packet: addresses and ports the other way round; an echo is answered by its reply. */
export function answerTo(point: Point, space: Space): Point {
  const out = [...point]
  for (let word = 0; word < space.width; word += 1) {
    out[space.dst + word] = point[space.src + word] ?? 0
    out[space.src + word] = point[space.dst + word] ?? 0
  }
  out[space.established] = 1
  const port = point[space.dport] ?? 0
  if (point[space.protocol] === 1) out[space.dport] = port === ECHO ? 0 : port
  else if (point[space.protocol] === 58) out[space.dport] = port === ECHO6 ? 129 * 256 : port
  else {
    out[space.dport] = point[space.sport] ?? 0
    out[space.sport] = port
  }
  return out
}
