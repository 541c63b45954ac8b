// `vigie cases show`: one case as text, and cases as a table.

import { buildCommand } from '@stricli/core'
import { CaseDetailSchema } from '../model/index.ts'
import type { Case, CaseDetail } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { CASE_FLAGS, casePath, numbered } from './case-flags.ts'
import type { CaseFlags } from './case-flags.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { stationClient } from './station-client.ts'

export function showCommand(words: Words) {
  return buildCommand<CaseFlags, [number], Context>({
    docs: { brief: words.cases.show },
    parameters: { flags: CASE_FLAGS, positional: numbered() },
    async func(flags, number) {
      const client = stationClient(this.process, flags, this.language)
      const detail = await client.get(casePath(number), CaseDetailSchema)
      const text = flags.json ? JSON.stringify(detail) : shownDetail(words, detail, this.language)
      this.process.stdout.write(`${text}\n`)
    },
  })
}

function shownDetail(words: Words, detail: CaseDetail, language: 'en' | 'fr'): string {
  const { cases: say } = words
  const { alerts, entries, tasks, files, acts } = detail
  const events = [
    ...alerts.map((alert) => ({
      at: alert.firstSeen,
      row: [say.kinds.seen, '', `${alert.title[language]}: ${alert.entity}`],
    })),
    ...entries.map(({ at, kind, by, text }) => ({ at, row: [say.kinds[kind], by, text] })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const parts = [
    [say.timeline, events.map(({ at, row }) => [at.slice(0, 16), ...row])],
    [
      say.tasks,
      tasks.map((task) => [
        task.done === null ? '[ ]' : '[x]',
        task.due?.slice(0, 16) ?? '',
        task.isLate ? say.late : '',
        task.owner,
        task.title,
        task.id,
      ]),
    ],
    [say.files, files.map(({ name, bytes, sha256, id }) => [name, String(bytes), sha256, id])],
    [
      say.actsTitle,
      acts.map(({ at, who, act, what }) => [
        at.slice(0, 19),
        who,
        say.acts[act],
        Object.values(what).join(', ').slice(0, 120),
      ]),
    ],
  ] as const
  const together = togetherLines(words, detail)
  const sections = parts
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `\n${title}\n${table(rows.map((row) => row.map(printable)))}`)
  const { summary } = detail.case
  return [
    shownCases(words, [detail.case]),
    summary === '' ? '' : `\n${printable(summary)}`,
    together.length === 0 ? '' : `\n${together.join('\n')}`,
    ...sections,
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function togetherLines({ cases: say }: Words, { people, merges }: CaseDetail): readonly string[] {
  return [
    ...people.map(({ person, role }) => `${person}: ${say.roles[role]}`),
    ...merges.map(({ id, merged, into }) => say.together.merged(merged, String(into), id)),
  ].map(printable)
}

export function shownCases({ cases: say, report }: Words, cases: readonly Case[]): string {
  const { columns } = say
  const heading = [
    columns.number,
    columns.state,
    columns.severity,
    columns.alerts,
    columns.tasks,
    columns.opened,
    columns.lead,
    columns.title,
  ]
  const rows = cases.map((one) => [
    String(one.number),
    say.states[one.state],
    report.severities[one.severity],
    String(one.alerts),
    `${one.openTasks}${one.lateTasks > 0 ? ` (${one.lateTasks} ${say.late})` : ''}`,
    one.opened.slice(0, 16),
    printable(one.lead),
    printable(one.title),
  ])
  return table([heading, ...rows])
}
