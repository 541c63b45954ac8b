// Bytes of one configuration into all that is known of it: redacted first, then recognised, then a tree.

import type { Dialect } from './dialect/dialect.ts'
import { otherMakeAt } from './dialect/joined.ts'
import { noConfiguration } from './dialect/no-configuration.ts'
import { formIn, recognise } from './dialect/recognise.ts'
import type { Recognised } from './dialect/recognise.ts'
import { viewOf } from './diff/config-view.ts'
import type { ConfigView } from './diff/view-node.ts'
import type { Door } from './secrets/door.ts'
import { redact, redactJson } from './secrets/redact.ts'
import type { Redacted } from './secrets/redact.ts'
import { withoutBanners } from './tree/banners.ts'
import { buildTree } from './tree/build-tree.ts'
import type { ConfigTree, TreeProblem } from './tree/config-tree.ts'
import { coverageOf } from './tree/coverage.ts'
import type { Coverage } from './tree/coverage.ts'
import { isJson } from './tree/json.ts'
import { readText, splitLines } from './tree/read-text.ts'
import { besideConfiguration, withoutBeside } from './tree/session.ts'

export type ReadConfig = {
  readonly recognised: Recognised
  /** How a make that is not known is read: as one that says nothing of its own. */
  readonly dialect: Dialect
  readonly tree: ConfigTree
  readonly view: ConfigView
  readonly coverage: Coverage
  readonly secrets: Omit<Redacted, 'lines'>
  readonly device: DeviceFacts
  /** The line from which the text is another make's. */
  readonly otherMakeAt: number | undefined
}

export type DeviceFacts = {
  readonly hostname: string | null
  readonly version: string | null
  readonly model: string | null
}

export type ConfigRead =
  | { readonly ok: true; readonly config: ReadConfig }
  | { readonly ok: false; readonly problem: TreeProblem }

export type ReadWith = {
  readonly dialects: readonly Dialect[]
  readonly door: Door
  /** What the device is known to be: taken where its text does not say another make. */
  readonly knownAs?: string
}

/** Nothing of the text leaves this function before its secrets are replaced. */
export function readConfig(bytes: Uint8Array, { dialects, door, knownAs }: ReadWith): ConfigRead {
  const read = readText(bytes)
  if (!read.ok) return read
  const isOfJson = isJson(read.text)
  const source = splitLines(isOfJson ? spread(read.text) : read.text)
  if (source.length === 0) return { ok: false, problem: { kind: 'empty', line: 0, limit: 0 } }
  const { lines, ...secrets } = (isOfJson ? redactJson : redact)(source, door)
  const recognised = recognisedIn(lines, dialects)
  const problem = recognised.kind === 'known' ? undefined : noConfiguration(lines)
  if (problem !== undefined) return { ok: false, problem }
  const known = madeBy(recognised, dialects, knownAs)
  const form =
    known === undefined
      ? recognised.form
      : formIn(known, withoutBeside(lines, besideConfiguration(lines)))
  const built = buildTree(lines, form, known)
  if (!built.ok) return built
  const dialect = known ?? plainDialect(dialects)
  return {
    ok: true,
    config: {
      recognised,
      dialect,
      tree: built.tree,
      view: viewOf(built.tree, dialect),
      coverage: coverageOf(built.tree, known !== undefined),
      secrets,
      device: deviceFacts(lines, dialect),
      otherMakeAt: otherMakeAt(built.tree, dialect, dialects),
    },
  }
}

/** By the configuration; where that says nothing, by all that a terminal told. */
function recognisedIn(lines: readonly string[], dialects: readonly Dialect[]): Recognised {
  const beside = besideConfiguration(lines)
  const found = recognise(withoutBanners(withoutBeside(lines, beside)), dialects)
  return found.kind === 'unknown' && beside.size > 0
    ? recognise(withoutBanners(lines), dialects)
    : found
}

/** Longest line of JSON that is read as it stands: programs write it in one line, people and secrets need lines. */
const LONGEST_LINE = 2000

function spread(text: string): string {
  if (!text.split('\n', 50).some((line) => line.length > LONGEST_LINE)) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 1)
  } catch {
    // Not whole, or too deep: the tree says which.
    return text
  }
}

function madeBy(
  recognised: Recognised,
  dialects: readonly Dialect[],
  knownAs: string | undefined,
): Dialect | undefined {
  if (recognised.kind === 'known' && recognised.isSure) return recognised.dialect
  const known = dialects.find(({ name }) => name === knownAs)
  return known ?? (recognised.kind === 'known' ? recognised.dialect : undefined)
}

/** Order matters everywhere in what is not known: at worst a change too many, never a reorder missed. */
function plainDialect([any]: readonly Dialect[]): Dialect {
  if (any === undefined) throw new Error('there is no dialect')
  return {
    ...any,
    name: 'unknown',
    opens: null,
    vendor: '',
    title: '',
    hostname: [],
    version: [],
    model: [],
    counters: null,
    volatile: [],
    firmware: [],
    unordered: null,
    once: [],
    sequences: [],
    single: null,
    structures: [],
  }
}

const FACT_LINES = 2000
const FACT_LENGTH = 128

function deviceFacts(lines: readonly string[], { hostname, version, model }: Dialect): DeviceFacts {
  const text = lines.slice(0, FACT_LINES).join('\n')
  const first = (patterns: readonly RegExp[]) => {
    for (const pattern of patterns) {
      const found = pattern.exec(text)?.[1]
      if (found !== undefined) return found.trim().slice(0, FACT_LENGTH)
    }
    return null
  }
  return { hostname: first(hostname), version: first(version), model: first(model) }
}
