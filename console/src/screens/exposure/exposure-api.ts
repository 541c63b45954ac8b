// What the exposure screens ask of the station.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  Advisories,
  Asset,
  AssetDetail,
  Assets,
  ExceptionAsk,
  Exposures,
  Facets,
  Feeds,
  KnowledgeList,
  Patches,
  ScanImported,
} from '../../api-types.ts'
import { call, params, part } from '../../api.ts'

/** First part of every key here. */
export const EXPOSURE = 'exposure'
/** As many as the station gives at once. */
const MOST = '1000'
const HOST_MOST = '200'

/** A part of the estate, as the address of the screen says it. */
export type Narrow = {
  readonly [
    N in 'text' | 'deadline' | 'exploited' | 'facing' | 'zone' | 'owner' | 'criticality' | 'vendor'
  ]?: string | undefined
}

/** `within`: days, and everything overdue; all where it is left out. */
export const advisoriesQuery = (within: string, narrow: Narrow) =>
  queryOptions({
    queryKey: [EXPOSURE, 'advisories', within, narrow],
    queryFn: () =>
      call<Advisories>(`/api/exposure/advisories?${params({ limit: MOST, within, ...narrow })}`),
    placeholderData: keepPreviousData,
  })

export const patchesQuery = (within: string, narrow: Narrow) =>
  queryOptions({
    queryKey: [EXPOSURE, 'patches', within, narrow],
    queryFn: () =>
      call<Patches>(`/api/exposure/patches?${params({ limit: MOST, within, ...narrow })}`),
    placeholderData: keepPreviousData,
  })

export const exportAddress = (ask: Narrow & { within: string; language: string }): string =>
  `/api/exposure/export?${params(ask)}`

export const facetsQuery = (narrow: Narrow) =>
  queryOptions({
    queryKey: [EXPOSURE, 'facets', narrow],
    queryFn: () => call<Facets>(`/api/exposure/facets?${params(narrow)}`),
    placeholderData: keepPreviousData,
  })

const STATES = ['open', 'unsure', 'fixed', 'not-affected'] as const

/** Open ones first, then those a person has to decide, then those that are over, with their proof. */
export const exposuresQuery = (vulnerability: string) =>
  queryOptions({
    queryKey: [EXPOSURE, 'exposures', vulnerability],
    queryFn: async () => {
      const each = await Promise.all(STATES.map((state) => exposuresOf(vulnerability, state)))
      return each.flatMap(({ exposures }) => exposures)
    },
  })

const exposuresOf = (vulnerability: string, state: string): Promise<Exposures> =>
  call(`/api/exposure/exposures?${params({ vulnerability, state, limit: HOST_MOST })}`)

export const assetsQuery = (text: string) =>
  queryOptions({
    queryKey: [EXPOSURE, 'assets', text],
    queryFn: () => call<Assets>(`/api/exposure/assets?${params({ text, limit: MOST })}`),
    placeholderData: keepPreviousData,
  })

export const assetQuery = (id: string) =>
  queryOptions({
    queryKey: [EXPOSURE, 'asset', id],
    queryFn: () => call<AssetDetail>(`/api/exposure/assets/${part(id)}`),
  })

export const feedsQuery = queryOptions({
  queryKey: [EXPOSURE, 'feeds'],
  queryFn: () => call<Feeds>('/api/exposure/feeds'),
})

/** The station reads the change by its own schema. */
export const changeAsset = (id: string, body: object): Promise<Asset> =>
  call(`/api/exposure/assets/${part(id)}`, { body })
export const mergeAsset = (id: string, into: string): Promise<Asset> =>
  call(`/api/exposure/assets/${part(id)}/merge`, { body: { into } })
export const unmergeAsset = (id: string): Promise<Asset> =>
  call(`/api/exposure/assets/${part(id)}/unmerge`, { body: {} })
export const except = (body: ExceptionAsk): Promise<unknown> =>
  call('/api/exposure/exceptions', { body })
export const revokeException = (id: string): Promise<unknown> =>
  call(`/api/exposure/exceptions/${part(id)}`, { method: 'DELETE' })

export const importScan = (
  file: File,
  { complete, external }: { complete: boolean; external: boolean },
): Promise<ScanImported> => {
  const ask = { file: file.name, complete: String(complete), external: String(external) }
  return call(`/api/exposure/imports?${params(ask)}`, { file })
}
export const loadKnowledge = (file: File): Promise<KnowledgeList> =>
  call(`/api/exposure/knowledge?${params({ file: file.name })}`, { file })
