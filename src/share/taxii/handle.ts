// A TAXII 2.1 server without its socket: a request in, an answer out. Whatever is asked, the answer is of TAXII's own form.

import { timeOrderedId } from '../../core/index.ts'
import type { TaxiiServer, TaxiiRequest, TaxiiAnswer, Asked, Granted } from './asked.ts'
import { manifest, objects, objectVersions, removeObject } from './collection-answers.ts'
import { readCollections, readRoots } from './collections.ts'
import type { TaxiiCollection, TaxiiRoot } from './collections.ts'
import { checkAccept } from './media-types.ts'
import { TAXII_MEDIA } from './media-types.ts'
import { readStatus, takeObjects } from './take-objects.ts'
import { TaxiiError } from './taxii-error.ts'

export async function handleTaxii(
  server: TaxiiServer,
  request: TaxiiRequest,
): Promise<TaxiiAnswer> {
  try {
    return await answer(server, request)
  } catch (thrown) {
    const id = timeOrderedId(server.clock.nowMs())
    if (!(thrown instanceof TaxiiError)) server.onTrouble(id, thrown)
    const error = thrown instanceof TaxiiError ? thrown : new TaxiiError(500, `Trouble ${id}`)
    const challenge = error.status === 401 ? { 'www-authenticate': 'Basic realm="TAXII"' } : {}
    return {
      status: error.status,
      headers: { 'content-type': TAXII_MEDIA, ...challenge },
      body: error.body(id),
    }
  }
}

async function answer(server: TaxiiServer, request: TaxiiRequest): Promise<TaxiiAnswer> {
  const client = await server.identify(request.header('authorization'))
  if (client === undefined) throw new TaxiiError(401, 'Name and password are expected (HTTP Basic)')
  const path = request.path.endsWith('/') ? request.path : `${request.path}/`
  const roots = await readRoots(server.records)
  if (path === '/taxii2/') {
    allow(request, 'GET')
    return json(discovery(server, roots))
  }
  const root = roots.find((one) => path.startsWith(one.path))
  if (root === undefined) throw new TaxiiError(404, `No API root lies at ${path.slice(0, 200)}`)
  const rest = path.slice(root.path.length).split('/').slice(0, -1)
  return inRoot({ server, request, client, root }, rest)
}

function allow(request: TaxiiRequest, ...methods: readonly string[]): void {
  if (!methods.includes(request.method))
    throw new TaxiiError(405, `${request.method} is not done here`)
  checkAccept(request.header('accept'), request.method === 'POST')
}

async function inRoot(
  asked: Asked,
  [kind, id, part, object, detail, ...more]: readonly string[],
): Promise<TaxiiAnswer> {
  const { request, root, server } = asked
  if (kind === undefined) {
    allow(request, 'GET')
    return json(rootInformation(root))
  }
  if (kind === 'status' && id !== undefined && part === undefined) {
    allow(request, 'GET')
    return json(await readStatus(asked, id))
  }
  if (kind !== 'collections' || more.length > 0) throw new TaxiiError(404, 'Nothing lies here')
  // A client without any right to a collection does not learn that it is there.
  const collections = (await readCollections(server.records, root.path)).filter(
    (one) => asked.client.mayRead(one) || asked.client.mayWrite(one),
  )
  if (id === undefined) {
    allow(request, 'GET')
    return json(listOf(asked, collections))
  }
  const collection = collections.find(
    (one) => one.id === id || (one.alias !== null && one.alias === id),
  )
  if (collection === undefined) throw new TaxiiError(404, `No collection ${id.slice(0, 100)}`)
  return inCollection(asked, collection, [part, object, detail])
}

type Place = readonly [
  part: string | undefined,
  object: string | undefined,
  detail: string | undefined,
]

async function inCollection(
  asked: Asked,
  collection: TaxiiCollection,
  [part, object, detail]: Place,
): Promise<TaxiiAnswer> {
  const { request } = asked
  const rights = rightsOf(asked, collection)
  if (part === undefined) {
    allow(request, 'GET')
    return json(collectionInformation(asked, collection))
  }
  // Section 3: what may be neither read nor written is not there.
  if (!rights.read && !rights.write) throw new TaxiiError(404, `No collection ${collection.id}`)
  if (part === 'manifest' && object === undefined) {
    allow(request, 'GET')
    return manifest(asked, collection, needs(rights.read))
  }
  if (part !== 'objects') throw new TaxiiError(404, 'Nothing lies here')
  if (object === undefined) {
    allow(request, 'GET', 'POST')
    return request.method === 'POST'
      ? takeObjects(asked, collection, needs(rights.write))
      : objects(asked, collection, { granted: needs(rights.read), id: undefined })
  }
  if (detail === 'versions') {
    allow(request, 'GET')
    return objectVersions(asked, collection, { granted: needs(rights.read), id: object })
  }
  if (detail !== undefined) throw new TaxiiError(404, 'Nothing lies here')
  allow(request, 'GET', 'DELETE')
  return request.method === 'DELETE'
    ? removeObject(asked, collection, { granted: needs(rights.read && rights.write), id: object })
    : objects(asked, collection, { granted: needs(rights.read), id: object })
}

function needs(right: boolean): Granted {
  if (!right) throw new TaxiiError(403, 'This collection does not allow it')
  return { granted: true }
}

function rightsOf({ client }: Pick<Asked, 'client'>, collection: TaxiiCollection) {
  return {
    read: collection.canRead && client.mayRead(collection),
    write: collection.canWrite && client.mayWrite(collection),
  }
}

function discovery(
  { title, description, contact, defaultRoot, address }: TaxiiServer,
  roots: readonly TaxiiRoot[],
) {
  const isThere = roots.some(({ path }) => path === defaultRoot)
  return {
    title,
    ...(description === undefined ? {} : { description }),
    ...(contact === undefined ? {} : { contact }),
    ...(isThere ? { default: `${address}${defaultRoot}` } : {}),
    ...(roots.length === 0 ? {} : { api_roots: roots.map(({ path }) => `${address}${path}`) }),
  }
}

function rootInformation({ title, description, maxBytes }: TaxiiRoot) {
  return {
    title,
    ...(description === null ? {} : { description }),
    versions: [TAXII_MEDIA],
    max_content_length: maxBytes,
  }
}

/** Section 5.2: a server may leave out what a client may not use; here it says so of each, as the collection stands. */
function listOf(asked: Asked, collections: readonly TaxiiCollection[]) {
  const listed = collections.map((collection) => collectionInformation(asked, collection))
  return listed.length === 0 ? {} : { collections: listed }
}

function collectionInformation(asked: Asked, collection: TaxiiCollection) {
  const { id, title, description, alias, mediaTypes } = collection
  const { read, write } = rightsOf(asked, collection)
  return {
    id,
    title,
    ...(description === null ? {} : { description }),
    ...(alias === null ? {} : { alias }),
    can_read: read,
    can_write: write,
    ...(mediaTypes.length === 0 ? {} : { media_types: mediaTypes }),
  }
}

export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): TaxiiAnswer {
  return {
    status: 200,
    headers: { 'content-type': TAXII_MEDIA, ...headers },
    body: JSON.stringify(value),
  }
}
