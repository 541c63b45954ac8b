// Products of an estate against what is known of vulnerabilities: each distinct product once, whoever has it.

import { sql } from 'kysely'
import { parseCpe, cpeOf, quote } from '../cpe/cpe-name.ts'
import { matchCriterion } from '../cpe/match-criteria.ts'
import { CriterionSchema, foldName, isSameVendor, productKeys } from '../knowledge/criterion.ts'
import type { Criterion } from '../knowledge/criterion.ts'
import { matchNamed } from '../knowledge/match-named.ts'
import { CONFIDENCE, NO_MATCH } from '../match.ts'
import type { Match } from '../match.ts'
import { matchPurl } from '../purl/match-purl.ts'
import { packageOf, parsePurl } from '../purl/purl.ts'
import { inBulk } from '../rows.ts'
import type { Work } from '../rows.ts'

export type Installed = {
  readonly vendor: string
  readonly product: string
  readonly version: string
  readonly cpe: string
  readonly purl: string
}
export type CatalogueMatch = {
  readonly vulnerability: string
  readonly verdict: 'affected' | 'unsure' | 'cleared'
  readonly confidence: number
  readonly reason: Match['reason']
}

export type Judged = {
  readonly decided: readonly CatalogueMatch[]
  /** One and the same list for all products it holds for, so that who asks may tell lists apart by identity. */
  readonly undecided: readonly CatalogueMatch[]
}

export type Catalogue = { readonly judge: (installed: Installed) => Judged }

type Held = { readonly vulnerability: string; readonly criterion: Criterion }

/** Loads what is known of these products, and of these vulnerabilities where some are named. */
export async function openCatalogue(
  work: Work,
  products: readonly Installed[],
  only: readonly string[] | undefined,
): Promise<Catalogue> {
  const keysOf = remembering(nameOf, installedKeys)
  const keys = [...new Set(products.flatMap(keysOf))]
  type Row = { vulnerability: string; product: string; content: unknown }
  const ofThese =
    only === undefined
      ? sql``
      : sql`AND c.vulnerability IN (SELECT json_array_elements_text(${JSON.stringify(only)}::json))`
  const rows = await inBulk<Row>(
    work,
    { rows: keys.map((key) => ({ key })), columns: 'key text' },
    (r) => sql<Row>`
    SELECT c.vulnerability, c.product, c.content FROM exposure_criteria c JOIN ${r} ON c.product = r.key WHERE true ${ofThese}`,
  )
  const byKey = new Map<string, Held[]>()
  for (const { vulnerability, product, content } of rows) {
    const criterion = CriterionSchema.safeParse(content)
    if (!criterion.success) continue
    const held = byKey.get(product) ?? []
    held.push({ vulnerability, criterion: criterion.data })
    byKey.set(product, held)
  }
  const shelfOf = remembering(nameOf, (installed) =>
    shelf(
      keysOf(installed).flatMap((key) => byKey.get(key) ?? []),
      installed,
    ),
  )
  return {
    judge: remembering(
      (installed) => `${nameOf(installed)}\n${installed.version}`,
      (installed) => judge(shelfOf(installed), installed),
    ),
  }
}

function nameOf({ vendor, product, cpe, purl }: Installed): string {
  return `${vendor}\n${product}\n${cpe}\n${purl}`
}

/** Most assets of an estate have what others have. */
function remembering<Answer>(
  keyOf: (installed: Installed) => string,
  work: (installed: Installed) => Answer,
): (installed: Installed) => Answer {
  const done = new Map<string, Answer>()
  return (installed) => {
    const key = keyOf(installed)
    const before = done.get(key)
    if (before !== undefined) return before
    const answer = work(installed)
    done.set(key, answer)
    return answer
  }
}

/** What is known of a product: what its version decides, and what names no version, whatever version it has. */
type Shelf = {
  readonly byVersion: readonly (readonly [string, readonly Held[]])[]
  readonly named: readonly CatalogueMatch[]
}

function shelf(held: readonly Held[], installed: Installed): Shelf {
  const all = [...Map.groupBy(held, ({ vulnerability }) => vulnerability)]
  const isNamed = ([, list]: (typeof all)[number]) =>
    list.every(({ criterion }) => criterion.kind === 'listed')
  return {
    byVersion: all.filter((one) => !isNamed(one)),
    named: decide(all.filter(isNamed), installed),
  }
}

function judge({ byVersion, named }: Shelf, installed: Installed): Judged {
  const matches = decide(byVersion, installed)
  const unsure = matches.filter(({ verdict }) => verdict === 'unsure')
  return {
    decided: matches.filter(({ verdict }) => verdict !== 'unsure'),
    undecided: unsure.length === 0 ? named : [...named, ...unsure],
  }
}

function installedKeys({ vendor, product, cpe, purl }: Installed): readonly string[] {
  const named = parseCpe(cpe)
  const read = parsePurl(purl)
  return [
    ...new Set([
      ...productKeys(vendor, product),
      ...(named.ok ? [foldName(named.value.product)] : []),
      ...(read.ok ? [packageOf(read.value)] : []),
    ]),
  ]
}

