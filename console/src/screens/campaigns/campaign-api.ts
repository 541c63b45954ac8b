// What the screen of campaigns asks of the hub.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { CampaignDetail, CampaignList, IncidentTaken } from '../../api-types.ts'
import { call, params, part } from '../../api.ts'

/** First part of every key here. */
export const CAMPAIGNS = 'campaigns'
const EVERY_MS = 10_000

export const campaignsQuery = queryOptions({
  queryKey: [CAMPAIGNS, 'list'],
  queryFn: () => call<CampaignList>('/api/campaigns'),
  placeholderData: keepPreviousData,
  refetchInterval: EVERY_MS,
})
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: [CAMPAIGNS, 'one', id],
    queryFn: () => call<CampaignDetail>(`/api/campaigns/${part(id)}`),
    refetchInterval: EVERY_MS,
  })

/** The hub reads what is sent by its own schemas. */
export const act = (body: object): Promise<unknown> => call('/api/campaigns/acts', { body })
export const undo = (id: string): Promise<unknown> =>
  call(`/api/campaigns/acts/${part(id)}/undo`, { body: {} })
export const writeIncident = (body: object): Promise<unknown> =>
  call('/api/campaigns/incidents', { body })
export const pageAddress = (id: string, language: string, others: boolean): string =>
  `/api/campaigns/${part(id)}/page?${params({ language, others: String(others) })}`
export const importIncident = (file: File, organisation: string): Promise<IncidentTaken> =>
  call(`/api/campaigns/incident-files?${params({ organisation })}`, { file })
