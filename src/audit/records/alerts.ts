// What of an audit becomes alerts: changes alone, and several steps together as one. Hardening is kept and shown, and
// rings no bell.

import { SEVERITIES } from '../../model/index.ts'
import type {
  AuditFinding,
  AuditPlace,
  DeviceAudit,
  Finding,
  RuleFacts,
} from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'

export type AuditAlerts = {
  readonly findings: readonly Finding[]
  readonly rules: ReadonlyMap<string, RuleFacts>
}

export type Told = {
  readonly device: string
  /** Id of the version that was judged. */
  readonly version: string
  readonly nowMs: number
}

const INCIDENT = 'audit-incident'

export function alertsOf(audit: DeviceAudit, told: Told): AuditAlerts {
  const changes = ringing(audit.findings)
  const isMember = ({ step }: AuditFinding) => audit.incident.length > 0 && step !== null
  const together = changes.filter(isMember)
  const raised = changes
    .filter((finding) => !isMember(finding))
    .map((finding): Raised => ({ rule: ruleOf(finding, told), members: [finding] }))
  if (together.length > 0)
    raised.push({ rule: incidentRule(together, audit.incident, told), members: together })
  return {
    findings: raised.map(({ rule, members }) => findingOf(rule, members, told)),
    rules: new Map(raised.map(({ rule }) => [rule.id, rule])),
  }
}

/**
 * A state that a change brought about rings where no finding about the change itself does, or where it is worse than all of
 * these. Else it stands with the change: one evening's work is not told five times.
 */
function ringing(findings: readonly AuditFinding[]): readonly AuditFinding[] {
  const states = new Set(findings.flatMap(({ kind, check }) => (kind === 'change' ? [] : check)))
  const all = findings.filter(rings)
  const isState = ({ check }: AuditFinding) => states.has(check)
  const worst = Math.min(...all.filter((one) => !isState(one)).map(rankOf))
  return all.filter((one) => !isState(one) || rankOf(one) < worst)
}

/** Worst first. */
function rankOf({ severity }: AuditFinding): number {
  return SEVERITIES.indexOf(severity)
}

/** What a change brought about, from medium up; the rest stands with the change and rings no bell. */
function rings({ kind, severity }: AuditFinding): boolean {
  return kind === 'change' && severity !== 'low' && severity !== 'informational'
}

/** Of a change that people said beforehand: several steps of an intruder together ring even so. */
export function withoutExpected({ findings, rules }: AuditAlerts): AuditAlerts {
  return { findings: findings.filter(({ rule }) => rule === INCIDENT), rules }
}

type Raised = { readonly rule: RuleFacts; readonly members: readonly AuditFinding[] }

function ruleOf(finding: AuditFinding, { device }: Told): RuleFacts {
  const { check, title, severity, attack, references, places, count } = finding
  const why = (language: Language) => {
    const { audit: say } = wordsOf(language)
    const [place] = places
    const path = place?.path.slice(0, PATH_SHOWN) ?? ''
    const lines = place === undefined ? '' : say.lines(place.first, place.last)
    const where = place?.side === 'before' ? `${say.before}, ${lines}` : lines
    return say.whyAlert({ device, title: title[language], where, path, others: count - 1 })
  }
  return {
    id: `audit-${check}`,
    title,
    severity,
    attack: attack.map(tag),
    author: 'Vigie',
    reference: references[0] ?? '',
    why: { en: why('en'), fr: why('fr') },
  }
}

function incidentRule(
  members: readonly AuditFinding[],
  steps: readonly string[],
  { device }: Told,
): RuleFacts {
  const why = (language: Language) => {
    const { audit: say } = wordsOf(language)
    const known: Readonly<Record<string, string>> = say.steps
    return say.whyIncident(device, steps.map((step) => known[step] ?? step).join(', '))
  }
  return {
    id: INCIDENT,
    title: { en: wordsOf('en').audit.incidentTitle, fr: wordsOf('fr').audit.incidentTitle },
    severity: 'critical',
    attack: [...new Set(members.flatMap(({ attack }) => attack))].map(tag),
    author: 'Vigie',
    reference: '',
    why: { en: why('en'), fr: why('fr') },
  }
}

/** Of a path in a sentence. */
const PATH_SHOWN = 160

/** As Sigma writes it, so that alerts of rules and of checks are counted together. */
function tag(technique: string): string {
  return `attack.${technique.toLowerCase()}`
}

function findingOf(
  rule: RuleFacts,
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
