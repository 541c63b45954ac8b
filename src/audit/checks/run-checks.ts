// Runs checks over one configuration (state) and over what changed in it (change). Pure: the same in, the same out.

import type { Change } from '../diff/compare.ts'
import type { ConfigView } from '../diff/view-node.ts'
import { MARKER } from '../secrets/fingerprint.ts'
import type { ChangeSet, Statement } from './change-set.ts'
import { changeSetOf, statements } from './change-set.ts'
import type { Check, When } from './check.ts'
import { conditionsOf } from './conditions.ts'
import type { Groups } from './conditions.ts'
import { blocksLacking } from './lacking.ts'

/** Where a check was met. `side`: lines of the version before, or of the one now. */
export type Place = Statement & { readonly side: 'before' | 'after'; readonly what: string }

export type CheckFinding = {
  readonly check: Check
  readonly places: readonly Place[]
  /** All of them: `places` holds the first. */
  readonly count: number
}

export type Subject = {
  readonly dialect: string
  readonly after: ConfigView
  /** Absent where the device is new: then only its state is judged. */
  readonly compared?: { readonly before: ConfigView; readonly changes: readonly Change[] }
}

const PLACES_KEPT = 20

export function runChecks(checks: readonly Check[], subject: Subject): readonly CheckFinding[] {
  const now = statements(subject.after.root, [])
  const changeSet =
    subject.compared === undefined
      ? undefined
      : changeSetOf(subject.compared.changes, subject.compared.before)
  const run: Run = { subject, now, changeSet }
  return checks.flatMap((check) => {
    const places = unique(
      check.when
        .filter(({ dialects }) => dialects.has(subject.dialect) || dialects.has('any'))
        .flatMap((when) => meet(when, run)),
    )
    if (places.length === 0) return []
    return [{ check, places: places.slice(0, PLACES_KEPT), count: places.length }]
  })
}

type Run = {
  readonly subject: Subject
  readonly now: readonly Statement[]
  readonly changeSet: ChangeSet | undefined
}

type Met = { readonly statement: Statement; readonly groups: Groups; readonly side: Place['side'] }

function meet(when: When, run: Run): readonly Place[] {
  const holds = conditionsOf(when, run.now)
  return meetings(when, run)
    .filter(({ groups }) => holds(groups))
    .map(({ statement, groups, side }) => ({ ...statement, side, what: groups['what'] ?? '' }))
}

function meetings(when: When, { subject, now, changeSet }: Run): readonly Met[] {
  if (when.trigger === 'present') return matching(when.is, now, 'after')
  if (when.trigger === 'block')
    return matching(when.is, blocksLacking(subject.after.root, when), 'after')
  if (changeSet === undefined) return []
  const { came, went, changed, moved } = changeSet
  if (when.trigger === 'moved') return matching(when.is, moved, 'after')
  const was = [...went, ...changed.map((pair) => pair.was)]
  const is = [...came, ...changed.map((pair) => pair.is)]
  if (when.trigger === 'added')
    return fresh(matching(when.is, is, 'after'), matching(when.is, was, 'before'))
  if (when.trigger === 'removed')
    return fresh(matching(when.is, was, 'before'), matching(when.is, is, 'after'))
  const pairs = changed.filter(
    (pair) => (when.trigger === 'resecreted') === differsInSecretsOnly(pair),
  )
  return matching(
    when.is,
    pairs.map((pair) => pair.is),
    'after',
  )
}

function matching(is: RegExp, among: readonly Statement[], side: Place['side']): readonly Met[] {
  const found: Met[] = []
  for (const statement of among) {
    const match = is.exec(statement.path)
    if (match !== null) found.push({ statement, groups: match.groups ?? {}, side })
  }
  return found
}

/** Not those that the other side says as well, secrets aside: a new password makes no new administrator. */
function fresh(found: readonly Met[], other: readonly Met[]): readonly Met[] {
  const known = new Set(other.map(identity))
  return found.filter((met) => !known.has(identity(met)))
}

function identity({ statement, groups }: Met): string {
  const named = Object.entries(groups).filter(([, value]) => value !== undefined)
  return named.length === 0 ? statement.path.replaceAll(MARKER, '⟦⟧') : JSON.stringify(named)
}

function differsInSecretsOnly({ was, is }: ChangeSet['changed'][number]): boolean {
  return was.path.replaceAll(MARKER, '⟦⟧') === is.path.replaceAll(MARKER, '⟦⟧')
}

function unique(places: readonly Place[]): readonly Place[] {
  const seen = new Map(places.map((place) => [`${place.side} ${place.first} ${place.path}`, place]))
  return [...seen.values()].toSorted((a, b) => a.first - b.first)
}
