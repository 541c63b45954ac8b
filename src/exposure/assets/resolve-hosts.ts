// Which asset a host of a scan is. The strongest alias decides; an alias that another asset has stays with it.

import { createHash } from 'node:crypto'
import { timeOrderedId } from '../../core/index.ts'
import { ALIAS_KINDS } from '../imports/scanned.ts'
import type { Alias, Host } from '../imports/scanned.ts'
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

export async function hostResolver(
  work: Work,
  { source, nowMs, file }: Met,
): Promise<HostResolver> {
  const known = await work
    .selectFrom('exposure_aliases')
    .select(['kind', 'value', 'asset', 'first_asset'])
    .execute()
  const byAlias = new Map(
    known.map((row) => [
      `${row.kind} ${row.value}`,
      { asset: row.asset, firstAsset: row.first_asset },
    ]),
  )
  const byHost = new Map<string, Resolved>()
  const met = new Map<string, Resolved & Alias>()
  const created = new Map<string, { readonly name: string; readonly system: string }>()
  const at = new Date(nowMs).toISOString()

  const resolve = (host: Host): Resolved => {
    const aliases =
      host.aliases.length > 0
        ? host.aliases
        : [{ kind: 'application', value: file.toLowerCase() } as const]
    const key = aliases.map(({ kind, value }) => `${kind} ${value}`).join('|')
    const before = byHost.get(key)
    if (before !== undefined) return before
    const strongest = aliases.toSorted(
      (a, b) => ALIAS_KINDS.indexOf(a.kind) - ALIAS_KINDS.indexOf(b.kind),
    )
    const found = strongest
      .map(({ kind, value }) => byAlias.get(`${kind} ${value}`))
      .find((one) => one !== undefined)
    const resolved = found ?? create(strongest, host.system)
    for (const alias of aliases) {
      const aliasKey = `${alias.kind} ${alias.value}`
      const owner = byAlias.get(aliasKey)
      if (owner === undefined) byAlias.set(aliasKey, resolved)
      if (owner === undefined || owner.asset === resolved.asset)
        met.set(aliasKey, { ...(owner ?? resolved), ...alias })
    }
    byHost.set(key, resolved)
    return resolved
  }
  const create = (aliases: readonly Alias[], system: string | undefined): Resolved => {
    const shown =
      aliases.find(({ kind }) => kind === 'name') ??
      aliases.find(({ kind }) => kind === 'address') ??
      aliases[0]
    const id = `asset-${timeOrderedId(nowMs).slice(0, 8)}-${digest(aliases.map(({ kind, value }) => `${kind} ${value}`).join('|'))}`
    created.set(id, { name: shown?.value ?? file, system: (system ?? '').slice(0, 200) })
    return { asset: id, firstAsset: id }
  }
  return {
    resolve,
    newAssets: () => created.size,
    write: async (target) => {
      await insertInBulk(target, 'exposure_assets', {
        rows: [...created].map(([id, { name, system }]) => ({
          id,
          name,
          system,
          first_seen: at,
          last_seen: at,
        })),
        columns: 'id text, name text, system text, first_seen timestamptz, last_seen timestamptz',
        onConflict: 'ON CONFLICT (id) DO NOTHING',
      })
      await insertInBulk(target, 'exposure_aliases', {
        rows: [...met.values()].map(({ kind, value, asset, firstAsset }) => ({
          kind,
          value,
          asset,
          first_asset: firstAsset,
          source,
          first_seen: at,
          last_seen: at,
        })),
        columns:
          'kind text, value text, asset text, first_asset text, source text, first_seen timestamptz, last_seen timestamptz',
        onConflict:
          'ON CONFLICT (kind, value) DO UPDATE SET last_seen = GREATEST(exposure_aliases.last_seen, excluded.last_seen)',
      })
    },
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
