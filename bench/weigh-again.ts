// Weighs anew what stations found in exercises that were kept, without playing them again: seconds instead of minutes.
// node bench/weigh-again.ts DIR [all]     (DIR from `bench/exercise.ts --keep DIR`; `all` also prints each alert)
// Rules and analytics are as they were when it was kept; weights and thresholds are those of now. Names are joined by findings alone:
// the sign-ins that bear most of them out are not kept.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CONTENT } from '../src/app/content.ts'
import type { Exercised, KeptFinding } from '../src/app/exercise/exercise.ts'
import { alertsOfHours, namedAlike } from '../src/app/exercise/said.ts'
import type { ToldHour } from '../src/app/exercise/said.ts'
import { DAY_MS, HOUR_MS } from '../src/core/index.ts'
import { readAnalytics } from '../src/detect/analytics/index.ts'
import { spellingsOf } from '../src/detect/index.ts'
import { joinHours, toTell, watchedSince } from '../src/detect/risk/index.ts'
import type { FoundHour } from '../src/detect/risk/index.ts'
import { loadRules } from '../src/detect/sigma/index.ts'
import { START_MS, scoreOf, totalsOf } from '../src/exercise/index.ts'
import type { OrganisationKind, Score } from '../src/exercise/index.ts'
import type { RuleFacts } from '../src/model/index.ts'
import { CELL_HEADS, cellsOf, tableRow } from './exercise-cells.ts'

/** One organisation's exercise as it is kept. */
export type Kept = Pick<Exercised, 'labels' | 'findings' | 'looksMs'> & {
  readonly seed: number
  readonly stealth: number
  readonly days: number
  readonly organisation: OrganisationKind
  readonly lines: number
}

if (import.meta.main) {
  const [folder = '.', what] = process.argv.slice(2)
  const kept = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name): Kept => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  console.log(tableRow(['seed', 'stealth', 'organisation', ...CELL_HEADS]))
  console.log(tableRow(['--:', '--:', '---', ...CELL_HEADS.map(() => '--:')]))
  const known = readFacts()
  const scores = kept.map((one) => {
    const score = weighedAgain(one, known)
    console.log(tableRow([one.seed, one.stealth, one.organisation, ...cellsOf(totalsOf([score]))]))
    if (what === 'all') details(score)
    return score
  })
  console.log(tableRow(['all', '', '', ...cellsOf(totalsOf(scores))]))
}

function weighedAgain(
  { organisation, days, lines, labels, findings, looksMs }: Kept,
  known: ReadonlyMap<string, RuleFacts>,
): Score {
  const told = new Map<string, ToldHour>()
  const spellings = spellingsOf(findings.filter(({ name }) => name !== ''))
  for (const nowMs of looksMs) {
    const hours = joinHours(
      hoursOf(findings.filter((one) => one.judgedMs <= nowMs && one.timeMs >= nowMs - 30 * DAY_MS)),
      spellings,
    )
    for (const { found } of toTell(hours, {
      known,
      alertsADay: 1,
      sinceHour: (nowMs - DAY_MS) / HOUR_MS,
      watchedSinceHour: watchedSince(START_MS, nowMs),
    })) {
      const key = `${found.hour} ${found.entity}`
      if (told.has(key)) continue
      told.set(key, {
        entity: { kind: found.entityKind, name: found.name },
        hour: found.hour,
        toldMs: nowMs,
        because: found.rules.map((rule) => known.get(rule)?.title.en ?? rule),
      })
    }
  }
  return scoreOf({
    organisation,
    days,
    lines,
    labels: namedAlike(labels, spellings),
    alerts: alertsOfHours([...told.values()]),
    found: findings.map(({ kind, name, timeMs }) => ({
      entity: { kind, name: spellings.nameOf({ kind, name }) },
      hour: Math.floor(timeMs / HOUR_MS),
    })),
  })
}

/** What authors say of rules and analytics now; of what is no longer there, what it was. */
function readFacts(): ReadonlyMap<string, RuleFacts> {
  const facts = new Map<string, RuleFacts>()
  const shared = { author: '', reference: '' }
  for (const { id, title, severity, attack } of readAnalytics(CONTENT.analytics, (problem) => {
    throw problem
  }))
    facts.set(id, { id, title, severity, attack, ...shared })
  for (const { id, title, level, attack } of loadRules([CONTENT.rules]).rules)
    facts.set(id, { id, title, severity: level, attack, ...shared })
  return facts
}

function hoursOf(findings: readonly KeptFinding[]): readonly FoundHour[] {
  const named = findings.filter(({ name }) => name !== '')
  const byHour = Map.groupBy(
    named,
    ({ kind, name, timeMs }) => `${Math.floor(timeMs / HOUR_MS)} ${kind} ${name}`,
  )
  return [...byHour.values()].flatMap((some) => {
    const [first] = some
    if (first === undefined) return []
    return {
      entity: `${first.kind} ${first.name}`,
      entityKind: first.kind,
      name: first.name,
      hour: Math.floor(first.timeMs / HOUR_MS),
      rules: [...new Set(some.map(({ rule }) => rule))],
      last: new Date(Math.max(...some.map(({ timeMs }) => timeMs))).toISOString(),
      findings: some.length,
    }
  })
}

function details({ campaigns, alerts }: Score): void {
  for (const { campaign, hoursToFirstAlert, steps } of campaigns)
    console.log(
      `  ${campaign} ${hoursToFirstAlert ?? 'never'} ${steps.map(({ step, state }) => `${step}:${state}`).join(' ')}`,
    )
  for (const { isTrue, kind, entity, first, because } of alerts)
    console.log(`  ${isTrue ? 'true ' : 'FALSE'} ${first} ${kind} ${entity} ${because.join('; ')}`)
}
