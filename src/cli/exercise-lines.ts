// The score card of an exercise as text.

import type { Scorecard } from '../app/exercise/exercises.ts'
import { decimal } from '../words/index.ts'
import type { Language, Words } from '../words/index.ts'
import { printable, table } from './output.ts'

type Reader = { readonly words: Words; readonly language: Language }

export function exerciseLines(card: Scorecard, reader: Reader): readonly string[] {
  const { exercise: say } = reader.words
  return [
    say.title(card.seed, card.days, card.stealth, card.noise),
    ...card.organisations.flatMap((score) => ['', ...organisationLines(score, say)]),
    '',
    say.totals,
    table(figures(card, reader)),
    '',
    say.rule(card.stepHours),
  ]
}

type Say = Words['exercise']
type Score = Scorecard['organisations'][number]

/** Alerts shown of each organisation; all are in the file. */
const ALERTS_SHOWN = 20

function organisationLines(score: Score, say: Say): readonly string[] {
  const { organisation, lines, days, quietDays, alerts, trueAlerts, falseAlerts } = score
  return [
    `${say.organisations[organisation]}: ${say.ofOrganisation(lines, days, quietDays)}`,
    ...score.campaigns.flatMap(({ campaign, hoursToFirstAlert, steps }) => [
      `  ${say.campaigns[campaign]}: ${say.firstAlert(hoursToFirstAlert)}`,
      table(
        steps.map(({ step, attack, state }) => [
          `    ${say.steps[step]}`,
          attack,
          say.states[state],
        ]),
      ),
    ]),
    `  ${say.alerts(alerts.length, trueAlerts, falseAlerts)}`,
    ...(alerts.length === 0
      ? []
      : [
          table(
            alerts
              .slice(0, ALERTS_SHOWN)
              .map(({ isTrue, first, entity, because }) => [
                `    ${isTrue ? say.trueAlert : say.falseAlert}`,
                first.slice(0, 16).replace('T', ' '),
                printable(entity).slice(0, 60),
                printable(because.join('; ')).slice(0, 160),
              ]),
          ),
        ]),
  ]
}

function figures(
  { totals }: Scorecard,
  { words, language }: Reader,
): readonly (readonly string[])[] {
  const { exercise: say } = words
  const { figures: named } = say
  const share = (value: number) => decimal(language, value, 2)
  return [
    [`  ${named.found}`, say.of(totals.found, totals.played)],
    [`  ${named.hours}`, hours(totals, say)],
    [`  ${named.stepsTold}`, say.of(totals.stepsTold, totals.steps)],
    [`  ${named.stepsFound}`, say.of(totals.stepsFound, totals.steps)],
    [`  ${named.perDay}`, share(totals.alertsADay)],
    [`  ${named.falsePerDay}`, share(totals.falseADay)],
    [`  ${named.falsePerQuietDay}`, share(totals.falseAQuietDay)],
    [`  ${named.precision}`, totals.precision === null ? say.nothing : share(totals.precision)],
  ]
}

function hours({ played, medianHours }: Scorecard['totals'], say: Say): string {
  if (played === 0) return say.nothing
  return medianHours === null ? say.mostNever : String(medianHours)
}
