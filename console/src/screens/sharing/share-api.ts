// What the screens of sharing ask of the station.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  JoinAnswer,
  Outbox,
  PassedOn,
  PeerInvited,
  MispFeed,
  MispPreview,
  Preview,
  Published,
  ReceivedList,
  ReportsReceived,
  Seen,
  ShareState,
  SharedContent,
} from '../../api-types.ts'
import { call, params, part } from '../../api.ts'

/** First part of every key here. */
export const SHARING = 'sharing'
/** As many as the station gives at once. */
const MOST = '1000'
/** What passes between stations changes by itself. */
const EVERY_MS = 5000

export const shareQuery = queryOptions({
  queryKey: [SHARING, 'state'],
  queryFn: () => call<ShareState>('/api/share'),
  refetchInterval: EVERY_MS,
})

export const receivedQuery = queryOptions({
  queryKey: [SHARING, 'received'],
  queryFn: () => call<ReceivedList>(`/api/share/received?${params({ limit: MOST })}`),
  placeholderData: keepPreviousData,
  refetchInterval: EVERY_MS,
})

export const outboxQuery = queryOptions({
  queryKey: [SHARING, 'outbox'],
  queryFn: () => call<Outbox>(`/api/share/outbox?${params({ limit: MOST })}`),
  placeholderData: keepPreviousData,
  refetchInterval: EVERY_MS,
})

export const passedOnQuery = queryOptions({
  queryKey: [SHARING, 'passed-on'],
  queryFn: () => call<PassedOn>('/api/share/passed-on'),
  refetchInterval: EVERY_MS,
})

export const seenQuery = queryOptions({
  queryKey: [SHARING, 'seen'],
  queryFn: () => call<Seen>('/api/share/seen'),
  refetchInterval: EVERY_MS,
})

/** The station reads what is asked by its own schemas. */
export const joinHub = (body: object): Promise<JoinAnswer> => call('/api/share/joins', { body })
export const invitePeer = (body: object): Promise<PeerInvited> => call('/api/peers', { body })
export const renewPeer = (name: string, body: object): Promise<unknown> =>
  call(`/api/peers/${part(name)}/renewals`, { body })
export const acceptOffer = (name: string, body: object): Promise<unknown> =>
  call(`/api/peers/${part(name)}/acceptances`, { body })
export const revokePeer = (name: string): Promise<unknown> =>
  call(`/api/peers/${part(name)}/revoke`, { body: {} })
export const decide = (seqs: readonly number[], approve: boolean): Promise<unknown> =>
  call('/api/share/outbox/decisions', { body: { seqs, approve } })

/** A file, and how it is to be given out. */
export type Giving = {
  readonly file: File
  readonly marking: string
  readonly priority: 'urgent' | 'routine'
}

export const previewOf = ({ file, marking, priority }: Giving): Promise<Preview> =>
  call(`/api/share/preview?${params({ marking, priority })}`, { file })
export const publish = ({ file, marking, priority }: Giving): Promise<Published> =>
  call(`/api/share/publications?${params({ marking, priority })}`, { file })
export const mispPreview = (peer: string): Promise<MispPreview> =>
  call(`/api/share/misp/preview?${params({ peer })}`)
export const mispFeed = (peer: string): Promise<MispFeed> =>
  call('/api/share/misp/feeds', { body: { peer } })

export const reportsQuery = queryOptions({
  queryKey: [SHARING, 'reports'],
  queryFn: () => call<ReportsReceived>('/api/share/reports'),
  refetchInterval: 10_000,
})
export const acknowledgeReport = (reference: string): Promise<unknown> =>
  call('/api/share/reports/acknowledgements', { body: { reference } })

export const contentQuery = queryOptions({
  queryKey: [SHARING, 'content'],
  queryFn: () => call<SharedContent>('/api/share/content'),
  refetchInterval: EVERY_MS,
})
export const decideContent = (body: object): Promise<unknown> =>
  call('/api/share/content/decisions', { body })
export const withdraw = (id: string): Promise<unknown> =>
  call('/api/share/withdrawals', { body: { id } })
