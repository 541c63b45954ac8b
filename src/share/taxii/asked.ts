// Who asks what of a TAXII server, and what is answered.

import type { Clock } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { TaxiiCollection, TaxiiRoot } from './collections.ts'
import type { StoredObject } from './object-store.ts'

export type TaxiiServer = {
  readonly records: Records
  readonly clock: Clock
  /** Signs the tokens by which clients go on. */
  readonly secret: Buffer
  readonly title: string
  readonly description?: string
  readonly contact?: string
  /** Path of the root that is the default. */
  readonly defaultRoot?: string
  /** Address before the paths, `https://hub.example`. */
  readonly address: string
  readonly pageSize: number
  readonly identify: (authorization: string | undefined) => Promise<TaxiiClient | undefined>
  readonly onTrouble: (id: string, cause: unknown) => void
}

export type TaxiiRequest = {
  readonly method: string
  /** Decoded, without the query. */
  readonly path: string
  readonly parameters: URLSearchParams
  readonly header: (name: string) => string | undefined
  /** The body, or undefined when it is longer than this. */
  readonly body: (mostBytes: number) => Promise<string | undefined>
}

export type TaxiiAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type TaxiiClient = {
  readonly name: string
  /** Beyond what the collection allows everybody. */
  readonly mayRead: (collection: TaxiiCollection) => boolean
  readonly mayWrite: (collection: TaxiiCollection) => boolean
  /** Whether this object may be known to the client at all. Asked for every object on every way out. */
  readonly maySee: (object: JsonObject, collection: TaxiiCollection) => boolean | Promise<boolean>
  /** Told before an answer with them leaves: a trace of who was given what. */
  readonly onGiven?: (given: Given) => Promise<void>
  /** Objects that the client may not add, each with what is to be mended. They are STIX already. */
  readonly refuseAdded?: (
    objects: readonly JsonObject[],
    collection: TaxiiCollection,
  ) => Promise<ReadonlyMap<JsonObject, string>>
}

export type Given = {
  readonly collection: TaxiiCollection
  readonly objects: readonly Pick<StoredObject, 'id' | 'seq' | 'added'>[]
}

export type Asked = {
  readonly server: TaxiiServer
  readonly request: TaxiiRequest
  readonly client: TaxiiClient
  readonly root: TaxiiRoot
}

/** Shows that somebody looked whether the client may. */
export type Granted = { readonly granted: true }
