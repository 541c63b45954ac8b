// Pieces of pages about devices. Everything shown is escaped.

import type { ChangeRecord, Device, DeviceChange } from '../../model/index.ts'
import { makeName } from '../../words/index.ts'
import type { Language, Words } from '../../words/index.ts'
import { escape } from '../escape.ts'
import { reportPage } from '../report-page.ts'

export type Say = { readonly words: Words; readonly language: Language }

export function page(title: string, body: string, language: Language): string {
  return reportPage(title, `<h1>${escape(title)}</h1>\n${body}`, language)
}

/** Texts are escaped here. A row is left out where there is none. */
export function tableHtml(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  none: string,
): string {
  if (rows.length === 0) return `<p>${escape(none)}</p>`
  const head = heading.map((text) => `<th scope="col">${escape(text)}</th>`).join('')
  const body = rows
    .map((row) => `<tr>${row.map((text) => `<td>${escape(text)}</td>`).join('')}</tr>`)
    .join('\n')
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

/** Names with what they are. Texts are escaped here. */
export function factsHtml(rows: readonly (readonly string[])[]): string {
  const body = rows.map(
    ([name = '', value = '']) =>
      `<tr><th scope="row">${escape(name)}</th><td>${escape(value)}</td></tr>`,
  )
  return `<table><tbody>${body.join('')}</tbody></table>`
}

export function makeOf(device: Device): string {
  return makeName(device) || '–'
}

/** `2026-11-30 06:12 UTC`. */
export function minuteOf(instant: string | number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

export function changeRow(change: DeviceChange, { words }: Say): readonly string[] {
  const { states } = words.devices
  const { record, severity } = change
  return [
    `${minuteOf(change.after)} – ${minuteOf(change.before)}`,
    states[change.state],
    severity === null ? '–' : words.report.severities[severity],
    String(change.changeCount),
    change.who.join(', ') || '–',
    record === null
      ? '–'
      : words.fleetReport.by(record.recordedBy, `${record.reason} ${record.reference}`.trim()),
  ]
}

export function changeHeading({ fleetReport: { columns } }: Words): readonly string[] {
  const { when, state, severity, count, who, record } = columns
  return [when, state, severity, count, who, record]
}

export function recordsHtml(records: readonly ChangeRecord[], { words }: Say): string {
  const { fleetReport: say } = words
  const { device, window, allows, reason, record, state } = say.columns
  const rows = records.map((one) => [
    one.device,
    `${minuteOf(one.starts)} – ${minuteOf(one.ends)}`,
    one.allows.join('; ') || say.anything,
    `${one.reason} ${one.reference}`.trim(),
    say.by(one.recordedBy, minuteOf(one.recorded)),
    one.revoked === null ? '' : say.revoked(one.revokedBy),
  ])
  return `<h2>${say.records}</h2>
${tableHtml([device, window, allows, reason, record, state], rows, say.none)}`
}
