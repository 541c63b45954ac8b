// The report about all devices as one self-contained page: no script, nothing fetched, prints well.

import { DAY_MS } from '../../core/index.ts'
import { SEVERITIES } from '../../model/index.ts'
import type { AuditFinding, DeviceDetail, FleetReport } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
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

const STALE_MS = 2 * DAY_MS

export function fleetHtml(report: FleetReport, language: Language): string {
  const say: Say = { words: wordsOf(language), language }
  const { fleetReport: words } = say.words
  const body = `<p class="quiet">${escape(words.made(minuteOf(report.madeMs).replace(' UTC', ''), report.version))}</p>
<h2>${words.summary}</h2>
${factsHtml(figuresOf(report, say))}
<h2>${words.devices}</h2>
${devicesHtml(report, say)}
<h2>${words.changes}</h2>
${changesHtml(report, say)}
<p>${escape(words.assessed(report.logs.assessed, report.logs.looked))}</p>
<h2>${words.findings}</h2>
${findingsHtml(report, say)}
${recordsHtml(report.records, say)}
<h2>${words.unread}</h2>
${unreadHtml(report, say)}
<h2>${words.limits}</h2>
<p>${words.limitsText}</p>`
  return page(words.title(report.organisation), body, language)
}

function isStale({ device }: DeviceDetail, madeMs: number): boolean {
  return madeMs - Date.parse(device.lastSeen) > STALE_MS
}

function figuresOf(report: FleetReport, { words }: Say): readonly (readonly string[])[] {
  const { figures } = words.fleetReport
  const { devices, pulls, repositories } = report
  const count = (is: (one: DeviceDetail) => boolean) => devices.filter(is).length
  const failing = [...pulls, ...repositories].filter(({ problem }) => problem !== null).length
  const found = devices.reduce((sum, { hardening }) => sum + hardening.length, 0)
  const unexplained = devices.reduce((sum, { device }) => sum + device.unauthorised, 0)
  return [
    [figures.devices, devices.length],
    [figures.stale, count((one) => isStale(one, report.madeMs))],
    [figures.unexplained, unexplained],
    [figures.drift, count(({ drift }) => drift !== null && drift.changeCount > 0)],
    [figures.noGolden, count(({ drift }) => drift === null)],
    [figures.notWhole, count(({ device }) => device.understood < device.significant)],
    [figures.findings, found],
    [figures.failing, failing],
  ].map((row) => row.map(String))
}

function devicesHtml({ devices, madeMs }: FleetReport, { words }: Say): string {
  const { fleetReport: say } = words
  const { columns } = say
  const rows = devices.map((one) => {
    const { device, drift, hardening } = one
    return [
      device.name,
      makeOf(device),
      `${minuteOf(device.lastSeen)}${isStale(one, madeMs) ? ` (${say.stale})` : ''}`,
      String(device.versions),
      `${device.understood}/${device.significant}`,
      String(device.unauthorised),
      driftOf(drift, say),
      String(hardening.length),
    ]
  })
  const heading = [
    columns.device,
    columns.make,
    columns.lastSeen,
    columns.versions,
    columns.understood,
    columns.unexplained,
    columns.drift,
    columns.hardening,
  ]
  return tableHtml(heading, rows, say.none)
}

function driftOf(drift: DeviceDetail['drift'], say: Say['words']['fleetReport']): string {
  if (drift === null) return say.noGolden
  if (!drift.isComparable) return say.otherMake
  return drift.changeCount === 0 ? say.asGolden : `${drift.changeCount} (${drift.group})`
}

const CHANGES_SHOWN = 500

function changesHtml({ changes }: FleetReport, say: Say): string {
  const { fleetReport: words } = say.words
  const open = changes.filter(({ state }) => state === 'unauthorised')
  const rows = open
    .slice(0, CHANGES_SHOWN)
    .map((change) => [change.deviceName, ...changeRow(change, say)])
  const heading = [words.columns.device, ...changeHeading(say.words)]
  const more = open.length - rows.length
  return `${tableHtml(heading, rows, words.noChanges)}${more > 0 ? `<p>${words.more(more)}</p>` : ''}`
}

function findingsHtml({ devices }: FleetReport, { words, language }: Say): string {
  const { fleetReport: say } = words
  const found = devices.flatMap(({ device, hardening }) =>
    hardening.map((finding) => ({ finding, device: device.name })),
  )
  const groups = [...Map.groupBy(found, ({ finding }) => finding.check).values()].flatMap((all) => {
    const [first] = all
    return first === undefined
      ? []
      : [{ finding: first.finding, names: all.map((one) => one.device) }]
  })
  const rank = ({ severity }: AuditFinding) => SEVERITIES.indexOf(severity)
  const rows = groups
    .toSorted((a, b) => rank(a.finding) - rank(b.finding) || b.names.length - a.names.length)
    .map(({ finding, names }) => [
      words.report.severities[finding.severity],
      finding.title[language],
      String(names.length),
      names.join(', '),
    ])
  const { severity, check, devices: count, device } = say.columns
  return tableHtml([severity, check, count, device], rows, say.noFindings)
}

function unreadHtml(
  { devices, pulls, repositories, folder }: FleetReport,
  { words, language }: Say,
): string {
  const { fleetReport: say } = words
  const sentences = [
    ...pulls.flatMap(({ problem }) => (problem === null ? [] : [problem[language]])),
    ...folder.refused.map(({ file, problem }) => say.folderRefused(file, problem[language])),
    ...repositories.flatMap(({ place, problem, refused }) => [
      ...(problem === null ? [] : [problem[language]]),
      ...refused.map(({ file, commit }) => `${say.refused(file, place)} (${commit.slice(0, 12)})`),
    ]),
    ...devices.flatMap(({ device }) =>
      device.understood === device.significant
        ? []
        : [say.notWhole(device.name, device.significant - device.understood)],
    ),
  ]
  if (sentences.length === 0) return `<p>${say.nothingUnread}</p>`
  return `<ul>${sentences.map((sentence) => `<li>${escape(sentence)}</li>`).join('')}</ul>`
}
