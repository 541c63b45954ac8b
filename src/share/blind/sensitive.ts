// A hub's sensitive values: matched blindly, given to nobody. Each is an indicator in a place that nobody reads, under an id by
// chance: whoever holds the value learns the id, and only who knows the id can tell of it. So what members tell of it counts as any
// sighting does, and whoever made it up is refused.

import { randomUUID } from 'node:crypto'
import { VigieError } from '../../core/index.ts'
import { BlindKindSchema, MOST_SENSITIVE } from '../../model/index.ts'
import type { BlindKind, Sensitive, SensitiveAdded, SensitiveAsk } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { figures } from '../hub/figures.ts'
import { BLIND_PLACE, HUB_ROOT } from '../hub/places.ts'
import { bind } from '../hub/publication-records.ts'
import type { Limits } from '../hub/publication-records.ts'
import { readSelf } from '../peer/self.ts'
import type { JsonObject } from '../stix/problem.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { revoke } from '../stix/versions.ts'
import { addObjects } from '../taxii/object-changes.ts'
import { currentEpoch, insertTags, tagsOf } from './epochs.ts'
import type { BlindHub, LiveIndicator, Tag } from './epochs.ts'
import { logBlind } from './log.ts'
import { MOST_RECORD_BYTES, recordBytes } from './tags.ts'

/** In the one spelling that lists of indicators have, with its STIX pattern. */
export type SensitiveValue = {
  readonly kind: string
  readonly value: string
  readonly pattern: string
}

type Act = { readonly who: string; readonly nowMs: number }
type Refusal = SensitiveAdded['refused'][number]

const KEY = { root: HUB_ROOT, collection: BLIND_PLACE }

type Adding = Act & { readonly ask: SensitiveAsk; readonly audience: Limits['audience'] }
type Fresh = LiveIndicator & { readonly pattern: string }

/** Throws BAD_REQUEST for more than a hub keeps, or a note that is too long. */
export async function addSensitive(
  blind: BlindHub,
  values: readonly SensitiveValue[],
  adding: Adding,
): Promise<SensitiveAdded> {
  const { records } = blind.hub
  const epoch = await currentEpoch(blind, adding.nowMs)
  return blind.inTurn(async () => {
    const held = new Set(await heldValues(records))
    const { fresh, known, refused } = sortOut(values, held, adding.ask)
    refuseTooMany(held.size + fresh.length)
    refuseLongNote(fresh)
    const tags = await tagsOf(blind, epoch, fresh)
    await addObjectsOf(records, fresh, adding)
    await keepIndicators(records, { fresh, tags, adding })
    return { added: fresh.length, known, refused: refused.slice(0, 1000) }
  })
}

function sortOut(
  values: readonly SensitiveValue[],
  held: ReadonlySet<string>,
  { note, marking }: SensitiveAsk,
) {
  const refused: Refusal[] = []
  const fresh = new Map<string, Fresh>()
  let known = 0
  for (const { kind, value, pattern } of values) {
    const read = BlindKindSchema.safeParse(kind)
    const key = keyOf(kind, value)
    const id = `indicator--${randomUUID()}`
    if (!read.success) refused.push({ id: value, reason: kind })
    else if (held.has(key) || fresh.has(key)) known += 1
    else fresh.set(key, { id, kind: read.data, value, note, marking, pattern })
  }
  return { fresh: [...fresh.values()], known, refused }
}

async function addObjectsOf(
  records: Records,
  fresh: readonly Fresh[],
  { audience, nowMs }: Adding,
): Promise<void> {
  const { identity } = await readSelf(records)
  const objects = fresh.map((one) => objectOf(one, { identity, nowMs }))
  for (let at = 0; at < objects.length; at += PER_STEP) {
    const some = objects.slice(at, at + PER_STEP)
    // What binds an object is there before the object is.
    await bind(records, some, { audience, release: undefined, community: undefined })
    await addObjects(records, KEY, { objects: some, nowMs })
  }
}

type Keeping = {
  readonly fresh: readonly Fresh[]
  readonly tags: readonly Tag[]
  readonly adding: Adding
}

