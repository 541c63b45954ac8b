// What a collection holds, for one client: objects, their manifest, their versions. Bodies are kept as they are given out, so a
// page is a query and a join of texts.

import { isObject } from '../stix/problem.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { Asked, Granted, TaxiiAnswer, TaxiiClient } from './asked.ts'
import type { TaxiiCollection } from './collections.ts'
import { STIX_MEDIA, TAXII_MEDIA } from './media-types.ts'
import { microText } from './micro-time.ts'
import { deleteObjects } from './object-changes.ts'
import { bodiesOf, readObjects } from './object-store.ts'
import type { CollectionKey, StoredObject } from './object-store.ts'
import { aboutQuery, readPage, readQuery, tokenOf } from './query.ts'
import type { ObjectQuery, Page } from './query.ts'
import { TaxiiError } from './taxii-error.ts'

const MOST_PAGE = 5000

type Found = {
  readonly objects: readonly StoredObject[]
  readonly more: boolean
  readonly next: string | undefined
}

/** One page of what the client may see. `only`: the object that the address names. */
async function find(asked: Asked, collection: TaxiiCollection, only?: string): Promise<Found> {
  const { server, request, client } = asked
  const given = readQuery(request.parameters)
  const query: ObjectQuery = only === undefined ? given : { ...given, ids: [only], types: [] }
  const about = aboutQuery(client.name, request.path, query)
  const most = Math.min(server.pageSize, MOST_PAGE)
  const page = readPage(request.parameters, { most, secret: server.secret, about })
  const key = { root: collection.root, collection: collection.id }
  if (only !== undefined) await refuseUnseen(asked, collection, only)
  const { seen, more, last } = await seenPage(asked, collection, { key, query, page })
  const next = more && last !== undefined ? tokenOf(last, server.secret, about) : undefined
  if (seen.length > 0) await client.onGiven?.({ collection, objects: seen })
  return { objects: seen, more, next }
}

/** Pages of which a client may see nothing are passed over, so that it does not take them for a server that stands still. */
const MOST_PASSED_OVER = 40

async function seenPage(
  { server, client }: Asked,
  collection: TaxiiCollection,
  { key, query, page }: Ask,
) {
  let after = page.after
  for (let passed = 1; ; passed += 1) {
    const { objects: all, more } = await readObjects(server.records, key, {
      query,
      page: { ...page, after },
    })
    const last = all.at(-1)
    const seen = await seenOf(all, client, collection)
    if (seen.length > 0 || !more || passed >= MOST_PASSED_OVER) return { seen, more, last }
    after = last
  }
}

/** Mostly known at once; a promise is waited for where there is one, so that a page does not cost 500 turns. */
async function seenOf(
  all: readonly StoredObject[],
  { maySee }: TaxiiClient,
  collection: TaxiiCollection,
): Promise<readonly StoredObject[]> {
  const seen: StoredObject[] = []
  for (const stored of all) {
    const may = maySee(objectOf(stored.body), collection)
    if (typeof may === 'boolean' ? may : await may) seen.push(stored)
  }
  return seen
}

type Ask = {
  readonly key: CollectionKey
  readonly query: ObjectQuery
  readonly page: Page
}

/** What a client may not see is not there: the same answer for both. */
async function refuseUnseen(
  { server, client }: Asked,
  collection: TaxiiCollection,
  id: string,
): Promise<void> {
  const key = { root: collection.root, collection: collection.id }
  const bodies = await bodiesOf(server.records, key, id)
  for (const body of bodies) if (await client.maySee(objectOf(body), collection)) return
  throw new TaxiiError(404, `No object ${id.slice(0, 200)}`)
}

/** What is stored was checked when it came. */
function objectOf(body: string): JsonObject {
  const object: unknown = JSON.parse(body)
  return isObject(object) ? object : {}
}

function paged(
  parts: readonly string[],
  { objects: all, more, next }: Found,
  name: string,
): TaxiiAnswer {
  const [first, last] = [all[0], all.at(-1)]
  const headers =
    first === undefined || last === undefined
      ? {}
      : {
          'x-taxii-date-added-first': microText(first.added),
          'x-taxii-date-added-last': microText(last.added),
        }
  const members = [
    ...(parts.length === 0 && !more ? [] : [`"more":${String(more)}`]),
    ...(next === undefined ? [] : [`"next":${JSON.stringify(next)}`]),
    // Section 3.7: a list is left out when it would be empty.
    ...(parts.length === 0 ? [] : [`"${name}":[${parts.join(',')}]`]),
  ]
  return {
    status: 200,
    headers: { 'content-type': TAXII_MEDIA, ...headers },
    body: `{${members.join(',')}}`,
  }
}

export async function objects(
  asked: Asked,
  collection: TaxiiCollection,
  { id }: { readonly granted: Granted; readonly id: string | undefined },
): Promise<TaxiiAnswer> {
  const found = await find(asked, collection, id)
  return paged(
    found.objects.map(({ body }) => body),
    found,
    'objects',
  )
}

export async function manifest(
  asked: Asked,
  collection: TaxiiCollection,
  _granted: Granted,
): Promise<TaxiiAnswer> {
  const found = await find(asked, collection)
  const rows = found.objects.map(({ id, added, version, spec }) =>
    JSON.stringify({
      id,
      date_added: microText(added),
      version,
      media_type: `${STIX_MEDIA}${spec}`,
    }),
  )
  return paged(rows, found, 'objects')
}

export async function objectVersions(
  asked: Asked,
  collection: TaxiiCollection,
  { id }: { readonly granted: Granted; readonly id: string },
): Promise<TaxiiAnswer> {
  const { request } = asked
  const parameters = new URLSearchParams(request.parameters)
  parameters.set('match[version]', 'all')
  const found = await find({ ...asked, request: { ...request, parameters } }, collection, id)
  return paged(
    found.objects.map(({ version }) => JSON.stringify(version)),
    found,
    'versions',
  )
}

/** Without a filter every version goes. */
export async function removeObject(
  asked: Asked,
  collection: TaxiiCollection,
  { id }: { readonly granted: Granted; readonly id: string },
): Promise<TaxiiAnswer> {
  const { server, request } = asked
  const query = readQuery(request.parameters)
  await refuseUnseen(asked, collection, id)
  const key = { root: collection.root, collection: collection.id }
  const isNamed = request.parameters.has('match[version]')
  const versions = isNamed ? query.versions : ({ kind: 'all' } as const)
  const which = { ...query, addedAfter: undefined, types: [], ids: [id], versions }
  await deleteObjects(server.records, key, which)
  return { status: 200, headers: { 'content-type': TAXII_MEDIA }, body: '' }
}
