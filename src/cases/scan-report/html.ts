// The report as one self-contained page: no script, nothing fetched, prints well. Everything shown is escaped.

import { plural, sizeText, techniqueText, wordsOf } from '../../words/index.ts'
import type { Language, Words } from '../../words/index.ts'
import { escape } from '../escape.ts'
import { reportPage } from '../report-page.ts'
import type { ScanReport } from './scan-report.ts'

export function reportHtml(report: ScanReport, language: Language): string {
  const words = wordsOf(language)
  const { report: say } = words
  return reportPage(
    say.title,
    `<h1>${say.title}</h1>
<p class="quiet">${escape(say.made(stamp(report.madeMs), report.version))}</p>
${summary(report, say, language)}
${alerts(report, words, language)}
${entities(report, words)}
${timeline(report, say)}
${inputs(report, say, language)}
${problems(report, say)}
<h2>${say.limits}</h2>
<p>${say.limitsText}</p>`,
    language,
  )
}

type Say = Words['report']

function summary(report: ScanReport, say: Say, language: Language): string {
  const spans =
    report.span === null
      ? ''
      : `<p>${escape(say.spans(report.span.from.slice(0, 19), report.span.to.slice(0, 19)))}</p>`
  const found =
    report.alerts.length === 0
      ? `<p>${say.nothing}</p>`
      : `<p><strong>${say.found(report.alerts.length, report.entities.length)}</strong></p><p>${say.ifCompromised}</p>`
  return `<h2>${say.summary}</h2>
<p>${escape(say.read(report.events, report.inputs.length, sizeText(language, report.bytes)))}</p>${spans}${found}`
}

function alerts(report: ScanReport, words: Words, language: Language): string {
  const { report: say } = words
  if (report.alerts.length === 0) return ''
  const items = report.alerts.map(
    (alert) => `<article class="${alert.severity}">
<h3><span class="severity">${say.severities[alert.severity]}</span> ${escape(alert.title[language])}</h3>
<p>${escape(alert.why[language])}</p>
<dl>
<dt>${say.entity}</dt><dd>${escape(`${words.detect.entityKind(alert.entityKind)} ${alert.entity}`)}</dd>
<dt>${say.count}</dt><dd>${plural(language, alert.count, '', '').trim()}</dd>
<dt>${say.first}</dt><dd>${shortTime(alert.firstSeen)}</dd>
<dt>${say.last}</dt><dd>${shortTime(alert.lastSeen)}</dd>
${alert.attack.length === 0 ? '' : `<dt>${say.techniques}</dt><dd>${escape(alert.attack.map(techniqueText).join(', '))}</dd>`}
<dt>${say.author}</dt><dd>${escape([alert.author, alert.reference].filter((part) => part !== '').join(', '))}</dd>
</dl>
${alert.evidence === '' ? '' : `<p class="quiet">${say.evidence}</p><pre>${escape(alert.evidence)}</pre>`}
</article>`,
  )
  return `<h2>${say.alerts}</h2>\n${items.join('\n')}`
}

function entities(report: ScanReport, words: Words): string {
  const { report: say } = words
  if (report.entities.length === 0) return ''
  const rows = report.entities.map(
    ({ kind, entity, alerts: count, worst }) =>
      `<tr><td>${escape(`${words.detect.entityKind(kind)} ${entity}`)}</td><td>${say.severities[worst]}</td><td class="number">${count}</td></tr>`,
  )
  return `<h2>${say.entities}</h2>
<table><thead><tr><th scope="col">${say.entity}</th><th scope="col">${say.severity}</th><th scope="col">${say.findings}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

/** Bars as table cells: they print, and a screen reader reads the figures. */
function timeline(report: ScanReport, say: Say): string {
  if (report.hours.length === 0) return ''
  const most = Math.max(...report.hours.map(({ findings }) => findings))
  const rows = report.hours
    .slice(0, MAX_HOURS)
    .map(
      ({ hour, findings }) =>
        `<tr><td>${hour}</td><td class="number">${findings}</td><td><meter min="0" max="${most}" value="${findings}"></meter></td></tr>`,
    )
  return `<h2>${say.timeline}</h2>
<table><caption>${say.timelineOf}</caption><thead><tr><th scope="col">${say.hour}</th><th scope="col">${say.findings}</th><td></td></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

const MAX_HOURS = 500

function inputs(report: ScanReport, say: Say, language: Language): string {
  const rows = report.inputs.map(({ file, events, parsers }) => {
    const read = Object.entries(parsers)
      .map(
        ([parser, count]) =>
          `${parser === '' ? say.unknown : parser} ${plural(language, count, '', '').trim()}`,
      )
      .join(', ')
    return `<tr><td>${escape(file)}</td><td class="number">${plural(language, events, '', '').trim()}</td><td>${escape(read)}</td></tr>`
  })
  return `<h2>${say.inputs}</h2>
<table><thead><tr><th scope="col">${say.file}</th><th scope="col">${say.events}</th><th scope="col">${say.format}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function problems(report: ScanReport, say: Say): string {
  if (report.problems.length === 0) return `<h2>${say.problems}</h2><p>${say.noProblems}</p>`
  const rows = report.problems.map(
    ({ file, sentence }) => `<tr><td>${escape(file)}</td><td>${escape(sentence)}</td></tr>`,
  )
  return `<h2>${say.problems}</h2>
<table><thead><tr><th scope="col">${say.file}</th><th scope="col">${say.problem}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}

function shortTime(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ')
}
