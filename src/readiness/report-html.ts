// The readiness report as one self-contained page that prints well. No script, no fonts or pictures from elsewhere.

import type { CriterionState, GoalAssessment, LogCoverage, Readiness } from '../model/index.ts'
import { decimal, wordsOf } from '../words/index.ts'
import type { Language, Words } from '../words/index.ts'

type Say = Words['readiness']

export function readinessReport(readiness: Readiness, language: Language): string {
  const say = wordsOf(language).readiness
  const { score, goals, gaps, asOf, organization } = readiness
  const parts = [
    `<header><h1>${escape(say.report.title(organization))}</h1><p>${escape(say.report.asOf(asOf.slice(0, 10)))}</p><p class="note">${escape(say.report.unofficial)}</p></header>`,
    summary(readiness, say),
    section(
      say.report.gaps,
      table(
        [say.columns.goal, say.columns.next, say.columns.worth],
        gaps
          .slice(0, 15)
          .map((gap) => [
            titleOf(goals, gap.goal, language),
            gap.title[language],
            decimal(language, gap.worth, 1),
          ]),
      ),
    ),
    section(say.report.goals, goals.map((goal) => goalPart(goal, language, say)).join('\n')),
    section(say.report.logs, logTable(readiness.logs, language, say)),
    section(
      say.report.history,
      table(
        [say.columns.date, say.columns.score, say.columns.moved],
        readiness.history.slice(-20).map(({ at, score: value, moved }) => [
          at.slice(0, 10),
          String(value),
          moved
            .map(
              ({ goal, to }) => `${titleOf(goals, goal, language)}: ${say.states[stateNamed(to)]}`,
            )
            .slice(0, 6)
            .join('; '),
        ]),
      ),
    ),
  ]
  return page(language, say.report.title(organization), parts.join('\n'), `${score}`)
}

function summary({ score, goals }: Readiness, say: Say): string {
  const count = (state: GoalAssessment['state']) =>
    String(goals.filter((goal) => goal.state === state).length)
  const cells = (['met', 'partly', 'not_met', 'not_assessable', 'not_applicable'] as const).map(
    (state) => [say.states[state], count(state)],
  )
  return `<section><p class="score">${escape(say.report.score(score))}</p>${table([say.columns.state, say.columns.goals], cells)}</section>`
}

function titleOf(goals: readonly GoalAssessment[], key: string, language: Language): string {
  return goals.find(({ goal }) => goal.key === key)?.goal.title[language] ?? key
}

function stateNamed(text: string): GoalAssessment['state'] {
  return (
    (['met', 'partly', 'not_met', 'not_applicable'] as const).find((state) => state === text) ??
    'not_assessable'
  )
}

function goalPart(assessment: GoalAssessment, language: Language, say: Say): string {
  const { goal, state, owner, due, notApplicable } = assessment
  const isOfficial = language === 'en' ? goal.title.en_official : goal.title.fr_official
  const id = goal.id === null ? '' : `${goal.id} `
  const facts = [
    say.states[state],
    ...(isOfficial ? [] : [say.workingTitle]),
    ...(owner === null ? [] : [say.ownedBy(owner)]),
    ...(due === null ? [] : [say.due(due.slice(0, 10))]),
    ...(notApplicable === null ? [] : [notApplicable]),
  ]
  const rows = assessment.criteria.map((criterion) => [
    criterion.title[language],
    say.proofStates[criterion.state],
    basisText(criterion, language, say),
  ])
  return `<article class="${state}"><h3>${escape(id + goal.title[language])}</h3><p>${escape(facts.join(' · '))}</p><p>${escape(goal.outcome[language])}</p>${table([say.columns.criterion, say.columns.state, say.columns.basis], rows)}</article>`
}

function basisText(
  { basis, proof, attestation, contradicted }: CriterionState,
  language: Language,
  say: Say,
): string {
  const seen = proof === null ? [] : [proof.said[language]]
  const said =
    attestation === null
      ? []
      : [say.attested(attestation.who, attestation.expires.slice(0, 10), attestation.statement)]
  const none = basis === 'none' && seen.length === 0 && said.length === 0 ? [say.nothing] : []
  return [...seen, ...said, ...(contradicted ? [say.contradicted] : []), ...none].join(' ')
}

function logTable(logs: readonly LogCoverage[], language: Language, say: Say): string {
  const rows = logs.map((log) => [
    log.title[language],
    say.logStates[log.state],
    log.parsers.join(', '),
    `${log.heldDays} / ${log.keepDays}`,
    String(log.gapDays),
    String(log.lacking18Months),
    log.fields.map(({ name, share }) => `${name} ${Math.round(share * 100)}\u202F%`).join(', '),
  ])
  const { source, state, parsers, held, gaps, lacking, fields } = say.columns
  return table([source, state, parsers, held, gaps, lacking, fields], rows)
}

export function section(title: string, content: string): string {
  return `<section><h2>${escape(title)}</h2>${content}</section>`
}

/** The first cell of a row says what the others are of. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heading.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('')
  const body = rows
    .map(([name = '', ...cells]) => {
      const rest = cells.map((cell) => `<td>${escape(cell)}</td>`).join('')
      // An empty heading would be read aloud as one.
      const first = name === '' ? '<td></td>' : `<th scope="row">${escape(name)}</th>`
      return `<tr>${first}${rest}</tr>`
    })
    .join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;color:#1b1f23;max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.25rem;border-bottom:2px solid #1b1f23;margin-top:2rem}h3{font-size:1.05rem;margin-bottom:.2rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{border:1px solid #8a9199;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#eef1f4}tbody th{background:none}.note{color:#444}.score{font-size:2rem;margin:.5rem 0}article{border-left:6px solid #8a9199;padding-left:.8rem;margin:1rem 0;break-inside:avoid}
article.met{border-color:#1a7f37}article.partly{border-color:#9a6700}article.not_met{border-color:#b42318}
@media print{body{margin:0;max-width:none;font-size:11px}thead{display:table-header-group}tr{break-inside:avoid}}`

export function page(
  language: Language,
  title: string,
  content: string,
  description: string,
): string {
  return `<!doctype html>
<html lang="${language}-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="description" content="${escape(description)}"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main>${content}</main></body></html>
`
}
