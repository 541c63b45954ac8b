// Every call to the station. A refusal becomes an ApiProblem that carries the station's own sentence in both languages.

import type * as api from './api-types.ts'

/** `sentence` is null when the station did not answer at all. */
export class ApiProblem extends Error {
  readonly status: number
  readonly sentence: { readonly en: string; readonly fr: string } | null

  constructor(status: number, body: api.ProblemBody | null) {
    super(body?.sentence.en ?? `HTTP ${status}`)
    this.status = status
    this.sentence = body?.sentence ?? null
  }
}

type Call = { method?: 'POST' | 'DELETE'; body?: unknown; file?: Blob; signal?: AbortSignal }

/** Sends one request. The body is trusted as typed: the station validates it with the same schemas before it answers. */
export async function call<T>(path: string, { method, body, file, signal }: Call = {}): Promise<T> {
  const isSent = body !== undefined || file !== undefined
  const init: RequestInit = { method: method ?? (isSent ? 'POST' : 'GET') }
  if (file) {
    init.body = file
    init.headers = { 'content-type': 'application/octet-stream' }
  }
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { 'content-type': 'application/json' }
  }
  if (signal) init.signal = signal
  const answer = await fetch(path, init).catch((thrown: unknown) => {
    if (signal?.aborted) throw thrown
    throw new ApiProblem(0, null)
  })
  const json: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw new ApiProblem(answer.status, isProblem(json) ? json : null)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the edge of the console: the station's schemas made it
  return json as T
}

function isProblem(json: unknown): json is api.ProblemBody {
  return typeof json === 'object' && json !== null && 'sentence' in json
}

export const part = encodeURIComponent

export const getSession = (): Promise<api.Session> => call('/api/session')
export const signIn = (token: string): Promise<api.Session> =>
  call('/api/session', { body: { token } })
export const signOut = (): Promise<unknown> => call('/api/session', { method: 'DELETE' })

export const getOverview = (): Promise<api.Overview> => call('/api/overview')

export const searchAlerts = (
  filter: api.AlertFilter,
  signal?: AbortSignal,
): Promise<api.AlertList> => call('/api/alerts/search', { body: filter, ...(signal && { signal }) })
export const getAlert = (id: string): Promise<api.AlertDetail> => call(`/api/alerts/${part(id)}`)
export const changeAlerts = (change: api.AlertChange): Promise<api.AlertChanged> =>
  call('/api/alerts/change', { body: change })
export const undoChange = (undo: string): Promise<unknown> =>
  call('/api/alerts/undo', { body: { undo } })

export const getHuntFields = (): Promise<{ fields: api.HuntField[] }> => call('/api/hunt/fields')
export const searchEvents = (search: api.HuntSearch, signal: AbortSignal): Promise<api.HuntRows> =>
  call('/api/hunt/search', { body: search, signal })
export const getHistogram = (hunt: api.Hunt, signal: AbortSignal): Promise<api.HuntHistogram> =>
  call('/api/hunt/histogram', { body: hunt, signal })
export const getTop = (request: api.HuntTopRequest, signal: AbortSignal): Promise<api.HuntTop> =>
  call('/api/hunt/top', { body: request, signal })
export const getEvent = (batch: string, line: string): Promise<api.EventDetail> =>
  call(`/api/hunt/event/${part(batch)}/${part(line)}`)

export const getSources = (): Promise<api.SourceList> => call('/api/sources')
export const setParser = (name: string, parser: string | null): Promise<unknown> =>
  call(`/api/sources/${part(name)}`, { body: { parser } })

export const getRules = (): Promise<api.RuleList> => call('/api/rules')
export const getAnalytics = (): Promise<api.AnalyticList> => call('/api/analytics')
export const getCoverage = (): Promise<api.Coverage> => call('/api/coverage')
export const getRule = (id: string): Promise<api.RuleDetail> => call(`/api/rules/${part(id)}`)

export const getEntity = (kind: string, name: string): Promise<api.EntityDetail> =>
  call(`/api/entity?${params({ kind, name })}`)

export const getRuleRuns = (): Promise<api.HistoryRunList> => call('/api/rule-runs')
export const startRuleRun = (ask: api.HistoryAsk): Promise<api.HistoryRun> =>
  call('/api/rule-runs', { body: ask })
export const stopRuleRun = (id: string): Promise<api.HistoryRun> =>
  call(`/api/rule-runs/${part(id)}/stop`, { body: {} })
export const resumeRuleRun = (id: string): Promise<api.HistoryRun> =>
  call(`/api/rule-runs/${part(id)}/resume`, { body: {} })

export const checkRule = (text: string, signal: AbortSignal): Promise<api.RuleCheck> =>
  call('/api/rule-checks', { body: { text }, signal })
export const startTrial = (ask: api.TrialAsk): Promise<api.RuleTrial> =>
  call('/api/rule-trials', { body: ask })
export const getTrial = (id: string): Promise<api.RuleTrial> => call(`/api/rule-trials/${part(id)}`)
export const stopTrial = (id: string): Promise<api.RuleTrial> =>
  call(`/api/rule-trials/${part(id)}/stop`, { body: {} })
export const draftRule = (ask: api.DraftAsk): Promise<{ text: string }> =>
  call('/api/rule-drafts', { body: ask })
export const readRuleFile = (name: string): Promise<{ text: string }> =>
  call(`/api/rule-files/${part(name)}`)
export const saveRule = (text: string): Promise<api.RuleFile> =>
  call('/api/rule-files', { body: { text } })
export const removeRuleFile = (name: string): Promise<unknown> =>
  call(`/api/rule-files/${part(name)}`, { method: 'DELETE' })

export const getIndicatorLists = (): Promise<api.IndicatorLists> => call('/api/indicator-lists')
export const getIndicatorSearches = (): Promise<api.IndicatorSearches> =>
  call('/api/indicator-searches')
export const findIndicators = (
  text: string,
  list: string,
  limit: number,
): Promise<api.Indicators> =>
  call(`/api/indicators?${params({ text, list, limit: String(limit) })}`)
export const importIndicators = ({
  file,
  ...ask
}: {
  file: Blob
  list: string
  marking: string
  confidence: string
}): Promise<api.Imported> => call(`/api/indicator-imports?${params(ask)}`, { file })
export const removeIndicatorList = (list: string): Promise<unknown> =>
  call(`/api/indicator-lists/${part(list)}`, { method: 'DELETE' })

export const getSensors = (): Promise<api.SensorList> => call('/api/sensors')
export const inviteSensor = (ask: { name: string; address?: string }): Promise<api.SensorInvited> =>
  call('/api/sensors', { body: ask })
export const revokeSensor = (name: string): Promise<unknown> =>
  call(`/api/sensors/${part(name)}/revoke`, { body: {} })

/** What is empty or not said stays out. */
export function params(given: { readonly [name: string]: string | undefined }): string {
  const said = Object.entries(given).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value]],
  )
  return new URLSearchParams(said).toString()
}
