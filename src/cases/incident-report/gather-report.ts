// The report of a case: what people stated, filled with what the case holds.

import type {
  Alert,
  CaseDetail,
  IncidentReport,
  ReportView,
  StatedReport,
} from '../../model/index.ts'
import { findForbidden } from './forbidden.ts'
import { indicatorsOf } from './indicators.ts'

export type ReportSources = {
  readonly detail: Pick<CaseDetail, 'case' | 'entries' | 'files' | 'alerts'>
  readonly stated: StatedReport
  readonly own: ReadonlySet<string>
  readonly language: 'en' | 'fr'
}

export type Gathered = Pick<ReportView, 'report' | 'forbidden' | 'withheld' | 'missing'>

export function gatherReport({ detail, stated, own, language }: ReportSources): Gathered {
  const { case: about, entries, files, alerts } = detail
  const { indicators: _, leftOut: __, ...said } = stated
  const { indicators, withheld } = indicatorsOf({ alerts, stated, own, language })
  const textsOf = (kind: (typeof entries)[number]['kind']) =>
    entries.filter((entry) => entry.kind === kind).map(({ text }) => text)
  const hidden = new Set(withheld.map(({ value }) => value))
  const report: IncidentReport = {
    ...(said.consent.anonymise ? anonymous(said) : said),
    case: about.number,
    title: about.title,
    narrative: about.summary,
    occurred: about.occurred,
    detected: about.detected,
    state: about.state,
    timeline: timelineOf(alerts, entries, { language, hidden }),
    indicators: [...indicators],
    techniques: techniquesOf(alerts),
    artifacts: files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
    actions: [...textsOf('done'), ...textsOf('decided')],
    othersTold: textsOf('told'),
  }
  return {
    report,
    forbidden: [...findForbidden(report)],
    withheld: [...withheld],
    missing: missingOf(report),
  }
}

type Said = Omit<StatedReport, 'indicators' | 'leftOut'>

/** Who is concerned is not told; how to reach the reporter is. */
function anonymous(said: Said): Said {
  return { ...said, organization: { ...said.organization, name: '', provider: '' } }
}

/** Alerts tell what they are and when; whom they are about only where that may be told. */
function timelineOf(
  alerts: readonly Alert[],
  entries: CaseDetail['entries'],
  { language, hidden }: { readonly language: 'en' | 'fr'; readonly hidden: ReadonlySet<string> },
): IncidentReport['timeline'] {
  const found = alerts.map(({ firstSeen, title, entity }) => ({
    at: firstSeen,
    what: entity === '' || hidden.has(entity) ? title[language] : `${title[language]}: ${entity}`,
  }))
  const seen = entries
    .filter(({ kind }) => kind === 'seen')
    .map(({ at, text }) => ({ at, what: text }))
  return [...found, ...seen].toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

/** ATT&CK ids, as `T1078.004`. */
function techniquesOf(alerts: readonly Alert[]): string[] {
  const ids = alerts.flatMap(({ attack }) => attack.map((tag) => tag.replace(/^attack\./i, '')))
  return [
    ...new Set(ids.map((id) => id.toUpperCase()).filter((id) => /^T\d{4}/.test(id))),
  ].toSorted()
}

/** Names of the fields without which the reader has to ask back. */
function missingOf(report: IncidentReport): string[] {
  const { reporter, organization, consent, impact, vector } = report
  const needed: Readonly<Record<string, string | null>> = {
    'reporter.name': reporter.name,
    'reporter.phone': reporter.phone,
    'organization.name': consent.anonymise ? 'anonymous' : organization.name,
    narrative: report.narrative,
    detected: report.detected,
    found: report.found,
    'impact.services': impact.services,
    'vector.entry': vector.entry,
  }
  return Object.entries(needed)
    .filter(([, value]) => value === '' || value === null)
    .map(([name]) => name)
}
