// What a station knows of networks: loaded from a signed pack or from what came with Vigie, asked by address.

import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS } from '../core/index.ts'
import type { Clock } from '../core/index.ts'
import {
  AddressNetworkSchema,
  NetworkDataSchema,
  NetworkKindSchema,
  familySql,
  positionSql,
} from '../model/index.ts'
import type {
  AddressNetwork,
  NetworkData,
  NetworkKind,
  NetworkLoadAsk,
  NetworkSource,
  NetworkState,
} from '../model/index.ts'
import { emptyNext, sql, takePlace, trusted, typed } from '../store/index.ts'
import type { Store } from '../store/index.ts'
import { installedSources } from './installed.ts'
import type { KindOf } from './kinds.ts'
import type { NetworkRange } from './network-range.ts'
import type { PackHeader } from './pack.ts'
import { familyOf, positionOf } from './position.ts'
import { RANGE_STRUCTURE, writeRangeFile } from './range-file.ts'
import { rangesOf, receivePack, refused } from './read-pack.ts'
import { oldestOf, readSources } from './sources.ts'

export type Networks = {
  readonly state: () => Promise<NetworkState>
  /** Kinds of many addresses in one question; what is no address, or of no known kind, is left out. */
  readonly kindsOf: (addresses: readonly string[]) => Promise<ReadonlyMap<string, NetworkKind>>
  /** Undefined for what is no address. */
  readonly find: (address: string) => Promise<AddressNetwork | undefined>
  /** Throws NETWORKS_REFUSED; then what stood stands. */
  readonly load: (
    bytes: AsyncIterable<Uint8Array>,
    ask: NetworkLoadAsk,
    who: string,
  ) => Promise<NetworkState>
  /** Takes what came with Vigie's packages while nothing newer is there. Returns whether it did. */
  readonly loadInstalled: () => Promise<boolean>
}

export type NetworksOptions = {
  readonly store: Pick<Store, 'events' | 'records'>
  readonly clock: Clock
  /** Where ranges wait for the engine. */
  readonly folder: string
  readonly kindOf: KindOf
}

/** Networks change hands slowly, lists of relays fast: after this the data are shown as old. */
const STALE_DAYS = 90

export function openNetworks(options: NetworksOptions): Networks {
  return {
    state: () => stateOf(options),
    kindsOf: (addresses) => kindsOf(options, addresses),
    find: (address) => find(options, address),
    load: async (bytes, ask, who) => {
      await load(options, { bytes, ask, who })
      return stateOf(options)
    },
    loadInstalled: () => loadInstalled(options),
  }
}

async function stateOf({ store, clock }: NetworksOptions): Promise<NetworkState> {
  const data = await standing(store)
  const keys = await store.records.selectFrom('network_keys').select('key').orderBy('key').execute()
  const nowMs = clock.nowMs()
  const ageDays = data === null ? null : Math.floor((nowMs - Date.parse(data.dated)) / DAY_MS)
  return {
    asOf: new Date(nowMs).toISOString(),
    data,
    ageDays,
    stale: ageDays !== null && ageDays > STALE_DAYS,
    keys: keys.map(({ key }) => key),
  }
}

async function standing({ records }: NetworksOptions['store']): Promise<NetworkData | null> {
  const row = await records
    .selectFrom('network_data')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  return NetworkDataSchema.parse({
    ...row,
    dated: row.dated.toISOString(),
    loaded: row.loaded.toISOString(),
    loadedBy: row.loaded_by,
  })
}

async function find(
  { store }: NetworksOptions,
  address: string,
): Promise<AddressNetwork | undefined> {
  const position = positionOf(address)
  if (position === undefined) return undefined
  const at = typed('UInt64', String(position))
  const { rows } = await store.events.ask.query(
    sql`SELECT asn, organisation, kind, country FROM (
  SELECT last, asn, organisation, kind, country FROM networks WHERE family = ${familyOf(position)} AND first <= ${at} ORDER BY first DESC LIMIT 1
) WHERE last >= ${at}`,
  )
  const data = await standing(store)
  const none = { asn: 0, organisation: '', kind: '', country: '' }
  return AddressNetworkSchema.parse({
    ...(rows[0] ?? none),
    address,
    dated: data?.dated ?? null,
  })
}

