// What the screens of devices ask of the station.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  ChangeRecord,
  ChangeRecordAsk,
  ChangeRecords,
  ChangeRecordsImported,
  Compared,
  ConfigFolder,
  ConfigRepositories,
  ConfigTaken,
  DeviceActs,
  DeviceChangeDetail,
  DeviceChanges,
  DeviceDetail,
  DevicePulls,
  Devices,
  PullAsk,
} from '../../api-types.ts'
import { call, params, part } from '../../api.ts'

/** First part of every key here. */
export const DEVICES = 'devices'
/** As many as the station gives at once. */
const MOST = '1000'

export const devicesQuery = queryOptions({
  queryKey: [DEVICES, 'list'],
  queryFn: () => call<Devices>('/api/devices'),
  placeholderData: keepPreviousData,
})

export const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: [DEVICES, 'device', id],
    queryFn: () => call<DeviceDetail>(`/api/devices/${part(id)}`),
  })

export const deviceActsQuery = (id: string) =>
  queryOptions({
    queryKey: [DEVICES, 'acts', id],
    queryFn: () => call<DeviceActs>(`/api/devices/${part(id)}/acts`),
  })

export const deviceChangesQuery = queryOptions({
  queryKey: [DEVICES, 'changes'],
  queryFn: () => call<DeviceChanges>(`/api/device-changes?${params({ limit: MOST })}`),
  placeholderData: keepPreviousData,
})

export const deviceChangeQuery = (id: string) =>
  queryOptions({
    queryKey: [DEVICES, 'change', id],
    queryFn: () => call<DeviceChangeDetail>(`/api/device-changes/${part(id)}`),
  })

export const changeRecordsQuery = queryOptions({
  queryKey: [DEVICES, 'records'],
  queryFn: () => call<ChangeRecords>('/api/change-records'),
})

export const compareQuery = (before: string, after: string) =>
  queryOptions({
    queryKey: [DEVICES, 'compare', before, after],
    queryFn: () => call<Compared>(`/api/configuration-differences?${params({ before, after })}`),
    staleTime: Infinity,
  })

export const takeConfig = (file: File, device: string): Promise<ConfigTaken> => {
  const ask = { source: file.name, ...(device === '' ? {} : { device }) }
  return call(`/api/configurations?${params(ask)}`, { file })
}
export const explainChange = (
  id: string,
  body: { reason: string; reference: string },
): Promise<ChangeRecord> => call(`/api/device-changes/${part(id)}/approve`, { body })
export const addRecord = (body: ChangeRecordAsk): Promise<ChangeRecord> =>
  call('/api/change-records', { body })
export const revokeRecord = (id: string): Promise<unknown> =>
  call(`/api/change-records/${part(id)}`, { method: 'DELETE' })
export const importRecords = (file: File): Promise<ChangeRecordsImported> =>
  call('/api/change-records/imports', { file })

export const configFolderQuery = queryOptions({
  queryKey: [DEVICES, 'folder'],
  queryFn: () => call<ConfigFolder>('/api/config-folder'),
})
export const repositoriesQuery = queryOptions({
  queryKey: [DEVICES, 'repositories'],
  queryFn: () => call<ConfigRepositories>('/api/config-repositories'),
})
export const devicePullsQuery = queryOptions({
  queryKey: [DEVICES, 'pulls'],
  queryFn: () => call<DevicePulls>('/api/device-pulls'),
})
export const followRepository = (body: { place: string; branch: string }): Promise<unknown> =>
  call('/api/config-repositories', { body })
export const unfollowRepository = (place: string): Promise<unknown> =>
  call(`/api/config-repositories?${params({ place })}`, { method: 'DELETE' })
export const addPull = (body: Omit<PullAsk, 'every'>): Promise<unknown> =>
  call('/api/device-pulls', { body })
export const confirmPullKey = (device: string, key: string): Promise<unknown> =>
  call(`/api/device-pulls/${part(device)}/host-key`, { body: { key } })
export const pullNow = (device: string): Promise<unknown> =>
  call(`/api/device-pulls/${part(device)}/now`, { body: {} })
export const removePull = (device: string): Promise<unknown> =>
  call(`/api/device-pulls/${part(device)}`, { method: 'DELETE' })
