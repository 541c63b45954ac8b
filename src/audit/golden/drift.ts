// How a configuration differs from the one that is known to be good. Pure. `<*>` in the known-good one stands for anything in
// a statement, and so does a secret: that two devices have two passwords is no drift.

import type { AuditChange } from '../../model/index.ts'
import { shownChange } from '../audit-device.ts'
import { compare } from '../diff/compare.ts'
import type { Change } from '../diff/compare.ts'
import type { ConfigView } from '../diff/view-node.ts'
import { isAllowed } from '../records/change-records.ts'
import { MARKER } from '../secrets/fingerprint.ts'
import { fitsPieces } from './wildcard.ts'

export type DriftAllowed = {
  /** What the known-good one does not say may be anything. */
  readonly isPart: boolean
  /** Beginnings of statements that may differ; empty: none may. */
  readonly allows: readonly string[]
}

/** `before` of a difference is what should stand. */
export function driftFrom(
  golden: ConfigView,
  now: ConfigView,
  { isPart, allows }: DriftAllowed,
): readonly AuditChange[] {
  const met = withoutPairs(compare(golden, now))
  return met
    .filter(({ kind }) => kind !== 'renumbered' && !(isPart && kind === 'added'))
    .map(shownChange)
    .filter((change) => allows.length === 0 || !isAllowed(change, { allows: [...allows] }))
}

const WILD = '<*>'

/** Without what a `<*>` or a secret stands for. */
function withoutPairs(changes: readonly Change[]): readonly Change[] {
  const added = Map.groupBy(
    changes.filter(({ kind }) => kind === 'added'),
    blockOf,
  )
  const gone = new Set<Change>()
  for (const change of changes) {
    const { kind, before, after } = change
    if (before === null || before.children.length > 0) continue
    const standsFor = matcherOf(before.text)
    if (standsFor === null) continue
    if (kind === 'changed' && after !== null && standsFor(after.text)) gone.add(change)
    if (kind !== 'removed') continue
    const found = added
      .get(blockOf(change))
      ?.find((one) => !gone.has(one) && one.after !== null && standsFor(one.after.text))
    if (found === undefined) continue
    gone.add(change)
    gone.add(found)
  }
  return changes.filter((change) => !gone.has(change))
}

function blockOf({ keys }: Change): string {
  return JSON.stringify(keys)
}

function matcherOf(golden: string): ((text: string) => boolean) | null {
  const pieces = wild(golden).split(WILD)
  return pieces.length === 1 ? null : (text) => fitsPieces(pieces, wild(text))
}

function wild(text: string): string {
  return text.replaceAll(MARKER, WILD)
}
