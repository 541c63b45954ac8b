// The report as one self-contained page that prints well. Everything shown is escaped; nothing is fetched.

import type { IncidentReport, ReportView } from '../../model/index.ts'
import { techniqueText, wordsOf } from '../../words/index.ts'
import type { Language, Words } from '../../words/index.ts'
import { escape } from '../escape.ts'
import { reportPage } from '../report-page.ts'

type Say = Words['cases']['page']

export function reportHtml(
  { report, approval }: Pick<ReportView, 'report' | 'approval'>,
  language: Language,
): string {
  const say = wordsOf(language).cases.page
  const title = say.title(report.title)
  const standing =
    approval === null
      ? `<p><strong>${say.draft}</strong></p>`
      : `<p>${escape(say.approved(approval.by, minute(approval.at)))}<br>${say.digest}: <code>${approval.digest}</code></p>`
  return reportPage(
    title,
    `<p><strong>TLP:${report.consent.sharing.toUpperCase()}</strong></p>
<h1>${escape(title)}</h1>
${standing}
<p class="quiet">${say.unofficial}</p>
${sections(report, say)}
<h2>${say.sections.send}</h2>
<ul>${say.send.map((line) => `<li>${escape(line)}</li>`).join('')}</ul>`,
    language,
  )
}

function sections(report: IncidentReport, say: Say): string {
  return [whatHappened(report, say), tables(report, say), whoReports(report, say)].join('\n')
}

function whatHappened(report: IncidentReport, say: Say): string {
  const { impact, vector } = report
  const { fields, sections: titles } = say
  const when = (at: string | null) => (at === null ? say.unknown : minute(at))
  const many = (count: number | null) => (count === null ? say.unknown : String(count))
  return [
    facts(titles.event, [
      [fields.category, say.categories[report.category]],
      [fields.state, say.states[report.state]],
      [fields.occurred, when(report.occurred)],
      [fields.detected, when(report.detected)],
      [fields.found, report.found],
      [fields.narrative, report.narrative],
      [fields.techniques, report.techniques.map(techniqueText).join(', ')],
    ]),
    facts(titles.vector, [
      [fields.entry, vector.entry],
      [fields.means, vector.means],
    ]),
    facts(titles.impact, [
      [fields.services, impact.services],
      [fields.systems, many(impact.systems)],
      [fields.estate, say.estates[impact.estate]],
      [fields.data, impact.data],
      [fields.persons, many(impact.persons)],
      [fields.safety, impact.safety],
    ]),
  ].join('\n')
}

function whoReports(report: IncidentReport, say: Say): string {
  const { reporter, organization, consent } = report
  const { fields, sections: titles } = say
  return [
    facts(titles.response, [
      [fields.actions, report.actions.join('\n')],
      [fields.othersTold, report.othersTold.join('\n')],
      [fields.helpWanted, report.helpWanted],
    ]),
    facts(titles.reporter, [
      [fields.name, reporter.name],
      [fields.role, reporter.role],
      [fields.phone, reporter.phone],
      [fields.email, reporter.email],
      [fields.always, reporter.always ? say.yes : say.no],
    ]),
    facts(titles.organization, [
      [fields.name, organization.name],
      [fields.kind, say.kinds[organization.kind]],
      [fields.sector, organization.sector],
      [fields.size, organization.size],
      [fields.provider, organization.provider],
    ]),
    facts(titles.consent, [
      [fields.onBehalfOf, consent.onBehalfOf],
      [fields.terms, consent.terms],
      [fields.priorApproval, consent.priorApproval],
    ]),
  ].join('\n')
}

function tables({ timeline, indicators, artifacts }: IncidentReport, say: Say): string {
  const { fields, sections: titles } = say
  const when = (at: string | null) => (at === null ? '' : minute(at))
  return [
    table(
      titles.timeline,
      [fields.time, fields.what],
      timeline.map(({ at, what }) => [minute(at), what]),
      say,
    ),
    table(
      titles.indicators,
      [fields.value, fields.firstSeen, fields.lastSeen, fields.context],
      indicators.map((one) => [one.value, when(one.firstSeen), when(one.lastSeen), one.context]),
      say,
    ),
    table(
      titles.artifacts,
      [fields.name, 'SHA-256', fields.bytes],
      artifacts.map(({ name, sha256, bytes }) => [name, sha256, String(bytes)]),
      say,
    ),
  ].join('\n')
}

/** What nobody filled in is left out. */
function facts(title: string, pairs: readonly (readonly [string, string])[]): string {
  const filled = pairs.filter(([, value]) => value !== '')
  if (filled.length === 0) return ''
  const rows = filled.map(
    ([name, value]) => `<dt>${name}</dt><dd>${escape(value).replaceAll('\n', '<br>')}</dd>`,
  )
  return `<h2>${title}</h2>\n<dl>${rows.join('\n')}</dl>`
}

function table(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  say: Say,
): string {
  if (rows.length === 0) return `<h2>${title}</h2>\n<p>${say.none}</p>`
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('')
  const body = rows.map(
    (row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`,
  )
  return `<h2>${title}</h2>\n<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`
}

/** `2026-11-30 04:05`, UTC. */
function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}
