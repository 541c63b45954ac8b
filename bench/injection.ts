// Malicious and everyday changes put into ordinary configurations: which of them ring the bell of a station. Prints a table
// of the platforms, and by name what was missed and what rang without need. Argument: seeds for each kind.

import { judge } from './injection/judge.ts'
import type { Edit, Platform } from './injection/kinds.ts'
import { readPlatforms } from './injection/kinds.ts'
import { makeChange } from './injection/make-change.ts'

const seeds = Number(process.argv[2] ?? 5)

type Tally = { kinds: number; all: number; rang: number; named: number; readonly odd: string[] }

/** `wanted`: whether it should ring. `odd`: kinds that did otherwise, at any seed. */
function tally<Kind extends Edit>(
  { platform, kinds, wanted }: { platform: Platform; kinds: readonly Kind[]; wanted: boolean },
  nameOf: (kind: Kind) => string,
): Tally {
  const sum: Tally = { kinds: kinds.length, all: 0, rang: 0, named: 0, odd: [] }
  for (const kind of kinds) {
    let isOdd = false
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { alerts, covers } = judge(makeChange(platform, kind, seed * 7919), platform.dialect)
      sum.all += 1
      if (alerts.length > 0) sum.rang += 1
      if (covers.has(nameOf(kind))) sum.named += 1
      if (alerts.length > 0 !== wanted) isOdd = true
      if (isOdd && sum.odd.at(-1)?.startsWith(nameOf(kind)) !== true)
        sum.odd.push(`${nameOf(kind)}${wanted ? '' : ` (${alerts.join(', ')})`}`)
    }
  }
  return sum
}

const rows = readPlatforms().map((platform) => ({
  name: platform.dialect,
  bad: tally({ platform, kinds: platform.malicious, wanted: true }, ({ id }) => id),
  good: tally({ platform, kinds: platform.benign, wanted: false }, ({ what }) => what),
}))
const sumOf = (of: (row: (typeof rows)[number]) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0)
const percent = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`

const out = [
  '| platform | malicious kinds | alerted | by its own number | everyday kinds | alerted |',
  '|---|---|---|---|---|---|',
  ...rows.map(
    ({ name, bad, good }) =>
      `| ${name} | ${bad.kinds} | ${percent(bad.rang, bad.all)} | ${percent(bad.named, bad.all)} | ${good.kinds} | ${percent(good.rang, good.all)} |`,
  ),
  `| **all** | ${sumOf(({ bad }) => bad.kinds)} | ${percent(
    sumOf(({ bad }) => bad.rang),
    sumOf(({ bad }) => bad.all),
  )} | ${percent(
    sumOf(({ bad }) => bad.named),
    sumOf(({ bad }) => bad.all),
  )} | ${sumOf(({ good }) => good.kinds)} | ${percent(
    sumOf(({ good }) => good.rang),
    sumOf(({ good }) => good.all),
  )} |`,
  '',
  ...rows.flatMap(({ name, bad, good }) => [
    ...bad.odd.map((kind) => `missed: ${name} ${kind}`),
    ...good.odd.map((kind) => `rang: ${name} ${kind}`),
  ]),
]
process.stdout.write(`${out.join('\n')}\n`)
