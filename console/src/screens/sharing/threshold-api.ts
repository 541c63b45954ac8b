// What the screen of blind matching asks of logins that several members met.

import { queryOptions } from '@tanstack/react-query'
import type { Published, ThresholdShown, ThresholdState } from '../../api-types.ts'
import { call } from '../../api.ts'
import { SHARING } from './share-api.ts'

const EVERY_MS = 5000

export const thresholdQuery = queryOptions({
  queryKey: [SHARING, 'threshold'],
  queryFn: () => call<ThresholdState>('/api/share/threshold'),
  refetchInterval: EVERY_MS,
})

/** The station reads what is asked by its own schemas. */
export const showTerms = (peer: string): Promise<ThresholdShown> =>
  call('/api/share/threshold/terms', { body: { peer } })
export const switchReporting = (body: object): Promise<unknown> =>
  call('/api/share/threshold/hubs', { body })
export const offerTerms = (body: object): Promise<unknown> =>
  call('/api/share/threshold/offers', { body })
export const setGroup = (body: object): Promise<unknown> =>
  call('/api/share/threshold/groups', { body })
export const giveOpened = (body: object): Promise<Published> =>
  call('/api/share/threshold/indicators', { body })
