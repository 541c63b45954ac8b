// Questions to access lists of enterprise shape (reused subnets, few services) and to the list that breaks boxes apart: witness
// and exact set from one zone to another, lines that no packet reaches. Prints JSON. Milliseconds of processor time, median of five.

import type { Cube } from '../src/audit/packets/cube.ts'
import { deadRules } from '../src/audit/packets/dead-rules.ts'
import { Diagrams } from '../src/audit/packets/diagram.ts'
import { passing, witness } from '../src/audit/packets/questions.ts'
import type { Filter, Rule } from '../src/audit/packets/rule.ts'
import { IPV4 } from '../src/audit/packets/space.ts'
import { randomOf } from './random.ts'

const SUBNETS = 400
const PORTS = [
  22, 53, 80, 102, 123, 389, 443, 445, 502, 1433, 3389, 4840, 5450, 20_000, 44_818,
] as const
const TURNS = 5

type Span = readonly [number, number]

/** 10.x.y.0/24: the lower half is IT, the upper OT. */
const subnet = (at: number): Span => {
  const low = 10 * 2 ** 24 + at * 256
  return [low, low + 255]
}

/** In the order of the space: protocol, port, destination, source, source port, established. */
function cubeOf({
  dst = null,
  src = null,
  protocol = null,
  port = null,
  established = null,
}: Readonly<
  Partial<Record<'dst' | 'src' | 'protocol' | 'port' | 'established', Span | null>>
>): Cube {
  return [protocol, port, dst, src, null, established]
}

function rule(cube: Cube, at: number, action: Rule['action']): Rule {
  const match = { 4: [cube], 6: [] }
  return {
    action,
    certainty: 'sure',
    match,
    because: [],
    first: at,
    last: at,
    label: `${at}`,
    text: '',
  }
}

function enterprise(count: number, isShadowed: boolean): Filter {
  const random = randomOf(count)
  const rules = Array.from({ length: count }, (_, at) => {
    const dst = random.int(20) === 0 ? null : subnet(random.int(SUBNETS))
    const src = random.int(20) === 0 ? null : subnet(random.int(SUBNETS))
    // Wide rules come early where administrators let them: most of the list is dead then.
    const isWide = isShadowed && at > 300 && random.int(2000) === 0
    const port = PORTS[random.int(PORTS.length)] ?? 0
    const cube: Cube = isWide
      ? cubeOf({ src })
      : cubeOf({ dst, src, protocol: random.int(4) === 0 ? [17, 17] : [6, 6], port: [port, port] })
    return rule(cube, at + 1, random.int(3) === 0 ? 'deny' : 'permit')
  })
  return { name: `${count}`, rules, fallback: 'deny', isStateful: false }
}

/** Rules that want only a source between rules that want only a destination. */
function cross(count: number): Filter {
  const rules = Array.from({ length: count }, (_, at) => {
    const span: Span = [at * 1000, at * 1000 + 499]
    const cube: Cube = at % 2 === 0 ? cubeOf({ dst: span }) : cubeOf({ src: span })
    return rule(cube, at + 1, at % 4 < 2 ? 'permit' : 'deny')
  })
  return { name: 'cross', rules, fallback: 'deny', isStateful: false }
}

function medianMs(work: () => void): number {
  const figures = Array.from({ length: TURNS }, () => {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return figures.toSorted((a, b) => a - b)[Math.floor(TURNS / 2)] ?? 0
}

const IT: Span = [subnet(0)[0], subnet(SUBNETS / 2 - 1)[1]]
const OT: Span = [subnet(SUBNETS / 2)[0], subnet(SUBNETS - 1)[1]]
const pair = cubeOf({ dst: OT, src: IT, established: [0, 0] })
const all: Cube = IPV4.tops.map(() => null)

const exact = (filter: Filter, cube: Cube) => {
  const diagrams = new Diagrams(IPV4)
  passing(diagrams, { filter, family: 4, sureness: 'must', wanted: [cube] })
  return diagrams.size
}

const rows: Record<string, Record<string, number>> = {}
for (const isShadowed of [false, true])
  for (const count of [1000, 3000, 10_000]) {
    const filter = enterprise(count, isShadowed)
    const witnesses = () => {
      for (const port of PORTS)
        witness({
          filter,
          family: 4,
          sureness: 'must',
          wanted: [
            cubeOf({ dst: OT, src: IT, protocol: [6, 6], port: [port, port], established: [0, 0] }),
          ],
        })
    }
    rows[`${count}${isShadowed ? ' shadowed' : ''}`] = {
      fifteenWitnessesMs: medianMs(witnesses),
      exactPairMs: medianMs(() => void exact(filter, pair)),
      nodes: exact(filter, pair),
      deadMs: medianMs(() => void deadRules(filter)),
      dead: deadRules(filter).dead.length,
    }
  }
const crossed = cross(2000)
rows['cross 2000'] = {
  exactAllMs: medianMs(() => void exact(crossed, all)),
  nodes: exact(crossed, all),
}
process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
