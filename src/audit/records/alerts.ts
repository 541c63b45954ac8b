// What of an audit becomes alerts: changes alone, and several steps together as one. Hardening is kept and shown, and
// rings no bell.

import type { AuditFinding, AuditPlace, DeviceAudit, Finding, Severity } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'

/** What an alert takes over from a check. */
export type AuditRule = {
  readonly id: string
  readonly title: { readonly en: string; readonly fr: string }
  readonly severity: Severity
  readonly attack: readonly string[]
  readonly author: string
  readonly reference: string
}

export type AuditAlerts = {
  readonly findings: readonly Finding[]
  readonly rules: ReadonlyMap<string, AuditRule>
}

export type Told = {
  readonly device: string
  /** Id of the version that was judged. */
  readonly version: string
  readonly nowMs: number
}

const INCIDENT = 'audit-incident'

export function alertsOf(audit: DeviceAudit, told: Told): AuditAlerts {
  const changes = audit.findings.filter(({ kind }) => kind === 'change')
  const isMember = ({ step }: AuditFinding) => audit.incident.length > 0 && step !== null
  const alone = changes.filter((finding) => !isMember(finding))
  const together = changes.filter(isMember)
  const raised = alone.map(
    (finding) => [ruleOf(finding), findingOf(ruleOf(finding), [finding], told)] as const,
  )
  if (together.length > 0) {
    const rule = incidentRule(together)
    raised.push([rule, findingOf(rule, together, told)])
  }
  return {
    findings: raised.map(([, finding]) => finding),
    rules: new Map(raised.map(([rule]) => [rule.id, rule])),
  }
}

function ruleOf({ check, title, severity, attack, references }: AuditFinding): AuditRule {
  const [reference = ''] = references
  return {
    id: `audit-${check}`,
    title,
    severity,
    attack: attack.map(tag),
    author: 'Vigie',
    reference,
  }
}

function incidentRule(members: readonly AuditFinding[]): AuditRule {
  return {
    id: INCIDENT,
    title: { en: wordsOf('en').audit.incidentTitle, fr: wordsOf('fr').audit.incidentTitle },
    severity: 'critical',
    attack: [...new Set(members.flatMap(({ attack }) => attack))].map(tag),
    author: 'Vigie',
    reference: '',
  }
}

/** As Sigma writes it, so that alerts of rules and of checks are counted together. */
function tag(technique: string): string {
  return `attack.${technique.toLowerCase()}`
}

function findingOf(
  rule: AuditRule,
  members: readonly AuditFinding[],
  { device, version, nowMs }: Told,
): Finding {
  const places = members.flatMap(({ check, places: found }) =>
    found.map((place) => ({ check, place })),
  )
  return {
    rule: rule.id,
    title: rule.title.en,
    severity: rule.severity,
    time: new Date(nowMs).toISOString(),
    entityKind: 'device',
    entity: device,
    batch: version,
    line: places[0]?.place.first ?? 0,
    reasons: places.map(({ check, place }) => ({
      selection: check,
      field: whereOf(place),
      value: place.path,
      pattern: '',
    })),
  }
}

/** A name that both languages read: lines of the version before carry a minus. */
function whereOf({ side, first, last }: AuditPlace): string {
  const lines = first === last ? `${first}` : `${first}-${last}`
  return side === 'before' ? `config[-${lines}]` : `config[${lines}]`
}
