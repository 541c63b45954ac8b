// The report about one device: its versions, its changes with who made them by the logs, what stands open.

import type { AuditFinding, DeviceReport, TrafficChange } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language, Words } from '../../words/index.ts'
import { changeHtml, changesHtml as differencesHtml } from '../audit-report/changes.ts'
import { escape } from '../escape.ts'
import {
  changeHeading,
  changeRow,
  factsHtml,
  makeOf,
  minuteOf,
  page,
  recordsHtml,
  tableHtml,
} from './parts.ts'
import type { Say } from './parts.ts'

export function deviceHtml(report: DeviceReport, language: Language): string {
  const say: Say = { words: wordsOf(language), language }
  const { fleetReport: words } = say.words
  const { detail, records } = report
  const body = `<p class="quiet">${escape(words.made(minuteOf(report.madeMs).replace(' UTC', ''), report.version))}</p>
${headHtml(report, say)}
${driftHtml(detail.drift, say)}
<h2>${words.allChanges}</h2>
${changesHtml(report, say)}
<h2>${words.columns.hardening}</h2>
${detail.hardening.length === 0 ? `<p>${words.none}</p>` : detail.hardening.map((one) => findingHtml(one, say)).join('\n')}
${recordsHtml(records, say)}
<h2>${words.versions}</h2>
${versionsHtml(report, say)}
<h2>${words.limits}</h2>
<p>${words.limitsText}</p>`
  return page(words.deviceTitle(detail.device.name), body, language)
}

function headHtml(
  { detail: { device, drift, firmware, facts } }: DeviceReport,
  { words }: Say,
): string {
  const { fleetReport: say, devices } = words
  const drifts =
    drift === null
      ? devices.drift.unset
      : !drift.isComparable
        ? devices.drift.otherMake(drift.group, drift.source)
        : drift.changeCount === 0
          ? devices.drift.none(drift.group, drift.source)
          : devices.drift.some(drift.changeCount, drift.group, drift.source)
  const says = facts.map(({ says: pairs }) => Object.values(pairs).join(' '))
  const runs = firmware.map(({ fact, what }) => `${devices.firmware[fact]} ${what}`)
  const { columns } = say
  const rows = [
    [columns.make, makeOf(device)],
    [columns.lastSeen, minuteOf(device.lastSeen)],
    [columns.understood, `${device.understood}/${device.significant}`],
    [columns.drift, drifts],
    [columns.runs, runs.join('; ')],
    [columns.says, says.join('; ')],
  ]
  return factsHtml(rows.filter(([, value]) => value !== ''))
}

/** In a drift, what is removed is what should stand. */
function driftHtml(drift: DeviceReport['detail']['drift'], { words }: Say): string {
  if (drift === null || !drift.isComparable || drift.changeCount === 0) return ''
  return `<h2>${escape(words.fleetReport.driftOf(drift.group))}</h2>
${drift.changes
  .slice(0, DIFFERENCES_SHOWN)
  .map((one) => changeHtml(one, words.audit))
  .join('\n')}`
}

function changesHtml({ changes }: DeviceReport, say: Say): string {
  const { words } = say
  if (changes.length === 0) return `<p>${words.fleetReport.none}</p>`
  const table = tableHtml(
    changeHeading(words),
    changes.map(({ change }) => changeRow(change, say)),
    words.fleetReport.none,
  )
  const told = changes.map(({ change, changes: differences, traffic, signs, findings, trace }) => {
    const actors = trace.actors.map(({ who, from, logins, commands }) => {
      const name = words.traces.actor(who || words.traces.nobody, from || words.traces.console)
      return `<li>${escape(`${name} (${words.traces.did(logins, commands)})`)}</li>`
    })
    return `<h3>${escape(`${minuteOf(change.after)} – ${minuteOf(change.before)}`)}</h3>
<p>${escape(words.traces.states[trace.state])}</p>
${actors.length === 0 ? '' : `<ul>${actors.join('')}</ul>`}
${signs.map((sign) => `<p>${escape(words.audit.signs[sign])}</p>`).join('\n')}
${findings.map((one) => findingHtml(one, say)).join('\n')}
${trafficHtml(traffic, words.segment)}
${differencesHtml({ changes: [...differences], changeCount: change.changeCount }, words.audit, DIFFERENCES_SHOWN)}`
  })
  return `${table}\n${told.join('\n')}`
}

/** Of one change; the console shows all. */
const DIFFERENCES_SHOWN = 40

function trafficHtml(traffic: readonly TrafficChange[], say: Words['segment']): string {
  const sets = (title: string, shown: readonly string[]) =>
    shown.length === 0 ? '' : `<p>${escape(title)}</p><pre>${escape(shown.join('\n'))}</pre>`
  return traffic
    .map(
      ({ filter, widened, narrowed, isTooLarge }) =>
        `${sets(say.widened(filter), widened)}${sets(say.narrowed(filter), narrowed)}${isTooLarge ? `<p>${escape(say.tooLarge(filter))}</p>` : ''}`,
    )
    .join('\n')
}

function findingHtml(finding: AuditFinding, { words, language }: Say): string {
  const { severity, title, why, places } = finding
  const where = places.map(({ path }) => `<pre>${escape(path)}</pre>`)
  return `<article class="${severity}">
<h3><span class="severity">${words.report.severities[severity]}</span> ${escape(title[language])}</h3>
<p>${escape(why[language])}</p>
${where.join('')}
</article>`
}

function versionsHtml({ detail: { versions } }: DeviceReport, { words }: Say): string {
  const { columns, none } = words.fleetReport
  const rows = versions.map(({ received, source, lines, lastSeen }) => [
    minuteOf(received),
    minuteOf(lastSeen),
    source,
    String(lines),
  ])
  return tableHtml([columns.received, columns.lastSeen, columns.source, columns.lines], rows, none)
}
