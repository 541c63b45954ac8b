// For tests: a TAXII server over records in memory, seeded as a case says, asked without a socket.

import { randomBytes } from 'node:crypto'
import { systemClock } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import type { TaxiiAnswer, TaxiiClient, TaxiiServer } from './asked.ts'
import { saveCollection, saveRoot } from './collections.ts'
import type { TaxiiCollection } from './collections.ts'
import { handleTaxii } from './handle.ts'
import { TAXII_MEDIA } from './media-types.ts'
import { addObjects } from './object-changes.ts'

export const ROOT = '/root/'
export const COLLECTION: TaxiiCollection = {
  root: ROOT,
  id: '91a7b528-80eb-42ed-a74d-c6fbd5a26116',
  title: 'Indicators',
  description: null,
  alias: 'indicators',
  canRead: true,
  canWrite: true,
  mediaTypes: [],
}

export async function memoryRecords(): Promise<Records> {
  const records = await openTemporaryRecords()
  await saveRoot(records, {
    path: ROOT,
    place: 0,
    title: 'Root',
    description: null,
    maxBytes: 1_000_000,
  })
  await saveCollection(records, { ...COLLECTION, place: 0 })
  return records
}

export const ANYBODY: TaxiiClient = {
  name: 'anybody',
  mayRead: () => true,
  mayWrite: () => true,
  maySee: () => true,
}

export function serverOf(records: Records, change: Partial<TaxiiServer> = {}): TaxiiServer {
  return {
    records,
    clock: systemClock,
    secret: randomBytes(32),
    title: 'Server',
    defaultRoot: ROOT,
    address: 'http://localhost:5000',
    pageSize: 20,
    identify: async (authorization) => (authorization === 'no' ? undefined : ANYBODY),
    onTrouble: (id, cause) => {
      throw new Error(id, { cause })
    },
    ...change,
  }
}

export type Ask = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export function ask(
  server: TaxiiServer,
  url: string,
  { method = 'GET', headers = {}, body = '' }: Ask = {},
): Promise<TaxiiAnswer> {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const given = new Map(
    Object.entries({ accept: TAXII_MEDIA, ...headers }).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]),
  )
  return handleTaxii(server, {
    method,
    path: decodeURIComponent(pathname),
    parameters: searchParams,
    header: (name) => given.get(name),
    body: async (most) => (Buffer.byteLength(body) > most ? undefined : body),
  })
}

export const post = (server: TaxiiServer, url: string, objects: unknown) =>
  ask(server, url, {
    method: 'POST',
    headers: { 'content-type': TAXII_MEDIA },
    body: JSON.stringify({ objects }),
  })

/** A valid indicator, the `at`-th. */
export function indicator(at: number, change: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--8e2e2d2b-17d4-4cbf-938f-${String(at).padStart(12, '0')}`,
    created: '2026-04-06T20:03:48.000Z',
    modified: '2026-04-06T20:03:48.000Z',
    name: `Indicator ${at}`,
    pattern: `[ipv4-addr:value = '198.51.100.${at % 256}']`,
    pattern_type: 'stix',
    valid_from: '2026-04-06T20:03:48Z',
    ...change,
  }
}

export async function seed(records: Records, count: number, nowMs: number): Promise<void> {
  const objects = Array.from({ length: count }, (_, at) => indicator(at))
  await addObjects(records, { root: ROOT, collection: COLLECTION.id }, { objects, nowMs })
}
