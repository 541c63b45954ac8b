// The JSON that a member sends beside TAXII: bounded before it is read, and refused with a place where the records could not keep it.

import { BUNDLE_LIMITS, depthOf } from '../stix/check-bundle.ts'
import { NO_TEXT, isText } from '../stix/formats.ts'
import { isObject, pathText } from '../stix/problem.ts'
import type { Path } from '../stix/problem.ts'
import type { TaxiiRequest } from '../taxii/asked.ts'

export type Body = {
  /** Undefined for what is no JSON, too large or refused. */
  readonly value: unknown
  /** What the sender must mend. */
  readonly reason?: string
}

export async function readBody(request: TaxiiRequest, mostBytes: number): Promise<Body> {
  const text = await request.body(mostBytes)
  if (text === undefined) return refused(`larger than ${mostBytes} bytes`)
  if (depthOf(text) > BUNDLE_LIMITS.depth)
    return refused(`deeper than ${BUNDLE_LIMITS.depth} levels`)
  try {
    const value: unknown = JSON.parse(text)
    const place = noTextIn(value, [])
    return place === undefined ? { value } : refused(`${pathText(place)}: ${NO_TEXT}`)
  } catch {
    return refused('not JSON')
  }
}

function refused(reason: string): Body {
  return { value: undefined, reason }
}

/** Depth is bounded before. */
function noTextIn(value: unknown, path: Path): Path | undefined {
  if (typeof value === 'string') return isText(value) ? undefined : path
  const entries = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : []
  for (const [key, item] of entries) {
    if (typeof key === 'string' && !isText(key)) return path
    const found = noTextIn(item, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}
