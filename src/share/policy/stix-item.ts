// A STIX object as the policy sees it, and what is left of it when parts do not leave.

import type { Marking } from '../../model/index.ts'
import { granularMarks, withoutParts } from '../stix/markings.ts'
import type { JsonObject, Path } from '../stix/problem.ts'
import { labelOfMarking } from '../stix/tlp.ts'
import type { Item, Part } from './policy-types.ts'

export type StixContext = Pick<Item, 'owner' | 'community' | 'audience' | 'release' | 'cohort'> & {
  /** Marking definitions that say nothing which a machine must obey, such as copyright statements. */
  readonly harmlessMarkings: ReadonlySet<string>
}

const REQUIRED = new Set(['type', 'spec_version', 'id', 'created', 'modified'])

export function itemOfStix(object: JsonObject, context: StixContext): Item {
  const whole = textsOf(object['object_marking_refs'])
  return { ...plainItem(object, whole, context), parts: partsOf(object, whole, context) }
}

/** Each marked part is bound by its own marks and those of the whole. Labels that languages alone mark bind nothing. */
function partsOf(
  object: JsonObject,
  whole: readonly string[],
  context: StixContext,
): readonly Part[] {
  return granularMarks(object).map(({ path, marking }) => ({
    path,
    canBeCut: !REQUIRED.has(String(path[0])),
    item: { ...plainItem(object, [...whole, marking], context), parts: [] },
  }))
}

function plainItem(
  object: JsonObject,
  marks: readonly string[],
  { harmlessMarkings, ...context }: StixContext,
): Omit<Item, 'parts'> {
  const markings = marks.flatMap((id): readonly Marking[] => {
    const label = labelOfMarking(id)
    return label === undefined ? [] : [label]
  })
  const unknownMarkings = marks.filter(
    (id) => labelOfMarking(id) === undefined && !harmlessMarkings.has(id),
  )
  return {
    id: String(object['id']),
    kind: String(object['type']),
    markings,
    unknownMarkings,
    groups: [],
    labels: textsOf(object['labels']),
    ...context,
  }
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

export type Redaction = {
  readonly cut: readonly Path[]
  /** The new object's id: what is known under the old one must not be told by it. */
  readonly newId: string
  readonly creator: string
  readonly nowMs: number
}

/** STIX 2.1 section 3.6: whoever leaves something out makes another object, as its creator. No trace leads back. */
export function redact(object: JsonObject, { cut, newId, creator, nowMs }: Redaction): JsonObject {
  const { granular_markings: _, ...rest } = withoutParts(object, cut)
  const now = new Date(nowMs).toISOString()
  const remaining = granularMarks(object).filter(
    ({ path }) => !cut.some((one) => isWithin(path, one)),
  )
  // Paths of lists move when members before them are cut: then the marks hold for the whole.
  const refs = [
    ...new Set([
      ...textsOf(rest['object_marking_refs']),
      ...remaining.map(({ marking }) => marking),
    ]),
  ]
  return {
    ...rest,
    id: newId,
    created_by_ref: creator,
    created: now,
    modified: now,
    ...(refs.length === 0 ? {} : { object_marking_refs: refs }),
  }
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((step, at) => path[at] === step)
}
