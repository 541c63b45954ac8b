// What waits to be decided: one row for each product of an asset, with the list of its vulnerabilities that many assets share.

import { createHash } from 'node:crypto'
import { severityOfScore } from '../imports/scanned.ts'
import type { UndecidedProduct } from './before.ts'
import type { CatalogueMatch } from './catalogue.ts'
import { standingOf } from './deadline-input.ts'
import type { Standing } from './deadline-input.ts'
import { standingKey } from './deadline-keeper.ts'
import type { RowContext } from './exposure-row.ts'
import type { Settled, Waiting } from './settle.ts'
import type { UndecidedEntry, UndecidedList } from './undecided-entry.ts'

export type Undecided = {
  readonly rows: readonly (UndecidedProduct & { readonly asset: string })[]
  readonly lists: ReadonlyMap<string, UndecidedList>
  /** Pairs of asset and vulnerability that were not known of before. */
  readonly opened: number
}

/** `only`: the vulnerabilities that are looked at; what waits besides stays as it is. */
export function undecidedOf(
  settled: readonly Settled[],
  context: RowContext,
  only: readonly string[] | undefined,
): Undecided {
  const lists = new Map<string, UndecidedList>()
  const listOf = listMaker(context, only === undefined ? undefined : new Set(only))
  let opened = 0
  const rows = settled.flatMap(({ asset, waiting }) => {
    const was = context.estate.before.undecided.get(asset.id) ?? []
    return productsOf(waiting, only === undefined ? [] : was).flatMap((one) => {
      const standing = standingOf(asset, one, { ...context.estate, nowMs: context.nowMs })
      const { id, list, fresh } = listOf({ ...one, standing, was })
      if (list.size === 0) return []
      lists.set(id, list)
      opened += fresh
      const { product, version, lastMs } = one
      return [{ asset: asset.id, product, version, list: id, lastMs }]
    })
  })
  return { rows, lists, opened }
}

type OneProduct = {
  readonly vendor: string
  readonly product: string
  readonly version: string
  readonly lastMs: number
  readonly matches: readonly CatalogueMatch[]
}

const NONE: readonly CatalogueMatch[] = []

/** Products with something that waits, and those of before that keep what is not looked at now. */
function productsOf(
  waiting: readonly Waiting[],
  kept: readonly UndecidedProduct[],
): readonly OneProduct[] {
  const now = waiting.map(({ installed: { vendor, product, version }, lastMs, matches }) => ({
    vendor,
    product: product.slice(0, 300),
    version,
    lastMs,
    matches,
  }))
  const isNow = (one: UndecidedProduct) =>
    now.some(({ product, version }) => product === one.product && version === one.version)
  return [
    ...now,
    ...kept.filter((one) => !isNow(one)).map((one) => ({ ...one, vendor: '', matches: NONE })),
  ]
}

type ListAsk = OneProduct & {
  readonly standing: Standing
  readonly was: readonly UndecidedProduct[]
}
type MadeList = { readonly id: string; readonly list: UndecidedList; readonly fresh: number }

/** Most assets have products, circumstances and a past in common: their list is made once. */
function listMaker(context: RowContext, only: ReadonlySet<string> | undefined) {
  const { lists } = context.estate.before
  const made = new Map<string, MadeList>()
  const identities = new Map<readonly CatalogueMatch[], number>()
  const identityOf = (matches: readonly CatalogueMatch[]) => {
    if (!identities.has(matches)) identities.set(matches, identities.size)
    return identities.get(matches)
  }
  return ({ product, version, matches, standing, was }: ListAsk): MadeList => {
    const ofProduct = was.filter((one) => one.product === product)
    const own = ofProduct.find((one) => one.version === version)?.list
    const earlier = ofProduct.map(({ list }) => list)
    const key = [identityOf(matches), standingKey(standing), own, ...earlier].join('|')
    const before = made.get(key)
    if (before !== undefined) return before
    const past = earlier.flatMap((list) => lists.get(list) ?? [])
    const kept = only === undefined ? [] : [...(lists.get(own ?? '')?.values() ?? [])]
    const entries = [
      ...kept.filter(({ vulnerability }) => only?.has(vulnerability) === false),
      ...matches.map((match) => entryOf(match, { past, standing, context })),
    ]
    const isNew = ({ vulnerability }: CatalogueMatch) =>
      !past.some((list) => list.has(vulnerability))
    const list = listed(entries, matches.filter(isNew).length)
    made.set(key, list)
    return list
  }
}

type EntryContext = {
  readonly past: readonly UndecidedList[]
  readonly standing: Standing
  readonly context: RowContext
}

function entryOf(
  { vulnerability, confidence, reason }: CatalogueMatch,
  { past, standing, context: { deadlines, known, nowMs } }: EntryContext,
): UndecidedEntry {
  const detectedMs = Math.min(
    nowMs,
    ...past.map((list) => list.get(vulnerability)?.detectedMs ?? nowMs),
  )
  const { basis, dueMs, workByMs, mitigateByMs } = deadlines.deadlineOf(
    standing,
    vulnerability,
    detectedMs,
  )
  const severity = severityOfScore(known.get(vulnerability)?.score ?? undefined)
  return {
    vulnerability,
    confidence,
    reason,
    severity,
    basis: basis.id,
    detectedMs,
    dueMs,
    workByMs,
    mitigateByMs,
  }
}

/** A list is named by what it holds. */
function listed(entries: readonly UndecidedEntry[], fresh: number): MadeList {
  const sorted = entries.toSorted((a, b) => (a.vulnerability < b.vulnerability ? -1 : 1))
  const fields = sorted.map((entry) => [
    entry.vulnerability,
    entry.confidence,
    entry.reason,
    entry.severity,
    entry.basis,
    entry.detectedMs,
    entry.dueMs,
    entry.workByMs,
    entry.mitigateByMs,
  ])
  const id = createHash('sha1').update(JSON.stringify(fields)).digest('base64url').slice(0, 20)
  return { id, list: new Map(sorted.map((entry) => [entry.vulnerability, entry])), fresh }
}
