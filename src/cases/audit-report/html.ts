// The audit as one self-contained page: no script, nothing fetched, prints well. Everything shown is escaped.

import { SEVERITIES } from '../../model/index.ts'
import type { AuditFinding, AuditReport, DeviceAudit } from '../../model/index.ts'
import { makeName, techniqueText, wordsOf } from '../../words/index.ts'
import type { Language, Words } from '../../words/index.ts'
import { escape } from '../escape.ts'
import { reportPage } from '../report-page.ts'
import { changesHtml } from './changes.ts'

export function auditHtml(report: AuditReport, language: Language): string {
  const words = wordsOf(language)
  const { audit: say } = words
  const made = new Date(report.madeMs).toISOString().slice(0, 19).replace('T', ' ')
  return reportPage(
    say.title,
    `<h1>${say.title}</h1>
<p class="quiet">${escape(say.made(made, report.version))}</p>
${overview(report, say)}
${report.devices.map((device) => deviceHtml(device, words, language)).join('\n')}
${problemsHtml(report, words)}
<h2>${say.limits}</h2>
<p>${say.limitsText}</p>`,
    language,
  )
}

type Say = Words['audit']

function overview({ devices }: AuditReport, say: Say): string {
  const rows = devices.map((device) => {
    const { coverage, findings, incident } = device
    const changes = findings.filter(({ kind }) => kind === 'change').length
    const found = `${changes} / ${findings.length - changes}`
    const mark = incident.length > 0 ? ` <strong>${say.incidentTitle}</strong>` : ''
    return `<tr><td>${escape(nameOf(device))}</td><td>${escape(makeOf(device, say))}</td><td class="number">${coverage.understood}/${coverage.significant}</td><td class="number">${found}${mark}</td></tr>`
  })
  return `<h2>${say.summary}</h2>
<table><thead><tr><th scope="col">${say.device}</th><th scope="col">${say.make}</th><th scope="col">${say.understood}</th><th scope="col">${say.changeFindings} / ${say.stateFindings}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function deviceHtml(device: DeviceAudit, words: Words, language: Language): string {
  const { audit: say } = words
  const facts = [
    makeOf(device, say),
    [device.model, device.version].filter((part) => part !== null).join(' '),
    ...device.because.map(({ line, text }) => say.because(line, text)),
    say.coverage(device.coverage.understood, device.coverage.significant),
    device.coverage.unparsed.length === 0 ? '' : say.unparsed(device.coverage.unparsed.join(', ')),
    ...changedBy(device, say),
    say.secrets(Object.values(device.secrets).reduce((sum, count) => sum + count, 0)),
    device.notAttestable === 0 ? '' : say.notAttestable(device.notAttestable),
    device.changes === null ? say.notCompared : say.changed(device.changeCount),
    ...device.signs.map((sign) => say.signs[sign]),
  ].filter((fact) => fact !== '')
  const change = device.findings.filter(({ kind }) => kind === 'change')
  const state = device.findings.filter(({ kind }) => kind !== 'change')
  return `<h2>${escape(nameOf(device))}</h2>
<p class="quiet">${escape(device.source)}</p>
<ul>${facts.map((fact) => `<li>${escape(fact)}</li>`).join('')}</ul>
${incidentHtml(device, say)}
${device.changes === null ? '' : listHtml(say.changeFindings, change, { words, language, none: say.noChangeFindings })}
${listHtml(say.stateFindings, state, { words, language, none: say.noStateFindings })}
${changesHtml(device, say)}`
}

function incidentHtml({ incident }: DeviceAudit, say: Say): string {
  if (incident.length === 0) return ''
  return `<article class="critical"><h3>${say.incidentTitle}</h3><p>${escape(say.incident(stepNames(incident, say)))}</p><p>${say.incidentDo}</p></article>`
}

/** Names of steps in words. */
export function stepNames(steps: readonly string[], { steps: names }: Say): string {
  const known: Readonly<Record<string, string>> = names
  return steps.map((step) => known[step] ?? step).join(', ')
}

type Listing = { readonly words: Words; readonly language: Language; readonly none: string }

function listHtml(
  title: string,
  findings: readonly AuditFinding[],
  { words, language, none }: Listing,
): string {
  if (findings.length === 0) return `<h3>${title}</h3><p>${none}</p>`
  const sorted = findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )
  return `<h3>${title}</h3>\n${sorted.map((finding) => findingHtml(finding, words, language)).join('\n')}`
}

function findingHtml(finding: AuditFinding, words: Words, language: Language): string {
  const { audit: say, report } = words
  const places = finding.places.map(({ side, first, last, path, what }) => {
    const where = `${side === 'before' ? `${say.before}, ` : ''}${say.lines(first, last)}`
    return `<li>${escape(where)}${what === '' ? '' : `: <strong>${escape(what)}</strong>`}<pre>${escape(path)}</pre></li>`
  })
  const more = finding.count - finding.places.length
  return `<article class="${finding.severity}">
<h3><span class="severity">${report.severities[finding.severity]}</span> ${escape(finding.title[language])}</h3>
<p>${escape(finding.why[language])}</p>
<dl>
<dt>${say.todo}</dt><dd><ol>${finding.do[language].map((step) => `<li>${escape(step)}</li>`).join('')}</ol></dd>
<dt>${say.benign}</dt><dd>${escape(finding.falsePositives[language])}</dd>
<dt>${say.techniques}</dt><dd>${escape(finding.attack.map(techniqueText).join(', '))}</dd>
<dt>${say.sources}</dt><dd>${escape(finding.references.join(', '))}</dd>
<dt>${say.where}</dt><dd><ul>${places.join('')}</ul>${more > 0 ? say.more(more) : ''}</dd>
</dl>
</article>`
}

/** What a device is called where people read. */
export function nameOf({ hostname, source }: DeviceAudit): string {
  return hostname ?? source
}

export function makeOf(device: DeviceAudit, say: Say): string {
  const make = makeName(device)
  if (make === '') return say.unknownMake
  return device.isSure ? make : `${say.unsure} ${make}`
}

export function changedBy({ facts }: DeviceAudit, say: Say): readonly string[] {
  return facts
    .filter(({ fact }) => fact === 'changed')
    .slice(0, 3)
    .map(({ says }) => say.changedBy(says['who'] ?? '', says['when'] ?? ''))
}

function problemsHtml({ problems }: AuditReport, { audit: say, report }: Words): string {
  if (problems.length === 0) return `<h2>${say.allProblems}</h2><p>${say.noProblems}</p>`
  const rows = problems.map(
    ({ file, sentence }) => `<tr><td>${escape(file)}</td><td>${escape(sentence)}</td></tr>`,
  )
  return `<h2>${say.allProblems}</h2>
<table><thead><tr><th scope="col">${report.file}</th><th scope="col">${report.problem}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}
