// What the screen of evidence asks of the station.

import { queryOptions } from '@tanstack/react-query'
import type { EvidenceReport, EvidenceReports, EvidenceState } from '../../api-types.ts'
import { call } from '../../api.ts'

/** First part of every key here. */
export const EVIDENCE = 'evidence'
const WHILE_VERIFIED_MS = 1000

export const evidenceQuery = queryOptions({
  queryKey: [EVIDENCE, 'state'],
  queryFn: () => call<EvidenceState>('/api/evidence'),
})
/** Asked again while a verification is under way. */
export const verificationQuery = queryOptions({
  queryKey: [EVIDENCE, 'verification'],
  queryFn: () => call<EvidenceReports>('/api/evidence/verifications'),
  refetchInterval: ({ state }) =>
    state.data?.report?.state === 'running' ? WHILE_VERIFIED_MS : false,
})

export const sign = (): Promise<{ note: string }> => call('/api/evidence/checkpoints', { body: {} })
export const verify = (checkpoints: readonly string[]): Promise<EvidenceReport> =>
  call('/api/evidence/verifications', { body: { checkpoints } })
/** The station reads what is asked by its own schemas. */
export const switchWitnessing = (body: object): Promise<unknown> =>
  call('/api/evidence/witnesses', { body })
export const setQuorum = (body: object): Promise<unknown> => call('/api/evidence/quorum', { body })

export const confirmWitness = (body: object): Promise<{ name: string }> =>
  call('/api/evidence/witnesses/confirmations', { body })
export const removeWitness = (key: string): Promise<unknown> =>
  call('/api/evidence/witnesses/removals', { body: { key } })
export const stopSigning = (origin: string, isStopped: boolean): Promise<unknown> =>
  call('/api/evidence/witnessed-logs', { body: { origin, isStopped } })
