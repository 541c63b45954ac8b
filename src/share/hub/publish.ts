// A hub gives objects out: what its people approved, each checked, marked, and put where its urgency says. What cannot be given
// out is said by object.

import { VigieError, canonicalJson } from '../../core/index.ts'
import type { ContentKind, Marking, PublishAsk, Published } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { noteContent } from '../content/content-at-hub.ts'
import { patternParts } from '../content/content-object.ts'
import { findPeer } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'
import { isObject } from '../stix/problem.ts'
import type { JsonObject } from '../stix/problem.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { arrivalOf, nextVersion } from '../stix/versions.ts'
import { addObjects } from '../taxii/object-changes.ts'
import { NOT_BY_MACHINE, NOT_MARKED, copyOf } from './marked-copy.ts'
import { COLLECTIONS, HUB_ROOT, stableUuid } from './places.ts'
import { bind, idOf, record, versionsHere } from './publication-records.ts'
import type { Limits } from './publication-records.ts'

export type Publication = {
  readonly records: Records
  /** Makes ids of copies that nobody can lead back to what they are copies of. */
  readonly secret: string
  readonly ask: PublishAsk
  readonly who: string
  readonly nowMs: number
}

/** One value of a plain list, with the pattern that looks for it. */
export type ListedValue = {
  readonly name: string
  readonly pattern: string
  readonly confidence: number
  readonly marking: Exclude<Marking, ''> | undefined
  readonly untilMs: number | undefined
  /** A rule, an analytic or a check, whose text the pattern is. */
  readonly content?: ListedContent
}

export type ListedContent = {
  readonly kind: ContentKind
  /** The same for every version of it. */
  readonly key: string
  readonly description: string
}

type Refusal = { readonly id: string; readonly reason: string }

const MOST_AT_ONCE = 100_000
const PER_STEP = 1000

/** What would be given out, as it would be, and what not. */
export type Prepared = {
  readonly objects: readonly JsonObject[]
  readonly refused: readonly Refusal[]
  readonly limits: Limits
}

/** STIX objects of anybody. Throws BAD_REQUEST for an unknown peer in the audience. */
export async function publishObjects(
  publication: Publication,
  objects: readonly unknown[],
): Promise<Published> {
  const prepared = await prepareObjects(publication, objects)
  return add(publication, { ...prepared, isSame: () => false })
}

/** Values of a list, as indicators of this hub. The same value again is a version of the same indicator. */
export async function publishValues(
  publication: Publication,
  values: readonly ListedValue[],
): Promise<Published> {
  return add(publication, { ...(await prepareValues(publication, values)), isSame: isSameValue })
}

export async function prepareObjects(
  publication: Publication,
  objects: readonly unknown[],
): Promise<Prepared> {
  const { creator, limits, copies } = await prepare(publication, objects)
  const { secret, ask } = publication
  const refused: Refusal[] = []
  const usable: JsonObject[] = []
  for (const object of objects) {
    const made = copyOf(object, { marking: ask.marking, secret, creator, copies })
    if (typeof made === 'string') refused.push({ id: idOf(object), reason: made })
    else if (made !== undefined) usable.push(made)
  }
  return { objects: usable, refused, limits }
}

export async function prepareValues(
  publication: Publication,
  values: readonly ListedValue[],
): Promise<Prepared> {
  const { creator, limits } = await prepare(publication, values)
  const { ask, nowMs } = publication
  const refused: Refusal[] = []
  const objects: JsonObject[] = []
  for (const value of values) {
    const marking = value.marking ?? (ask.marking === '' ? undefined : ask.marking)
    if (marking === undefined) refused.push({ id: value.name, reason: NOT_MARKED })
    else if (marking === 'red') refused.push({ id: value.name, reason: NOT_BY_MACHINE })
    else objects.push(indicatorOf(value, { creator, marking, nowMs }))
  }
  return { objects, refused, limits }
}

async function prepare({ ask, records }: Publication, all: readonly unknown[]) {
  if (all.length > MOST_AT_ONCE)
    throw new VigieError('BAD_REQUEST', {
      met: `${all.length} objects`,
      expected: `at most ${MOST_AT_ONCE} at once`,
    })
  const { identity } = await readSelf(records)
  const limits = { audience: await audienceOf(records, ask), ...limitsOf(ask) }
  const ids = all.flatMap((object) => (isObject(object) ? [String(object['id'])] : []))
  return { creator: identity, limits, copies: new Set(ids) }
}

