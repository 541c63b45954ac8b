// What the screens of zones ask of the station.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  SegmentFlows,
  SegmentPair,
  Segmentation,
  ZonesFile,
  ZonesKeep,
} from '../../api-types.ts'
import { call, params, part } from '../../api.ts'

/** First part of every key here. */
export const ZONES = 'zones'

const JUDGING_MS = 5000

export const segmentationQuery = queryOptions({
  queryKey: [ZONES, 'view'],
  queryFn: () => call<Segmentation>('/api/segmentation'),
  placeholderData: keepPreviousData,
  // While they are being judged.
  refetchInterval: ({ state: { data } }) =>
    data?.state === 'waiting' || data?.isOld === true ? JUDGING_MS : false,
})

export const segmentFlowsQuery = queryOptions({
  queryKey: [ZONES, 'flows'],
  queryFn: () => call<SegmentFlows>('/api/segmentation/flows'),
})

export const segmentPairQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: [ZONES, 'pair', from, to],
    queryFn: () => call<SegmentPair>(`/api/segmentation/pairs/${part(from)}/${part(to)}`),
  })

export const zonesQuery = (version: string) =>
  queryOptions({
    queryKey: [ZONES, 'file', version],
    queryFn: () =>
      call<ZonesFile>(`/api/segmentation/zones?${params(version === '' ? {} : { version })}`),
  })

export const proposalQuery = (language: string) =>
  queryOptions({
    queryKey: [ZONES, 'proposal', language],
    queryFn: () => call<ZonesFile>(`/api/segmentation/proposal?${params({ language })}`),
  })

export const keepZones = (body: ZonesKeep): Promise<ZonesFile> =>
  call('/api/segmentation/zones', { body })
