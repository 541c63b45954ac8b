// What a station says of a rule, an analytic or a check that its hub sent: a STIX note about it. How often it was met is a
// sighting, as of any indicator.

import { CONTENT_ANSWERS } from '../../model/index.ts'
import type { ContentAnswer } from '../../model/index.ts'
import { stableUuid } from '../hub/places.ts'
import type { JsonObject } from '../stix/problem.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { versionOf } from '../stix/versions.ts'

const ANSWER_LABEL = 'vigie:content='
const VERSION_LABEL = 'vigie:version='
const MOST_REASON = 1000

export type Saying = {
  /** Who says it. */
  readonly identity: string
  /** What it is about, in the version that came. */
  readonly about: JsonObject
  readonly answer: ContentAnswer
  readonly reason: string
  readonly nowMs: number
}

/** The same id for each thing it says of one object: the newest holds. */
export function contentNote({ identity, about, answer, reason, nowMs }: Saying): JsonObject {
  const object = String(about['id'])
  const createdMs = Date.parse(String(about['created']))
  return {
    type: 'note',
    spec_version: '2.1',
    id: `note--${stableUuid(`vigie content answer\n${identity}\n${object}`)}`,
    created_by_ref: identity,
    // The same for each version, whatever this station knows of the one before.
    created: new Date(Math.min(createdMs, nowMs)).toISOString(),
    modified: new Date(nowMs).toISOString(),
    abstract: answer,
    content: reason === '' ? answer : reason.slice(0, MOST_REASON),
    labels: [`${ANSWER_LABEL}${answer}`, `${VERSION_LABEL}${versionOf(about)}`],
    object_refs: [object],
    object_marking_refs: [markingOfLabel('amber')],
  }
}

export type Said = {
  readonly object: string
  readonly version: string
  readonly answer: ContentAnswer
  readonly reason: string
  readonly at: string
}

/** What a member's note says; undefined for any other note. */
export function readContentNote(note: JsonObject): Said | undefined {
  const { object_refs: refs, labels, abstract, content, modified } = note
  const answer = CONTENT_ANSWERS.find((one) => one === abstract)
  const [object] = Array.isArray(refs) ? refs : []
  if (answer === undefined || typeof object !== 'string') return undefined
  const version = (Array.isArray(labels) ? labels : []).find(
    (one): one is string => typeof one === 'string' && one.startsWith(VERSION_LABEL),
  )
  return {
    object,
    version: version?.slice(VERSION_LABEL.length) ?? '',
    answer,
    reason: content === answer ? '' : String(content).slice(0, MOST_REASON),
    at: new Date(Date.parse(String(modified))).toISOString(),
  }
}