function decide(held: Shelf['byVersion'], installed: Installed): readonly CatalogueMatch[] {
  return held.flatMap(([vulnerability, list]) => {
    const matches = list.map(({ criterion }) => ({
      criterion,
      match: matchOne(criterion, installed),
    }))
    const decided = decideOne(matches, installed)
    return decided === undefined ? [] : [{ vulnerability, ...decided }]
  })
}

type Tried = { readonly criterion: Criterion; readonly match: Match }

/** A supplier’s word first, then what is sure, then what a person must decide. */
function decideOne(
  matches: readonly Tried[],
  installed: Installed,
): Omit<CatalogueMatch, 'vulnerability'> | undefined {
  const met = (wanted: (one: Tried) => boolean) =>
    matches
      .filter(wanted)
      .map(({ match: { confidence, reason } }) => ({ confidence, reason }))
      .toSorted((a, b) => b.confidence - a.confidence)[0]
  const isCleared = ({ criterion, match }: Tried) =>
    criterion.kind === 'cleared' && match.verdict === 'affected'
  const cleared = met(isCleared)
  if (cleared !== undefined) return { verdict: 'cleared', ...cleared }
  const affected = met(
    ({ match }) => match.verdict === 'affected' && match.reason !== 'version-unknown',
  )
  if (affected !== undefined) return { verdict: 'affected', ...affected }
  // A version that nobody saw is not held against it.
  const unsure = met(
    ({ match }) => match.verdict === 'unsure' || match.reason === 'version-unknown',
  )
  // A list that names no version decides only where nobody else does.
  const isDecided = matches.some(
    ({ criterion, match }) =>
      criterion.kind !== 'listed' &&
      match.verdict === 'not-affected' &&
      isOfProduct(criterion, installed),
  )
  if (unsure === undefined || (unsure.reason === 'product-named' && isDecided)) return undefined
  return { verdict: 'unsure', ...unsure }
}

function isOfProduct(criterion: Criterion, { vendor }: Installed): boolean {
  return (
    criterion.kind !== 'named' ||
    vendor === '' ||
    criterion.vendor === '' ||
    isSameVendor(criterion.vendor, vendor)
  )
}

function matchOne(criterion: Criterion, installed: Installed): Match {
  const { vendor, product, version, purl } = installed
  switch (criterion.kind) {
    case 'cpe':
      return matchCpe(criterion.cpe, criterion, installed)
    case 'purl':
      return matchPackage(criterion.purl, criterion.range, purl)
    case 'named': {
      if (vendor !== '' && criterion.vendor !== '' && !isSameVendor(criterion.vendor, vendor))
        return NO_MATCH
      const match = matchNamed(
        { ...criterion, vendor: criterion.vendor || vendor, product: criterion.product || product },
        version,
      )
      return vendor === ''
        ? { ...match, confidence: Math.min(match.confidence, CONFIDENCE.rough) }
        : match
    }
    case 'listed':
      if (vendor === '' || !isSameVendor(criterion.vendor, vendor)) return NO_MATCH
      return { verdict: 'unsure', confidence: CONFIDENCE.named, reason: 'product-named' }
    case 'cleared':
      return criterion.purl === undefined
        ? matchCpe(criterion.cpe ?? '', { range: {}, onPlatform: false }, installed)
        : matchPackage(criterion.purl, {}, purl)
    default:
      return NO_MATCH
  }
}

type OfCpe = Pick<Extract<Criterion, { kind: 'cpe' }>, 'range' | 'onPlatform'>

/** A product that no CPE names is given one by its maker and name, at a lower confidence. */
function matchCpe(
  cpe: string,
  { range, onPlatform }: OfCpe,
  { cpe: own, vendor, product, version }: Installed,
): Match {
  const source = parseCpe(cpe)
  if (!source.ok) return NO_MATCH
  const known = parseCpe(own)
  const isSame = vendor === '' || isSameVendor(plain(source.value.vendor), vendor)
  if (!known.ok && !isSame) return NO_MATCH
  const component = known.ok
    ? { ...known.value, version: version === '' ? known.value.version : quote(version) }
    : {
        ...cpeOf({ version }),
        part: source.value.part,
        vendor: source.value.vendor,
        product:
          foldName(product) === foldName(source.value.product)
            ? source.value.product
            : quote(product),
      }
  const match = matchCriterion({ name: source.value, range }, component)
  const isRough = !known.ok || onPlatform
  return isRough ? { ...match, confidence: Math.min(match.confidence, CONFIDENCE.rough) } : match
}

function plain(value: string): string {
  return value.replaceAll('\\', '')
}

function matchPackage(
  purl: string,
  range: Extract<Criterion, { kind: 'purl' }>['range'],
  own: string,
): Match {
  const [source, component] = [parsePurl(purl), parsePurl(own)]
  return source.ok && component.ok
    ? matchPurl({ purl: source.value, range }, component.value)
    : NO_MATCH
}
