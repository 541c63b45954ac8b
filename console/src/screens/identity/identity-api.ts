// What the identity screens ask of the station.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  Critical,
  OfficeHours,
  IdentityAccounts,
  IdentityImported,
  IdentityView,
} from '../../api-types.ts'
import { call, params, part } from '../../api.ts'

/** First part of every key here. */
export const IDENTITY = 'identity'
/** As many as the station gives at once. */
const MOST = '1000'

export const identityQuery = queryOptions({
  queryKey: [IDENTITY, 'checks'],
  queryFn: () => call<IdentityView>('/api/identity'),
})
export const accountsQuery = (filter: { text: string; tier: string; kind: string }) =>
  queryOptions({
    queryKey: [IDENTITY, 'accounts', filter],
    queryFn: () =>
      call<IdentityAccounts>(`/api/identity/accounts?${params({ ...filter, limit: MOST })}`),
    placeholderData: keepPreviousData,
  })
/** Clocks run: asked again every minute. */
export const criticalQuery = queryOptions({
  queryKey: [IDENTITY, 'critical'],
  queryFn: () => call<Critical>('/api/critical'),
  refetchInterval: 60_000,
})

export const checkAgain = (): Promise<IdentityView> => call('/api/identity/checks', { body: {} })
export const importExport = (
  file: File,
  ask: { source: string; form: string },
): Promise<IdentityImported> =>
  call(`/api/identity-imports?${params({ file: file.name, ...ask })}`, { file })
/** The station reads these by its own schemas. */
export const keepStatement = (key: string, body: object): Promise<unknown> =>
  call(`/api/identity/statements/${part(key)}`, { body })
export const linkAccount = (body: object): Promise<unknown> => call('/api/identity/links', { body })
export const decide = (id: string, body: object): Promise<unknown> =>
  call(`/api/critical/${part(id)}`, { body })
export const noteCalled = (id: string): Promise<unknown> =>
  call(`/api/critical-calls/${part(id)}/done`, { body: {} })
export const keepHours = (hours: OfficeHours): Promise<unknown> =>
  call('/api/critical-hours', { body: hours })
export const acknowledge = (clock: string): Promise<unknown> =>
  call(`/api/critical-clocks/${part(clock)}/acknowledge`, { body: {} })
