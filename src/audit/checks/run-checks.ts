// Runs checks over one configuration (state) and over what changed in it (change). Pure: the same in, the same out.

import { MARKER } from '../secrets/fingerprint.ts'
import type { ChangeSet, Statement } from './change-set.ts'
import { changeSetOf, statements } from './change-set.ts'
import type { Check, When } from './check.ts'
import { conditionsOf } from './conditions.ts'
import type { Groups, Standing } from './conditions.ts'
import { blocksLacking } from './lacking.ts'
import { saidBeside } from './said-beside.ts'
import type { Subject } from './subject.ts'
import { isOlder } from './told-of-itself.ts'
import { withinBounds } from './within-bounds.ts'

/** Where a check was met. `side`: lines of the version before, or of the one now. */
export type Place = Statement & { readonly side: 'before' | 'after'; readonly what: string }

export type CheckFinding = {
  readonly check: Check
  /** `change` for what the change brought about, also where the check is about a state. */
  readonly kind: Check['kind']
  readonly places: readonly Place[]
  /** All of them: `places` holds the first. */
  readonly count: number
}

const PLACES_KEPT = 20

export function runChecks(checks: readonly Check[], subject: Subject): readonly CheckFinding[] {
  const run = runOver(subject)
  const before = runBefore(subject)
  return checks.flatMap((check) => {
    const places = placesOf(check, run)
    if (places.length === 0) return []
    const own = { check, kind: check.kind, ...bounded(places) }
    if (before === undefined || check.kind === 'change') return [own]
    const came = placesNew(places, placesOf(check, before()))
    return came.length === 0 ? [own] : [own, { check, kind: 'change', ...bounded(came) }]
  })
}

/** The version before, gone through when a state was met: where it was met before, the change did not bring it. */
function runBefore({ dialect, compared }: Subject): (() => Run) | undefined {
  if (compared === undefined) return undefined
  const { before: after, version = null, firmware = [] } = compared
  let run: Run | undefined
  return () => (run ??= runOver({ dialect, after, version, firmware }))
}

function bounded(places: readonly Place[]): Pick<CheckFinding, 'places' | 'count'> {
  return { places: places.slice(0, PLACES_KEPT), count: places.length }
}

/** By whom or what it is about: what stood elsewhere before, or held another secret, is no news. */
function placesNew(places: readonly Place[], before: readonly Place[]): readonly Place[] {
  const said = ({ what }: Place) => what.replaceAll(MARKER, '⟦⟧')
  const known = new Set(before.map(said))
  return places.filter((place) => !known.has(said(place)))
}

type Run = Standing & { readonly subject: Subject; readonly changeSet: ChangeSet | undefined }

function runOver(subject: Subject): Run {
  const { after, compared } = subject
  let before: readonly Statement[] | undefined
  return {
    subject,
    now: statements(after.root, []),
    was: () => (before ??= compared === undefined ? [] : statements(compared.before.root, [])),
    changeSet: compared === undefined ? undefined : changeSetOf(compared.changes, compared.before),
  }
}

function placesOf(check: Check, run: Run): readonly Place[] {
  return withinBounds(check, () => placesAt(check, run)) ?? []
}

function placesAt({ when }: Check, run: Run): readonly Place[] {
  const { dialect } = run.subject
  return unique(
    when
      .filter(({ dialects }) => dialects.has(dialect) || dialects.has('any'))
      .flatMap((one) => meet(one, run)),
  )
}

type Met = { readonly statement: Statement; readonly groups: Groups; readonly side: Place['side'] }

function meet(when: When, run: Run): readonly Place[] {
  if (when.olderThan !== null && !isOlder(run.subject.version ?? null, when.olderThan)) return []
  const holds = conditionsOf(when, run)
  const met = meetings(when, run)
  if (when.isNotAll && met.length > 1 && met.length >= matching(when.is, run.now, 'after').length)
    return []
  return met
    .filter(({ groups }) => holds(groups))
    .map(({ statement, groups, side }) => ({ ...statement, side, what: groups['what'] ?? '' }))
}

function meetings(when: When, run: Run): readonly Met[] {
  const { is, trigger } = when
  const { subject, now, changeSet } = run
  if (trigger === 'present') return matching(is, now, 'after')
  if (trigger === 'block') return matching(is, blocksLacking(subject.after.root, when), 'after')
  const told = saidBeside(subject)[trigger]
  if (told !== undefined) return matching(is, told(), 'after')
  return changeSet === undefined ? [] : changesMeeting(when, changeSet)
}

function changesMeeting(when: When, changeSet: ChangeSet): readonly Met[] {
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
    if (match !== null && !isInFreeText(match.index, statement.path))
      found.push({ statement, groups: match.groups ?? {}, side })
  }
  return found
}

/** What people read at login, or noted: it may look like commands, and is none. */
const FREE_TEXT =
  /\b(?:[\w-]*banner|motd|msgvalue|message|announcement|description|comments?|remark|buffer|(?:pre|post)-login) ["']/

function isInFreeText(at: number, path: string): boolean {
  const found = FREE_TEXT.exec(path)
  return found !== null && at >= found.index + found[0].length
}

/** Not those that the other side says as well, secrets aside: a new password makes no new administrator. */
function fresh(found: readonly Met[], other: readonly Met[]): readonly Met[] {
  const known = new Set(other.map(identity))
  return found.filter((met) => !known.has(identity(met)))
}

function identity({ statement, groups }: Met): string {
  const named = Object.entries(groups).filter(([, value]) => value !== undefined)
  if (named.length > 0) return JSON.stringify(named)
  return statement.path.replaceAll(MARKER, '⟦⟧').replaceAll(REMARK, '')
}

/** RouterOS: what people note beside a rule changes nothing of what it does. */
const REMARK = / comment=(?:"[^"]*"|\S+)/g

function differsInSecretsOnly({ was, is }: ChangeSet['changed'][number]): boolean {
  return was.path.replaceAll(MARKER, '⟦⟧') === is.path.replaceAll(MARKER, '⟦⟧')
}

function unique(places: readonly Place[]): readonly Place[] {
  const seen = new Map(places.map((place) => [`${place.side} ${place.first} ${place.path}`, place]))
  return [...seen.values()].toSorted((a, b) => a.first - b.first)
}