async function kindsOf(
  { store }: NetworksOptions,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, NetworkKind>> {
  const asked = addresses.filter((address) => positionOf(address) !== undefined)
  if (asked.length === 0) return new Map()
  const { rows } = await store.events.ask.query<{ address: string; kind: string }>(
    sql`SELECT a.address AS address, toString(n.kind) AS kind FROM (
  SELECT address, ${trusted(familySql('ip'))} AS family, ${trusted(positionSql('ip'))} AS position
  FROM (SELECT arrayJoin(${typed('Array(String)', asked)}) AS address, toIPv6(address) AS ip)
) AS a ASOF INNER JOIN networks AS n ON n.family = a.family AND n.first <= a.position
WHERE n.last >= a.position`,
  )
  return new Map(
    rows.flatMap(({ address, kind }) => {
      const known = NetworkKindSchema.safeParse(kind)
      return known.success ? [[address, known.data] as const] : []
    }),
  )
}

type Loading = {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly ask: NetworkLoadAsk
  readonly who: string
}

async function load(options: NetworksOptions, { bytes, ask, who }: Loading): Promise<void> {
  const { store } = options
  const known = await stateOf(options)
  await inFolder(options, async (folder) => {
    const body = join(folder, 'ranges.gz')
    const { header, key } = await receivePack(bytes, body, (signed) => {
      if (signed.key !== ask.key && !known.keys.includes(signed.key))
        throw refused('unknown_key', signed.key)
      refuseOlder(signed.header, known.data, ask)
    })
    const ranges = await replaceRanges(options, folder, rangesOf(body))
    await remember(options, {
      origin: 'pack',
      dated: header.dated,
      loadedBy: who,
      ranges,
      key,
      sources: header.sources,
    })
    await trust(store, { key, who, nowMs: options.clock.nowMs() })
  })
}

function refuseOlder({ dated }: PackHeader, data: NetworkData | null, ask: NetworkLoadAsk): void {
  if (data !== null && !ask.older && Date.parse(dated) < Date.parse(data.dated))
    throw refused('older', `${dated.slice(0, 10)} < ${data.dated.slice(0, 10)}`)
}

async function trust(
  { records }: NetworksOptions['store'],
  { key, who, nowMs }: { readonly key: string; readonly who: string; readonly nowMs: number },
): Promise<void> {
  await records
    .insertInto('network_keys')
    .values({ key, trusted: new Date(nowMs), trusted_by: who })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

async function loadInstalled(options: NetworksOptions): Promise<boolean> {
  const sources = installedSources()
  const data = await standing(options.store)
  if (sources === undefined) return false
  const dated = oldestOf(sources.said)
  if (data !== null && Date.parse(data.dated) >= Date.parse(dated)) return false
  await inFolder(options, async (folder) => {
    const merged = await readSources(sources, options.kindOf)
    const ranges = await replaceRanges(options, folder, merged)
    const loadedBy = ''
    await remember(options, {
      origin: 'installed',
      dated,
      loadedBy,
      ranges,
      key: '',
      sources: sources.said,
    })
  })
  return true
}

async function inFolder(
  { folder }: NetworksOptions,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const own = mkdtempSync(join(folder, 'networks-'))
  try {
    await work(own)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

/** Builds beside what stands, and takes its place when all of it is there. Returns how many ranges there are. */
async function replaceRanges(
  { store: { events } }: NetworksOptions,
  folder: string,
  ranges: AsyncIterable<NetworkRange> | Iterable<NetworkRange>,
): Promise<number> {
  const file = join(folder, 'ranges.rows')
  const count = await writeRangeFile(file, ranges)
  if (count === 0) throw refused('nothing')
  await events.define(emptyNext(events.cluster, 'networks'))
  await events.ask.load({
    file,
    structure: RANGE_STRUCTURE,
    insert: sql`INSERT INTO networks_next (family, first, last, asn, organisation, kind, country)
SELECT family, first, last, asn, organisation, kind, country FROM`,
    where: trusted(''),
  })
  for (const statement of takePlace(events.cluster, 'networks')) await events.define(statement)
  return count
}

type Loaded = Omit<NetworkData, 'loaded' | 'sources'> & {
  readonly sources: readonly NetworkSource[]
}

async function remember({ store, clock }: NetworksOptions, data: Loaded): Promise<void> {
  const { loadedBy, sources, ...rest } = data
  await store.records
    .insertInto('network_data')
    .values({
      ...rest,
      loaded: new Date(clock.nowMs()),
      loaded_by: loadedBy,
      sources: JSON.stringify(sources),
    })
    .execute()
}
