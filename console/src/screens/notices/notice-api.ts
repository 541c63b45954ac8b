// What the screens of notices ask of the station.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  NoticeList,
  OwnRegistration,
  RegisteredList,
  ReportTaken,
  ToldList,
} from '../../api-types.ts'
import { call, params, part } from '../../api.ts'

/** First part of every key here. */
export const NOTICES = 'notices'
/** Clocks run, and answers come, by themselves. */
const EVERY_MS = 5000

export const noticesQuery = queryOptions({
  queryKey: [NOTICES, 'list'],
  queryFn: () => call<NoticeList>(`/api/notices?${params({ limit: '500' })}`),
  placeholderData: keepPreviousData,
  refetchInterval: EVERY_MS,
})
export const toldQuery = queryOptions({
  queryKey: [NOTICES, 'told'],
  queryFn: () => call<ToldList>('/api/notices/told'),
  refetchInterval: EVERY_MS,
})
export const ownQuery = queryOptions({
  queryKey: [NOTICES, 'own'],
  queryFn: () => call<OwnRegistration>('/api/registration'),
  refetchInterval: EVERY_MS,
})
export const organisationsQuery = queryOptions({
  queryKey: [NOTICES, 'organisations'],
  queryFn: () => call<RegisteredList>('/api/organisations'),
  refetchInterval: EVERY_MS,
})

/** The station reads what is sent by its own schemas. */
export const answerNotice = (id: string, body: object): Promise<unknown> =>
  call(`/api/notices/${part(id)}/answers`, { body })
export const noteCall = (id: string, reached: boolean): Promise<unknown> =>
  call(`/api/notices/${part(id)}/calls`, { body: { reached } })
export const answerTold = (id: string, answer: string): Promise<unknown> =>
  call(`/api/notices/told/${part(id)}/answers`, { body: { answer } })
export const settle = (id: string): Promise<unknown> =>
  call(`/api/notices/unplaced/${part(id)}/settle`, { body: {} })
export const confirmAll = (organisation: string): Promise<unknown> =>
  call('/api/organisations/confirmations', { body: { organisation } })
export const register = (registration: object): Promise<unknown> =>
  call('/api/registration', { body: registration })
export const enter = (registration: object): Promise<unknown> =>
  call('/api/organisations', { body: { registration } })
export const takeReport = (file: File): Promise<ReportTaken> =>
  call(`/api/notices/reports?${params({ name: file.name })}`, { file })
export const sheetAddress = (id: string, language: string): string =>
  `/api/notices/${part(id)}/sheet?${params({ language })}`
