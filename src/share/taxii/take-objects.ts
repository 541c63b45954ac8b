// Objects that a client adds: each is checked and answered for by itself; the status says what became of it.

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { DAY_MS } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import { BUNDLE_LIMITS, depthOf } from '../stix/check-bundle.ts'
import { checkObject, isUsable } from '../stix/check-object.ts'
import { asText, isIdentifier } from '../stix/formats.ts'
import { isObject, pathText } from '../stix/problem.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { Asked, Granted, TaxiiAnswer } from './asked.ts'
import type { TaxiiCollection } from './collections.ts'
import { STIX_MEDIA, TAXII_MEDIA, checkContentType } from './media-types.ts'
import { microText } from './micro-time.ts'
import { addObjects } from './object-changes.ts'
import { TaxiiError } from './taxii-error.ts'

type Detail = { readonly id: string; readonly version: string; readonly message?: string }

export async function takeObjects(
  asked: Asked,
  collection: TaxiiCollection,
  _granted: Granted,
): Promise<TaxiiAnswer> {
  const { server, request, root } = asked
  checkContentType(request.header('content-type'))
  const given = envelopeOf(await bodyOf(asked))
  const nowMs = server.clock.nowMs()
  const { usable, failures } = await unrefused(asked, collection, sort(given, collection))
  const key = { root: collection.root, collection: collection.id }
  const arrived =
    usable.length === 0 ? [] : await addObjects(server.records, key, { objects: usable, nowMs })
  const successes = arrived
    .filter(({ outcome }) => outcome !== 'two texts')
    .map(({ id, version }): Detail => ({ id, version }))
  const forged = arrived
    .filter(({ outcome }) => outcome === 'two texts')
    .map(({ id, version }): Detail => ({
      id,
      version,
      message: 'This version is here with another text',
    }))
  const failed = [...failures, ...forged]
  const status = {
    id: randomUUID(),
    status: 'complete',
    request_timestamp: microText(nowMs * 1000),
    total_count: given.length,
    success_count: successes.length,
    ...(successes.length === 0 ? {} : { successes }),
    failure_count: failed.length,
    ...(failed.length === 0 ? {} : { failures: failed }),
    pending_count: 0,
  }
  await keep(server.records, root.path, { status, nowMs })
  return { status: 202, headers: { 'content-type': TAXII_MEDIA }, body: JSON.stringify(status) }
}

async function bodyOf({ request, root }: Asked): Promise<string> {
  const body = await request.body(root.maxBytes)
  if (body === undefined) throw new TaxiiError(413, `At most ${root.maxBytes} bytes are taken`)
  if (depthOf(body) > BUNDLE_LIMITS.depth)
    throw new TaxiiError(422, `Deeper than ${BUNDLE_LIMITS.depth} levels`)
  return body
}

function envelopeOf(body: string): readonly unknown[] {
  const envelope = parsed(body)
  const list = isObject(envelope) ? envelope['objects'] : undefined
  if (!Array.isArray(list) || list.length === 0)
    throw new TaxiiError(422, 'An envelope with a list of objects is expected')
  if (list.length > BUNDLE_LIMITS.objects)
    throw new TaxiiError(422, `More than ${BUNDLE_LIMITS.objects} objects`)
  return list
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new TaxiiError(400, 'The body is not JSON')
  }
}

function sort(given: readonly unknown[], collection: TaxiiCollection) {
  const usable: JsonObject[] = []
  const failures: Detail[] = []
  for (const object of given) {
    const message = refusal(object, collection)
    if (message === undefined && isObject(object)) usable.push(object)
    else failures.push({ ...named(object), message: message ?? '' })
  }
  return { usable, failures }
}

type Sorted = ReturnType<typeof sort>

/** What this client may not add, beside what nobody may. */
async function unrefused(
  { client }: Asked,
  collection: TaxiiCollection,
  { usable, failures }: Sorted,
): Promise<Sorted> {
  const refused = await client.refuseAdded?.(usable, collection)
  if (refused === undefined) return { usable, failures }
  const refusals = usable.flatMap((object) => {
    const message = refused.get(object)
    return message === undefined ? [] : [{ ...named(object), message }]
  })
  return {
    usable: usable.filter((object) => !refused.has(object)),
    failures: [...failures, ...refusals],
  }
}

function named(object: unknown): Detail {
  const text = (name: string) => {
    const value = isObject(object) ? object[name] : undefined
    return typeof value === 'string' ? asText(value.slice(0, 300)) : undefined
  }
  return { id: text('id') ?? 'unknown', version: text('modified') ?? text('created') ?? 'unknown' }
}

/** What the author must mend; undefined when the object may be added. */
function refusal(object: unknown, { mediaTypes }: TaxiiCollection): string | undefined {
  if (!isObject(object)) return 'An object is expected'
  const spec = specOf(object)
  if (
    mediaTypes.length > 0 &&
    !mediaTypes.some((type) => type.replaceAll(' ', '') === `${STIX_MEDIA}${spec}`)
  )
    return `This collection does not take STIX ${spec}`
  if (spec === '2.0') return isOldObject(object) ? undefined : 'type, id and created are expected'
  const problems = checkObject(object)
  if (isUsable(problems)) return undefined
  return problems
    .filter(({ severity }) => severity === 'error')
    .slice(0, 5)
    .map(({ path, sentence }) => asText(`${pathText(path)}: ${sentence}`.slice(0, 1000)))
    .join('; ')
}

/** Objects of STIX 2.0 do not say so. */
function specOf({ spec_version: spec, created }: JsonObject): string {
  if (typeof spec === 'string') return spec.slice(0, 20)
  return created === undefined ? '2.1' : '2.0'
}

function isOldObject({ type, id, created }: JsonObject): boolean {
  return (
    typeof type === 'string' &&
    typeof created === 'string' &&
    typeof id === 'string' &&
    isIdentifier(id)
  )
}

/** Section 4.3.1: at least a day. */
const KEPT_MS = 7 * DAY_MS

async function keep(
  records: Records,
  root: string,
  { status, nowMs }: { readonly status: { readonly id: string }; readonly nowMs: number },
): Promise<void> {
  await records
    .deleteFrom('taxii_statuses')
    .where('made', '<', new Date(nowMs - KEPT_MS))
    .execute()
  await records
    .insertInto('taxii_statuses')
    .values({ root, id: status.id, body: JSON.stringify(status), made: new Date(nowMs) })
    .execute()
}

const StatusSchema = z.record(z.string(), z.unknown())

export async function readStatus(
  { server, root }: Asked,
  id: string,
): Promise<Readonly<Record<string, unknown>>> {
  const row = await server.records
    .selectFrom('taxii_statuses')
    .select('body')
    .where('root', '=', root.path)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined)
    throw new TaxiiError(404, `No status ${id.slice(0, 100)}; it is kept for a week`)
  return StatusSchema.parse(row.body)
}
