// What may stand in the address of each screen: texts only, bounded, and nothing a screen does not know.

import type { RangeParams } from './time-range.ts'

/** Longer is no address a person made here; the server has its own limits. */
const LONGEST = 20_000

type Texts<N extends string> = { [K in N]?: string | undefined }

const RANGE = ['last', 'from', 'to'] as const satisfies readonly (keyof RangeParams)[]
const ALERTS = [
  'state',
  'severity',
  'rule',
  'entity',
  'assignee',
  'text',
  'group',
  'alert',
] as const
const HUNT = ['q', 'sql', 'mode', 'cols', 'order', 'event', 'open', 'fields'] as const
const RULES = ['text', 'state', 'severity', 'rule'] as const
const WORKBENCH = ['batch', 'line', 'alert', 'file'] as const
const COVERAGE = ['technique'] as const
const EXERCISE = ['moment'] as const
const INDICATORS = ['text', 'list'] as const
const SOURCES = ['source'] as const
/** Which part of the estate exposure is asked of, each a choice. */
export const FACETS = [
  'deadline',
  'exploited',
  'facing',
  'zone',
  'owner',
  'criticality',
  'vendor',
] as const
const PART = ['text', ...FACETS] as const
const EXPOSURE = [...PART, 'within', 'advisory'] as const
const WEEK = [...PART, 'within', 'patch'] as const
const CASES = ['text', 'state', 'case'] as const
const DEVICES = ['text', 'device'] as const
const DEVICE_CHANGES = ['text', 'state', 'change'] as const
const ZONES = ['from', 'to'] as const
const ZONES_EDIT = ['version'] as const
const COMPARE = ['before', 'after'] as const
const PEERS = ['peer'] as const
const NOTICES = ['notice'] as const
const CAMPAIGNS = ['campaign'] as const
const RECEIVED = ['text'] as const
const ENTITY = ['kind', 'name'] as const
const OUTBOX = ['state', 'object'] as const
const ASSETS = ['text', 'asset'] as const
const IDENTITY = ['text', 'verdict', 'group', 'check'] as const
const ACCOUNTS = ['text', 'tier', 'kind', 'account'] as const
const CRITICAL = ['item'] as const
const READINESS = ['text', 'state', 'goal'] as const

export type RangeSearch = Texts<(typeof RANGE)[number]>
export type AlertsSearch = RangeSearch & Texts<(typeof ALERTS)[number]>
export type HuntSearchParams = RangeSearch & Texts<(typeof HUNT)[number]>
export type RulesSearch = Texts<(typeof RULES)[number]>
export type WorkbenchSearch = Texts<(typeof WORKBENCH)[number]>
export type CoverageSearch = Texts<(typeof COVERAGE)[number]>
export type IndicatorsSearch = Texts<(typeof INDICATORS)[number]>
export type SourcesSearch = Texts<(typeof SOURCES)[number]>
export type WeekSearch = Texts<(typeof WEEK)[number]>
export type IdentitySearch = Texts<(typeof IDENTITY)[number]>
export type AccountsSearch = Texts<(typeof ACCOUNTS)[number]>
export type ReadinessSearch = Texts<(typeof READINESS)[number]>

export const validateRange = only<(typeof RANGE)[number]>(RANGE)
export const validateAlerts = only<(typeof RANGE | typeof ALERTS)[number]>([...RANGE, ...ALERTS])
export const validateHunt = only<(typeof RANGE | typeof HUNT)[number]>([...RANGE, ...HUNT])
export const validateRules = only<(typeof RULES)[number]>(RULES)
export const validateWorkbench = only<(typeof WORKBENCH)[number]>(WORKBENCH)
export const validateCoverage = only<(typeof COVERAGE)[number]>(COVERAGE)
export const validateExercise = only<(typeof EXERCISE)[number]>(EXERCISE)
export const validateIndicators = only<(typeof INDICATORS)[number]>(INDICATORS)
export const validateNothing = only<never>([])
export const validateSources = only<(typeof SOURCES)[number]>(SOURCES)
export const validateExposure = only<(typeof EXPOSURE)[number]>(EXPOSURE)
export const validateCases = only<(typeof CASES)[number]>(CASES)
export const validateDevices = only<(typeof DEVICES)[number]>(DEVICES)
export const validateDeviceChanges = only<(typeof DEVICE_CHANGES)[number]>(DEVICE_CHANGES)
export const validateZones = only<(typeof ZONES)[number]>(ZONES)
export const validateZonesEdit = only<(typeof ZONES_EDIT)[number]>(ZONES_EDIT)
export const validateCompare = only<(typeof COMPARE)[number]>(COMPARE)
export const validatePeers = only<(typeof PEERS)[number]>(PEERS)
export const validateEntity = only<(typeof ENTITY)[number]>(ENTITY)
export const validateNotices = only<(typeof NOTICES)[number]>(NOTICES)
export const validateCampaigns = only<(typeof CAMPAIGNS)[number]>(CAMPAIGNS)
export const validateReceived = only<(typeof RECEIVED)[number]>(RECEIVED)
export const validateOutbox = only<(typeof OUTBOX)[number]>(OUTBOX)
export const validateWeek = only<(typeof WEEK)[number]>(WEEK)
export const validateAssets = only<(typeof ASSETS)[number]>(ASSETS)
export const validateIdentity = only<(typeof IDENTITY)[number]>(IDENTITY)
export const validateAccounts = only<(typeof ACCOUNTS)[number]>(ACCOUNTS)
export const validateCritical = only<(typeof CRITICAL)[number]>(CRITICAL)
export const validateReadiness = only<(typeof READINESS)[number]>(READINESS)

/** Keeps the named texts that are there and not too long. */
function only<N extends string>(
  names: readonly N[],
): (search: Record<string, unknown>) => Texts<N> {
  return (search) => {
    const kept: Texts<N> = {}
    for (const name of names) {
      const value = search[name]
      if (typeof value === 'string' && value !== '' && value.length <= LONGEST) kept[name] = value
    }
    return kept
  }
}

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

/** Readable where the standard allows it: `:` `,` `/` and `*` need no escape in a query. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(name, value)
  }
  const text = params
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%2F', '/')
  return text === '' ? '' : `?${text}`
}

/** `a,b` as a list, only of the choices there are. */
export function listOf<T extends string>(
  text: string | undefined,
  choices: readonly T[],
): readonly T[] {
  const asked = new Set(text?.split(','))
  return choices.filter((choice) => asked.has(choice))
}

/** Adds or takes away one choice; undefined when none is left. */
export function toggled(list: readonly string[], choice: string): string | undefined {
  const next = list.includes(choice) ? list.filter((one) => one !== choice) : [...list, choice]
  return next.length === 0 ? undefined : next.join(',')
}
