// How well a station finds campaigns that are played at invented organisations. Prints a table of seeds and stealth.
// node --liftoff-only bench/exercise.ts [--seeds 1,2] [--organisations town,water-utility] [--stealth 1,3] [--days 28] [--campaign none] [--keep DIR]
// What is kept there (findings, labels), `bench/weigh-again.ts DIR` weighs anew in seconds.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Exercised } from '../src/app/exercise/exercise.ts'
import { playExercises } from '../src/app/exercise/exercises.ts'
import type { Scorecard } from '../src/app/exercise/exercises.ts'
import { CAMPAIGN_NAMES, ORGANISATION_KINDS, STEALTH_LEVELS } from '../src/exercise/index.ts'
import { CELL_HEADS, cellsOf, tableRow } from './exercise-cells.ts'
import type { Kept } from './weigh-again.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2' },
    organisations: { type: 'string', default: 'town,school-board,water-utility' },
    stealth: { type: 'string', default: '1,3' },
    days: { type: 'string', default: '28' },
    campaign: { type: 'string' },
    keep: { type: 'string' },
  },
})

const STEP_HOURS = 12
const asked = <T>(text: string, all: readonly T[]): readonly T[] =>
  all.filter((one) => text.split(',').includes(String(one)))

console.log(
  tableRow(['seed', 'stealth', 'organisations', ...CELL_HEADS, 'seconds', 'of processor']),
)
console.log(tableRow(['--:', '--:', '---', ...CELL_HEADS.map(() => '--:'), '--:', '--:']))
for (const seed of values.seeds.split(',').map(Number)) {
  for (const stealth of asked(values.stealth, STEALTH_LEVELS)) {
    const { card, played } = await playExercises({
      seed,
      stealth,
      organisations: asked(values.organisations, ORGANISATION_KINDS),
      days: Number(values.days),
      noise: 1,
      stepHours: STEP_HOURS,
      ...(values.campaign === undefined
        ? {}
        : { campaigns: asked(values.campaign, CAMPAIGN_NAMES) }),
      onDay: () => undefined,
      onTrouble: (sentence) => console.error(sentence),
      signal: new AbortController().signal,
    })
    if (values.keep !== undefined) keep(values.keep, card, played)
    console.log(row(card))
    for (const line of details(card)) console.error(line)
  }
}

function keep(folder: string, { seed, stealth, days }: Scorecard, played: readonly Exercised[]) {
  mkdirSync(folder, { recursive: true })
  for (const { score, labels, findings, looksMs } of played) {
    const kept: Kept = {
      seed,
      stealth,
      days,
      organisation: score.organisation,
      lines: score.lines,
      labels: labels.map((label) => ({ ...label, line: '' })),
      findings,
      looksMs,
    }
    const file = `${seed}-${stealth}-${score.organisation}-${days}-${values.campaign ?? 'own'}.json`
    writeFileSync(join(folder, file), JSON.stringify(kept))
  }
}

function row({ seed, stealth, organisations, totals, seconds, cpuSeconds }: Scorecard): string {
  const names = organisations.map(({ organisation }) => organisation).join(', ')
  return tableRow([seed, stealth, names, ...cellsOf(totals), seconds, cpuSeconds])
}

/** What was missed, and what was false, for whoever wants to know why. */
function details({ seed, stealth, organisations }: Scorecard): readonly string[] {
  return organisations.flatMap(({ organisation, campaigns, alerts }) => [
    ...campaigns.map(
      ({ campaign, hoursToFirstAlert, steps }) =>
        `${seed} ${stealth} ${organisation} ${campaign} ${hoursToFirstAlert ?? 'never'} ${steps.map(({ step, state }) => `${step}:${state}`).join(' ')}`,
    ),
    ...alerts.map(
      ({ isTrue, kind, entity, first, because }) =>
        `${seed} ${stealth} ${organisation} ${isTrue ? 'true' : 'false'} ${first} ${kind} ${entity} ${because.join('; ')}`,
    ),
  ])
}
