// What the screen of blind matching asks of the station.

import { queryOptions } from '@tanstack/react-query'
import type { BlindState, SensitiveAdded } from '../../api-types.ts'
import { call, params } from '../../api.ts'
import { SHARING } from './share-api.ts'

const EVERY_MS = 5000

export const blindQuery = queryOptions({
  queryKey: [SHARING, 'blind'],
  queryFn: () => call<BlindState>('/api/share/blind'),
  refetchInterval: EVERY_MS,
})

/** The station reads what is asked by its own schemas. */
export const switchAsking = (body: object): Promise<unknown> =>
  call('/api/share/blind/hubs', { body })
export const decideHit = (hit: number, tell: boolean): Promise<unknown> =>
  call('/api/share/blind/decisions', { body: { hits: [hit], tell } })
export const removeSensitive = (id: string): Promise<unknown> =>
  call('/api/share/blind/removals', { body: { id } })
export const rotateKeys = (): Promise<unknown> => call('/api/share/blind/epochs', { body: {} })
export const setBudget = (body: object): Promise<unknown> =>
  call('/api/share/blind/budgets', { body })

type Adding = { readonly file: File; readonly marking: string; readonly note: string }
export const addSensitive = ({ file, marking, note }: Adding): Promise<SensitiveAdded> =>
  call(`/api/share/blind/values?${params({ marking, note })}`, { file })
