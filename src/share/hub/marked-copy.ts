// An object as a hub gives it out: itself where it is marked; a marked copy under an id of its own where it is not.

import type { Marking } from '../../model/index.ts'
import { checkObject, isUsable } from '../stix/check-object.ts'
import { isObject, pathText } from '../stix/problem.ts'
import type { JsonObject } from '../stix/problem.ts'
import { labelOfMarking, markingOfLabel } from '../stix/tlp.ts'
import { stableUuid } from './places.ts'

export const NOT_MARKED = 'carries no marking, and none is no permission; say one with --marking'
export const NOT_BY_MACHINE = 'TLP:RED is for persons; no machine passes it on'

export type Copying = {
  readonly marking: Marking
  readonly secret: string
  readonly creator: string
  /** Ids of everything that is published together. */
  readonly copies: ReadonlySet<string>
}

/** The object itself; a marked copy where it carries no marking and one was said; why not; undefined = everybody has it. */
export function copyOf(object: unknown, copying: Copying): JsonObject | string | undefined {
  if (!isObject(object)) return 'an object is expected'
  const problems = checkObject(object).filter(({ severity }) => severity === 'error')
  if (!isUsable(problems))
    return problems
      .slice(0, 3)
      .map(({ path, sentence }) => `${pathText(path)}: ${sentence}`)
      .join('; ')
  const { id, object_marking_refs: marks, granular_markings: granular } = object
  if (labelOfMarking(String(id)) !== undefined) return undefined
  if (Array.isArray(granular) && granular.length > 0)
    return 'parts of it are marked; publish a copy without them, under an id of its own'
  const labels = (Array.isArray(marks) ? marks : []).map((one) => labelOfMarking(String(one)))
  if (labels.includes('red')) return NOT_BY_MACHINE
  if (labels.some((label) => label !== undefined)) return object
  return markedCopy(object, copying)
}

/** STIX 2.1 section 3.6: whoever adds something makes another object, as its creator. */
function markedCopy(object: JsonObject, copying: Copying): JsonObject | string {
  const { marking, secret, creator, copies } = copying
  if (marking === '') return NOT_MARKED
  if (marking === 'red') return NOT_BY_MACHINE
  const renamed = renameIds(object, (id) => (copies.has(id) ? copyId(id, secret) : id))
  const isObservable = object['created'] === undefined
  return {
    ...renamed,
    // Observables have no creator, and their ids come from what they are.
    ...(isObservable ? { id: object['id'] } : { created_by_ref: creator }),
    object_marking_refs: [...textsOf(renamed['object_marking_refs']), markingOfLabel(marking)],
  }
}

function copyId(id: string, secret: string): string {
  const type = id.slice(0, id.indexOf('--'))
  return type === 'identity' || type === 'marking-definition'
    ? id
    : `${type}--${stableUuid(`vigie copy\n${secret}\n${id}`)}`
}

function renameIds(object: JsonObject, rename: (id: string) => string): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      if (typeof value === 'string' && (name === 'id' || name.endsWith('_ref')))
        return [name, rename(value)]
      return name.endsWith('_refs') ? [name, textsOf(value).map(rename)] : [name, value]
    }),
  )
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