/** Identities of the members named; undefined = whoever may. Throws BAD_REQUEST for an unknown one. */
export async function audienceOf(records: Records, { audience }: Pick<PublishAsk, 'audience'>) {
  if (audience === undefined) return undefined
  const identities: string[] = []
  for (const name of audience.split(',').map((one) => one.trim())) {
    const peer = await findPeer(records, name)
    if (peer?.identity == null)
      throw new VigieError('BAD_REQUEST', {
        met: `the audience “${name.slice(0, 60)}”`,
        expected: 'names of members that joined (vigie peers)',
      })
    identities.push(peer.identity)
  }
  return identities
}

function limitsOf({ release, community }: PublishAsk) {
  if (release === undefined) return { release: undefined, community }
  const atMs = Date.parse(release)
  const each = { organisation: atMs, client: atMs, community: atMs, anybody: atMs }
  return { release: each, community }
}

function indicatorOf(
  { name, pattern, confidence, untilMs, content }: ListedValue,
  {
    creator,
    marking,
    nowMs,
  }: { readonly creator: string; readonly marking: Exclude<Marking, ''>; readonly nowMs: number },
): JsonObject {
  const now = new Date(nowMs).toISOString()
  const key = content === undefined ? `value\n${creator}\n${pattern}` : keyOf(content, creator)
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--${stableUuid(`vigie ${key}`)}`,
    created_by_ref: creator,
    created: now,
    modified: now,
    name,
    ...(content === undefined || content.description === ''
      ? {}
      : { description: content.description }),
    indicator_types: ['malicious-activity'],
    ...(content === undefined
      ? { pattern, pattern_type: 'stix' }
      : patternParts({ kind: content.kind, text: pattern })),
    valid_from: now,
    ...(untilMs === undefined || untilMs <= nowMs
      ? {}
      : { valid_until: new Date(untilMs).toISOString() }),
    confidence,
    object_marking_refs: [markingOfLabel(marking)],
  }
}

function keyOf({ kind, key }: ListedContent, creator: string): string {
  return `content\n${creator}\n${kind}\n${key}`
}

type Adding = Prepared & {
  /** Whether it is what was given out before, whatever its times say. */
  readonly isSame: (object: JsonObject, before: JsonObject) => boolean
}

async function add(
  publication: Publication,
  { objects, refused, limits, isSame }: Adding,
): Promise<Published> {
  const { ask, records, nowMs } = publication
  const place = ask.priority === 'urgent' ? 'urgent' : 'indicators'
  let [added, known] = [0, 0]
  const failures = [...refused]
  for (let at = 0; at < objects.length; at += PER_STEP) {
    const step = await decideStep(records, objects.slice(at, at + PER_STEP), isSame)
    failures.push(...step.refused)
    known += step.known
    if (step.fresh.length === 0) continue
    // What binds an object is there before the object is.
    await bind(records, step.fresh, limits)
    const key = { root: HUB_ROOT, collection: COLLECTIONS[place] }
    const arrived = await addObjects(records, key, { objects: step.fresh, nowMs })
    added += arrived.filter(({ outcome }) => outcome === 'added').length
    known += arrived.filter(({ outcome }) => outcome === 'known').length
    await noteContent(publication, step.fresh)
    await record(publication, COLLECTIONS[place], step.fresh.length)
  }
  return { collection: place, added, known, refused: failures.slice(0, 1000) }
}

/** What is new of them, beside what is here; one's own list entries become the next version. */
async function decideStep(
  records: Records,
  objects: readonly JsonObject[],
  isSame: Adding['isSame'],
) {
  const here = await versionsHere(records, objects)
  const fresh: JsonObject[] = []
  const refused: Refusal[] = []
  let known = 0
  for (const object of objects) {
    const versions = here.get(idOf(object)) ?? []
    const before = versions.at(-1)
    const isAgain = before !== undefined && isSame(object, before)
    const arrival = isAgain ? 'known' : arrivalOf(object, versions)
    if (arrival === 'known') known += 1
    else if (arrival === 'new') fresh.push(followed(object, before))
    else refused.push({ id: idOf(object), reason: ARRIVALS[arrival] })
  }
  return { fresh, refused, known }
}

const TIMES: ReadonlySet<string> = new Set(['created', 'modified', 'valid_from', 'valid_until'])

function isSameValue(object: JsonObject, before: JsonObject): boolean {
  const untimed = (one: JsonObject) =>
    canonicalJson(Object.fromEntries(Object.entries(one).filter(([name]) => !TIMES.has(name))))
  return untimed(object) === untimed(before)
}

/** A further version keeps when the object was made. */
function followed(object: JsonObject, before: JsonObject | undefined): JsonObject {
  if (before === undefined || object['created'] === before['created']) return object
  const { created: _, modified: __, ...change } = object
  return nextVersion(before, change, Date.parse(String(object['modified'])))
}

const ARRIVALS = {
  older: 'a newer version was given out already',
  'after revocation': 'it was withdrawn; give it another id',
  'other creator': 'only who made it may change it',
  'two texts': 'this version was given out with another text',
} as const
