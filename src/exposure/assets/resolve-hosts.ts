// Which asset a host of a scan is. The strongest alias decides; an alias that another asset has stays with it.

import { createHash } from 'node:crypto'
import { timeOrderedId } from '../../core/index.ts'
import { ALIAS_KINDS } from '../imports/scanned.ts'
import type { Alias, AliasKind, Host } from '../imports/scanned.ts'
import { insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'

export type Resolved = {
  readonly asset: string
  /** Who it was before assets were merged: findings are told apart by it, so that merging changes none. */
  readonly firstAsset: string
}

export type HostResolver = {
  readonly resolve: (host: Host) => Resolved
  readonly newAssets: () => number
  /** Writes new assets and aliases, and when those met were last seen. */
  readonly write: (work: Work) => Promise<void>
}

type Met = { readonly source: string; readonly nowMs: number; readonly file: string }

type Created = {
  readonly name: string
  readonly system: string
  readonly aliases: readonly Alias[]
}
type State = {
  readonly byAlias: Map<string, Resolved>
  readonly byHost: Map<string, Resolved>
  readonly met: Map<string, Resolved & Alias & { readonly isNew?: boolean }>
  readonly created: Map<string, Created>
  /** Ids that clouds gave, of each asset. */
  readonly cloudIds: Map<string, string>
}

export async function hostResolver(work: Work, met: Met): Promise<HostResolver> {
  const known = await work
    .selectFrom('exposure_aliases')
    .select(['kind', 'value', 'asset', 'first_asset'])
    .execute()
  const state: State = {
    byAlias: new Map(
      known.map(({ kind, value, asset, first_asset }) => [
        `${kind} ${value}`,
        { asset, firstAsset: first_asset },
      ]),
    ),
    byHost: new Map(),
    met: new Map(),
    created: new Map(),
    cloudIds: new Map(
      known.flatMap(({ kind, value, asset }) =>
        kind === 'tool' && CLOUD.test(value) ? [[asset, value] as const] : [],
      ),
    ),
  }
  return {
    resolve: (host) => resolve(host, state, met),
    newAssets: () => state.created.size,
    write: (target) => writeHosts(target, state, met),
  }
}

/** Addresses inside a cloud are given again in the next network, names in the next group: two ids are two machines. */
const CLOUD = /^(?:aws|azure|gcp)\//

/** Aliases that the history of an asset tells of its beginning. */
const MOST_TOLD = 20

const keyOf = ({ kind, value }: Alias) => `${kind} ${value}`

function resolve(host: Host, state: State, met: Met): Resolved {
  const nameless = [{ kind: 'application', value: met.file.toLowerCase() } as const]
  const aliases = host.aliases.length > 0 ? host.aliases : nameless
  const key = aliases.map(keyOf).join('|')
  const before = state.byHost.get(key)
  if (before !== undefined) return before
  const rank = ({ kind }: Alias) => ALIAS_KINDS.indexOf(kind)
  const strongest = aliases.toSorted((a, b) => rank(a) - rank(b))
  const cloudId = aliases.find(({ kind, value }) => kind === 'tool' && CLOUD.test(value))?.value
  const isOther = ({ asset }: Resolved): boolean => {
    const known = state.cloudIds.get(asset)
    return cloudId !== undefined && known !== undefined && known !== cloudId
  }
  const found = strongest.map((alias) => {
    const owner = state.byAlias.get(keyOf(alias))
    return owner === undefined || isOther(owner) ? undefined : owner
  })
  const resolved = found.find((one) => one !== undefined) ?? create(strongest, host, { state, met })
  if (cloudId !== undefined) state.cloudIds.set(resolved.asset, cloudId)
  for (const alias of aliases) {
    const owner = state.byAlias.get(keyOf(alias))
    if (owner === undefined) state.byAlias.set(keyOf(alias), resolved)
    if (owner === undefined || owner.asset === resolved.asset)
      state.met.set(keyOf(alias), {
        ...(owner ?? resolved),
        ...alias,
        isNew: owner === undefined || state.met.get(keyOf(alias))?.isNew === true,
      })
  }
  state.byHost.set(key, resolved)
  return resolved
}

function create(
  aliases: readonly Alias[],
  { system, shown: called }: Host,
  { state, met }: { readonly state: State; readonly met: Met },
): Resolved {
  const ofKind = (wanted: AliasKind) => aliases.find(({ kind }) => kind === wanted)
  const shown = ofKind('name') ?? ofKind('address') ?? aliases[0]
  const day = timeOrderedId(met.nowMs).slice(0, 8)
  const id = `asset-${day}-${digest(aliases.map(keyOf).join('|'))}`
  state.created.set(id, {
    name: (called ?? shown?.value ?? met.file).slice(0, 500),
    system: (system ?? '').slice(0, 200),
    aliases: aliases.slice(0, MOST_TOLD),
  })
  return { asset: id, firstAsset: id }
}

async function writeHosts(work: Work, state: State, met: Met): Promise<void> {
  const { created, met: aliases } = state
  const { source, nowMs } = met
  await rememberHosts(work, state, met)
  const at = new Date(nowMs).toISOString()
  const seen = { first_seen: at, last_seen: at }
  await insertInBulk(work, 'exposure_assets', {
    rows: [...created].map(([id, { name, system }]) => ({ id, name, system, ...seen })),
    columns: 'id text, name text, system text, first_seen timestamptz, last_seen timestamptz',
    onConflict: 'ON CONFLICT (id) DO NOTHING',
  })
  await insertInBulk(work, 'exposure_aliases', {
    rows: [...aliases.values()].map(({ kind, value, asset, firstAsset }) => ({
      kind,
      value,
      asset,
      first_asset: firstAsset,
      source,
      ...seen,
    })),
    columns:
      'kind text, value text, asset text, first_asset text, source text, first_seen timestamptz, last_seen timestamptz',
    onConflict:
      'ON CONFLICT (kind, value) DO UPDATE SET last_seen = GREATEST(exposure_aliases.last_seen, excluded.last_seen)',
  })
}

/** Where an asset came from, and each name it got later, stand in its history. */
async function rememberHosts(
  work: Work,
  { created, met: aliases }: State,
  { source, nowMs }: Met,
): Promise<void> {
  const at = new Date(nowMs).toISOString()
  const row = (asset: string, action: string, detail: object) => ({
    asset,
    at,
    who: source,
    action,
    detail,
  })
  const fresh = [...aliases.values()].filter(
    ({ isNew, asset }) => isNew === true && !created.has(asset),
  )
  await insertInBulk(work, 'exposure_asset_history', {
    rows: [
      ...[...created].map(([id, { aliases: first }]) =>
        row(id, 'found', { source, aliases: first }),
      ),
      ...fresh.map(({ kind, value, asset }) => row(asset, 'alias', { source, kind, value })),
    ],
    columns: 'asset text, at timestamptz, who text, action text, detail jsonb',
    onConflict: '',
  })
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
