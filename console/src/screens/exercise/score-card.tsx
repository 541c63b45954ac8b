// What a station made of an exercise: how many campaigns and steps, how soon, how often for nothing, and what was missed and why.

import type { ExerciseResult } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Facts } from '../../parts/facts.tsx'
import tables from '../../parts/wide-table.module.css'
import styles from './exercise.module.css'
import { Outcome } from './outcome.tsx'

export function ScoreCard({ of: result }: { of: ExerciseResult }) {
  const words = useRoomWords().exercise
  const format = useFormat()
  const { ask, totals } = result
  const { figures } = words
  return (
    <section aria-labelledby="card" className={styles.card}>
      <h2 id="card">{words.card}</h2>
      <p className="quiet">
        {words.played(
          words.organisations[ask.organisation],
          ask.days,
          words.stealths[ask.stealth],
          ask.seed,
        )}
      </p>
      <Facts
        facts={[
          [figures.found, words.of(totals.found, totals.played)],
          [figures.hours, hoursOf(totals, words)],
          [figures.stepsTold, words.of(totals.stepsTold, totals.steps)],
          [figures.stepsFound, words.of(totals.stepsFound, totals.steps)],
          [words.alerts, words.rightWrong(result.trueAlerts, result.falseAlerts)],
          [figures.falsePerDay, format.rate(totals.falseADay)],
          [figures.falsePerQuietDay, format.rate(totals.falseAQuietDay)],
          [
            figures.precision,
            totals.precision === null ? words.nothing : format.percent(totals.precision),
          ],
          [words.quiet, words.quietOf(result.quietDays, result.days)],
          [words.lines, format.number(result.lines)],
          [words.ended, format.full(result.ended)],
          [words.took, format.span(result.seconds * 1000)],
        ]}
      />
    </section>
  )
}

function hoursOf(
  { played, medianHours }: ExerciseResult['totals'],
  words: { readonly nothing: string; readonly mostNever: string },
): string {
  if (played === 0) return words.nothing
  return medianHours === null ? words.mostNever : String(medianHours)
}

export function Campaigns({ of: campaigns }: { of: ExerciseResult['campaigns'] }) {
  const words = useRoomWords().exercise
  const format = useFormat()
  const names: Readonly<Record<string, string>> = words.campaigns
  return (
    <section aria-labelledby="campaigns">
      <h2 id="campaigns">{words.found}</h2>
      {campaigns.map(({ campaign, begins, hoursToFirstAlert, steps: some }) => (
        <section
          key={campaign}
          className={tables.wide}
          tabIndex={0}
          aria-label={names[campaign] ?? campaign}
        >
          <h3>{names[campaign] ?? campaign}</h3>
          <p>
            {words.firstAlert(hoursToFirstAlert)}
            <span className="quiet">
              , {words.begins} {format.time(begins)}
            </span>
          </p>
          <Steps of={some} />
        </section>
      ))}
    </section>
  )
}

function Steps({ of: steps }: { of: ExerciseResult['campaigns'][number]['steps'] }) {
  const words = useRoomWords().exercise
  const format = useFormat()
  const names: Readonly<Record<string, string>> = words.steps
  return (
    <table className={tables.table}>
      <thead>
        <tr>
          <th scope="col">{words.step}</th>
          <th scope="col">{words.technique}</th>
          <th scope="col" className="number">
            {words.stepLines}
          </th>
          <th scope="col">{words.state}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ step, attack, lines, state }) => (
          <tr key={step}>
            <td>{names[step] ?? step}</td>
            <td className="mono">{attack}</td>
            <td className="number">{format.number(lines)}</td>
            <td>
              <Outcome is={state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
