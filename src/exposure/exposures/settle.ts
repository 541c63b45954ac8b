// What of an asset can be decided, pair by pair, and what waits for a fact, product by product.

import type { Catalogue, CatalogueMatch, Installed } from './catalogue.ts'
import type { EstateAsset } from './estate.ts'
import { pairsOf } from './pairs.ts'
import type { Pair } from './pairs.ts'

export type Waiting = {
  readonly installed: Installed
  readonly lastMs: number
  readonly matches: readonly CatalogueMatch[]
}
export type Settled = {
  readonly asset: EstateAsset
  readonly pairs: ReadonlyMap<string, Pair>
  readonly waiting: readonly Waiting[]
}

/** `kept`: vulnerabilities that are rows already. What was decided once stays a row, so that its history goes on. */
export function settle(
  asset: EstateAsset,
  catalogue: Catalogue,
  kept: Iterable<string> = [],
): Settled {
  const judged = asset.products.map((installed) => ({ installed, ...catalogue.judge(installed) }))
  const paired = new Set([
    ...asset.scanners.map(({ vulnerability }) => vulnerability),
    ...judged.flatMap(({ decided }) => decided.map(({ vulnerability }) => vulnerability)),
    ...kept,
  ])
  const says = judged.flatMap(({ installed, decided, undecided }) =>
    [...decided, ...among(undecided, paired)].map((match) => ({
      ...match,
      installed,
      lastMs: installed.lastMs,
    })),
  )
  return { asset, pairs: pairsOf(asset.scanners, says), waiting: waitingOf(judged, paired) }
}

type Judged = {
  readonly installed: EstateAsset['products'][number]
  readonly undecided: readonly CatalogueMatch[]
}

/** Each vulnerability waits once on an asset: with the first product that may have it. */
function waitingOf(judged: readonly Judged[], paired: ReadonlySet<string>): readonly Waiting[] {
  const taken = new Set(paired)
  const waiting = new Map<string, Waiting>()
  for (const { installed, undecided } of judged) {
    const matches = notAmong(undecided, taken)
    if (matches.length === 0) continue
    for (const { vulnerability } of matches) taken.add(vulnerability)
    const key = `${installed.product}\n${installed.version}`
    const before = waiting.get(key)
    waiting.set(key, {
      installed,
      lastMs: Math.max(installed.lastMs, before?.lastMs ?? 0),
      matches: before === undefined ? matches : [...before.matches, ...matches],
    })
  }
  return [...waiting.values()]
}

function among(
  matches: readonly CatalogueMatch[],
  ids: ReadonlySet<string>,
): readonly CatalogueMatch[] {
  return ids.size === 0 ? [] : matches.filter(({ vulnerability }) => ids.has(vulnerability))
}

/** The list itself where nothing of it is taken: lists are told apart by identity. */
function notAmong(
  matches: readonly CatalogueMatch[],
  taken: ReadonlySet<string>,
): readonly CatalogueMatch[] {
  const left = matches.filter(({ vulnerability }) => !taken.has(vulnerability))
  return left.length === matches.length ? matches : left
}
