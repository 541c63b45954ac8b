// What the screens of cases ask of the station.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  Case,
  CaseAsk,
  CaseChange,
  CaseDetail,
  CaseEntryAsk,
  CaseFile,
  CaseProof,
  CaseTaskAsk,
  CaseTaskChange,
  Cases,
  Playbooks,
  CacaoTaken,
  ReportSending,
  ReportView,
  SealedReport,
  StatedReport,
} from '../../api-types.ts'
import { call, params, part } from '../../api.ts'

/** First part of every key here. */
export const CASES = 'cases'

export const casesQuery = queryOptions({
  queryKey: [CASES, 'list'],
  queryFn: () => call<Cases>('/api/cases'),
  placeholderData: keepPreviousData,
})

export const casesOfAlertQuery = (alert: string) =>
  queryOptions({
    queryKey: [CASES, 'alert', alert],
    queryFn: () => call<Cases>(`/api/cases?${params({ alert })}`),
  })

export const caseQuery = (number: string) =>
  queryOptions({
    queryKey: [CASES, 'case', number],
    queryFn: () => call<CaseDetail>(`/api/cases/${part(number)}`),
  })

export const playbooksQuery = queryOptions({
  queryKey: ['playbooks'],
  queryFn: () => call<Playbooks>('/api/playbooks'),
  staleTime: Infinity,
})

export const reportQuery = (number: string, language: 'en' | 'fr') =>
  queryOptions({
    queryKey: [CASES, 'report', number, language],
    queryFn: () => call<ReportView>(`/api/cases/${part(number)}/report?${params({ language })}`),
  })

export const openCase = (body: Partial<CaseAsk> & { title: string }): Promise<Case> =>
  call('/api/cases', { body })
export const changeCase = (number: number, body: CaseChange): Promise<Case> =>
  call(`/api/cases/${number}`, { body })
export const addAlert = (number: number, alert: string): Promise<unknown> =>
  call(`/api/cases/${number}/alerts`, { body: { alert } })
export const writeEntry = (number: number, body: CaseEntryAsk): Promise<unknown> =>
  call(`/api/cases/${number}/entries`, { body })
export const addTask = (number: number, body: Partial<CaseTaskAsk>): Promise<unknown> =>
  call(`/api/cases/${number}/tasks`, { body })
export const changeTask = (number: number, task: string, body: CaseTaskChange): Promise<unknown> =>
  call(`/api/cases/${number}/tasks/${part(task)}`, { body })
export const startPlaybook = (
  number: number,
  body: { playbook: string; language: 'en' | 'fr' },
): Promise<{ tasks: number }> => call(`/api/cases/${number}/playbooks`, { body })
export const keepFile = (
  number: number,
  file: File,
  { origin, collectedBy }: { origin: string; collectedBy: string },
): Promise<CaseFile> =>
  call(
    `/api/case-files?${params({ case: String(number), name: file.name, origin, collectedBy })}`,
    { file },
  )
export const proveCase = (number: number): Promise<CaseProof> => call(`/api/cases/${number}/proof`)
export const stateReport = (number: number, body: StatedReport): Promise<unknown> =>
  call(`/api/cases/${number}/report`, { body })
export const approveReport = (
  number: number,
  body: { digest: string; language: 'en' | 'fr'; rule?: string },
): Promise<unknown> => call(`/api/cases/${number}/report/approval`, { body })
export const reportSent = (
  number: number,
  body: { how: string; reference: string },
): Promise<unknown> => call(`/api/cases/${number}/report/sent`, { body })
export const reportToHub = (
  number: number,
  body: { peer: string; digest: string; language: 'en' | 'fr' },
): Promise<unknown> => call(`/api/cases/${number}/report/hub`, { body })
export const sendingQuery = queryOptions({
  queryKey: [CASES, 'sending'],
  queryFn: () => call<ReportSending>('/api/report-sending'),
})
export const setRecipient = (body: object): Promise<unknown> =>
  call('/api/report-sending/recipients', { body })
export const removeRecipient = (name: string): Promise<unknown> =>
  call(`/api/report-sending/recipients/${part(name)}/remove`, { body: {} })
export const addRule = (body: object): Promise<unknown> =>
  call('/api/report-sending/rules', { body })
export const endRule = (id: string): Promise<unknown> =>
  call(`/api/report-sending/rules/${part(id)}/revoke`, { body: {} })
export const sealReport = (
  number: number,
  body: { recipient: string; format: 'pdf'; language: 'en' | 'fr' },
): Promise<SealedReport> => call(`/api/cases/${number}/report/sealed`, { body })
export const changeRole = (number: number, body: object): Promise<unknown> =>
  call(`/api/cases/${number}/people`, { body })
export const mergeInto = (number: number, into: number): Promise<unknown> =>
  call(`/api/cases/${number}/merge`, { body: { into } })
export const undoMerge = (merge: string): Promise<unknown> =>
  call(`/api/case-merges/${part(merge)}/undo`, { body: {} })
export const importPlaybook = (file: File): Promise<CacaoTaken> => call('/api/playbooks', { file })
