// Which values of a case are signs of the intruder that may be told, and which are the organisation's own.

import { isIP } from 'node:net'
import type { Alert, ReportIndicator, ReportView, StatedReport } from '../../model/index.ts'
import { isInsideAddress } from './inside-address.ts'

type Withheld = ReportView['withheld'][number]

export type Indicators = {
  readonly indicators: readonly ReportIndicator[]
  readonly withheld: readonly Withheld[]
}

type Sign = Pick<Alert, 'entity' | 'entityKind' | 'firstSeen' | 'lastSeen' | 'title'>

export type IndicatorSources = {
  readonly alerts: readonly Sign[]
  readonly stated: StatedReport
  /** Names and addresses of the organisation's own assets, in lower case. */
  readonly own: ReadonlySet<string>
  readonly language: 'en' | 'fr'
}

/** A value that both an alert and a person name is told once, as the person says. */
export function indicatorsOf({ alerts, stated, own, language }: IndicatorSources): Indicators {
  const indicators = new Map<string, ReportIndicator>()
  const withheld: Withheld[] = []
  const leftOut = new Set(stated.leftOut.map((value) => value.toLowerCase()))
  for (const alert of alerts) {
    const value = alert.entity
    if (value === '' || alert.entityKind === 'source') continue
    const reason = leftOut.has(value.toLowerCase()) ? 'left_out' : reasonAgainst(alert, own)
    if (reason === undefined)
      indicators.set(value, fromAlert(alert, indicators.get(value), language))
    else if (!withheld.some((one) => one.value === value)) withheld.push({ value, reason })
  }
  for (const { value, context } of stated.indicators) {
    if (own.has(value.toLowerCase())) withheld.push({ value, reason: 'own' })
    else if (isInsideAddress(value)) withheld.push({ value, reason: 'private' })
    else {
      const seen = indicators.get(value)
      const { firstSeen = null, lastSeen = null } = seen ?? {}
      indicators.set(value, { kind: kindOf(value), value, firstSeen, lastSeen, context })
    }
  }
  return { indicators: [...indicators.values()], withheld }
}

/** Accounts and devices are those of people and the organisation; an address may be anybody's. */
function reasonAgainst(
  { entity, entityKind }: Sign,
  own: ReadonlySet<string>,
): Withheld['reason'] | undefined {
  if (entityKind === 'account') return 'account'
  if (entityKind === 'device' || own.has(entity.toLowerCase())) return 'own'
  return isInsideAddress(entity) ? 'private' : undefined
}

function fromAlert(
  { entity, firstSeen, lastSeen, title }: Sign,
  before: ReportIndicator | undefined,
  language: 'en' | 'fr',
): ReportIndicator {
  const contexts = before === undefined ? [] : before.context.split('; ')
  return {
    kind: kindOf(entity),
    value: entity,
    firstSeen: [before?.firstSeen ?? firstSeen, firstSeen].toSorted()[0] ?? firstSeen,
    lastSeen: [before?.lastSeen ?? lastSeen, lastSeen].toSorted().at(-1) ?? lastSeen,
    context: [...new Set([...contexts, title[language]])].join('; '),
  }
}

export function kindOf(value: string): ReportIndicator['kind'] {
  if (isIP(value) !== 0 || isIP(value.replace(/\/\d{1,3}$/, '')) !== 0) return 'address'
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value)) return 'url'
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i.test(value)) return 'hash'
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return 'email'
  if (/^(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}$/i.test(value)) return 'domain'
  return 'other'
}