async function keepIndicators(records: Records, { fresh, tags, adding }: Keeping): Promise<void> {
  const { ask, who, nowMs } = adding
  const { note, marking } = ask
  const made = new Date(nowMs)
  const rows = fresh.map(({ id, kind, value }) => {
    return { id, kind, value, note, marking, made, made_by: who }
  })
  await records.transaction().execute(async (step) => {
    for (let at = 0; at < rows.length; at += PER_STEP)
      await step
        .insertInto('blind_indicators')
        .values(rows.slice(at, at + PER_STEP))
        .execute()
    await insertTags(step, tags)
    const about = `${fresh.length}, TLP:${marking.toUpperCase()}`
    await logBlind(step, { peer: '', act: 'values added', about, by: who, nowMs })
  })
}

const PER_STEP = 500
const keyOf = (kind: string, value: string) => `${kind} ${value}`

async function heldValues(records: Records): Promise<readonly string[]> {
  const rows = await records
    .selectFrom('blind_indicators')
    .select(['kind', 'value'])
    .where('ended', 'is', null)
    .execute()
  return rows.map(({ kind, value }) => keyOf(kind, value))
}

function refuseTooMany(count: number): void {
  if (count > MOST_SENSITIVE)
    throw new VigieError('BAD_REQUEST', {
      met: `${count} sensitive values`,
      expected: `at most ${MOST_SENSITIVE}; remove what is old`,
    })
}

function refuseLongNote([one]: readonly LiveIndicator[]): void {
  if (one === undefined) return
  const { id, note, marking } = one
  const bytes = recordBytes({ id, note, marking })
  if (bytes > MOST_RECORD_BYTES)
    throw new VigieError('BAD_REQUEST', {
      met: `a note that makes a record of ${bytes} bytes`,
      expected: `at most ${MOST_RECORD_BYTES}; shorten the note`,
    })
}

function objectOf(
  { id, value, marking, pattern }: LiveIndicator & { readonly pattern: string },
  { identity, nowMs }: { readonly identity: string; readonly nowMs: number },
): JsonObject {
  const now = new Date(nowMs).toISOString()
  return {
    type: 'indicator',
    spec_version: '2.1',
    id,
    created_by_ref: identity,
    created: now,
    modified: now,
    name: value,
    indicator_types: ['malicious-activity'],
    pattern,
    pattern_type: 'stix',
    valid_from: now,
    object_marking_refs: marking === '' ? [] : [markingOfLabel(marking)],
  }
}

/** Takes a value out of the list. What members told of it stays. Throws NOT_FOUND. */
export async function removeSensitive(
  { hub: { records }, inTurn }: BlindHub,
  id: string,
  { who, nowMs }: Act,
): Promise<void> {
  await inTurn(async () => {
    const { numUpdatedRows } = await records
      .updateTable('blind_indicators')
      .set({ ended: new Date(nowMs), ended_by: who })
      .where('id', '=', id)
      .where('ended', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new VigieError('NOT_FOUND', { what: id.slice(0, 200) })
    await records.deleteFrom('blind_tags').where('indicator', '=', id).execute()
    const row = await records
      .selectFrom('taxii_objects')
      .select('body')
      .where('root', '=', KEY.root)
      .where('collection', '=', KEY.collection)
      .where('id', '=', id)
      .where('is_last', '=', true)
      .executeTakeFirst()
    if (row !== undefined)
      await addObjects(records, KEY, { objects: [revoke(JSON.parse(row.body), nowMs)], nowMs })
    await logBlind(records, { peer: '', act: 'value removed', about: id, by: who, nowMs })
  })
}

const MOST_SHOWN = 500

/** The newest first, with how many members told of each. */
export async function listSensitive(
  records: Records,
): Promise<{ readonly sensitive: readonly Sensitive[]; readonly total: number }> {
  const { total } = await records
    .selectFrom('blind_indicators')
    .select((of) => of.fn.countAll<string>().as('total'))
    .where('ended', 'is', null)
    .executeTakeFirstOrThrow()
  const rows = await records
    .selectFrom('blind_indicators')
    .selectAll()
    .where('ended', 'is', null)
    .orderBy('made', 'desc')
    .orderBy('id')
    .limit(MOST_SHOWN)
    .execute()
  const ids = rows.map(({ id }) => id)
  const told = ids.length === 0 ? [] : await figures(records, { indicators: ids })
  const membersOf = new Map(told.map(({ indicator, members }) => [indicator, members]))
  const sensitive = rows.map(({ id, kind, value, note, marking, made, made_by: by }) => ({
    id,
    kind: kind as BlindKind, // schema edge: checked when it was added
    value,
    note,
    marking: marking as Sensitive['marking'],
    made: made.toISOString(),
    by,
    members: membersOf.get(id) ?? 0,
  }))
  return { sensitive, total: Number(total) }
}
