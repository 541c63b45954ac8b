// What the text would have done: counts, when, on whom, and a few hits to read.

import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { RuleTrial } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide, useWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { TrialBars } from './trial-bars.tsx'
import styles from './workbench.module.css'

type Props = { trial: RuleTrial; stop: () => void; isOld: boolean }

export function Trial({ trial, stop, isOld }: Props) {
  const words = useRoomWords().workbench.trial
  const isRunning = trial.state === 'running'
  return (
    <>
      <div className="row">
        <strong role="status">{words.states[trial.state]}</strong>
        {isRunning && (
          <button type="button" onClick={stop}>
            {words.stop}
          </button>
        )}
        {isOld && <span className="quiet">{words.old}</span>}
      </div>
      {isRunning && <Progress trial={trial} />}
      <Outcome trial={trial} />
      {trial.buckets.length > 0 && <TrialBars trial={trial} />}
      {trial.rules.length > 1 && <Rules trial={trial} />}
      {trial.entities.length > 0 && <Entities trial={trial} />}
      {trial.samples.length > 0 && <Samples trial={trial} />}
    </>
  )
}

function Progress({ trial }: { trial: RuleTrial }) {
  const words = useWords().rules.runs
  const format = useFormat()
  const label = useId()
  return (
    <div className="row">
      <span id={label} className="unseen">
        {words.progress}
      </span>
      <progress aria-labelledby={label} value={trial.judged} max={Math.max(1, trial.events)} />
      <span>{words.of(format.number(trial.judged), format.number(trial.events))}</span>
    </div>
  )
}

function Outcome({ trial }: { trial: RuleTrial }) {
  const words = useRoomWords().workbench.trial
  const runs = useWords().rules.runs
  const format = useFormat()
  const side = useSide()
  const isFilter = trial.rules.some(({ accepted }) => accepted !== null)
  const said = [
    words.hits(trial.hits, format.number(trial.judged)),
    isFilter ? words.accepted(format.number(trial.accepted), format.number(trial.hits)) : null,
    isFilter ? words.left(trial.alerts) : words.alerts(trial.alerts),
    trial.mostInAnHour >= trial.breakerLimit
      ? words.wouldFlood(format.number(trial.mostInAnHour))
      : null,
    trial.leftOut.length > 0 ? words.leftOut : null,
    trial.unread > 0 ? runs.unread(trial.unread) : null,
    trial.untried.length > 0 ? words.untried(trial.untried.join(', ')) : null,
    trial.problem === null ? null : side(trial.problem),
  ].filter((part) => part !== null)
  return <p>{said.join(' ')}</p>
}

function Rules({ trial: { rules } }: { trial: RuleTrial }) {
  const words = useRoomWords().workbench.trial
  const format = useFormat()
  const side = useSide()
  return (
    <table className={layout.section}>
      <caption>{words.byRule}</caption>
      <thead>
        <tr>
          <th scope="col">{words.rule}</th>
          <th scope="col">{words.hitsColumn}</th>
          <th scope="col">{words.acceptedColumn}</th>
        </tr>
      </thead>
      <tbody>
        {rules.map(({ id, title, hits, accepted }) => (
          <tr key={id}>
            <td>{side(title)}</td>
            <td className="number">{format.number(hits)}</td>
            <td className="number">{accepted === null ? '–' : format.number(accepted)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Entities({ trial: { entities } }: { trial: RuleTrial }) {
  const words = useRoomWords().workbench.trial
  const format = useFormat()
  return (
    <section className={layout.section}>
      <h3>{words.entities}</h3>
      <dl className={layout.facts}>
        {entities.map(({ kind, entity, hits }) => [
          <dt key={`${kind} ${entity}`} className="mono">
            {entity === '' ? '–' : entity}
          </dt>,
          <dd key={`${kind} ${entity}=`}>{format.number(hits)}</dd>,
        ])}
      </dl>
    </section>
  )
}

function Samples({ trial: { samples, rules } }: { trial: RuleTrial }) {
  const words = useRoomWords().workbench.trial
  const { time } = useFormat()
  const isFilter = rules.some(({ accepted }) => accepted !== null)
  return (
    <section className={layout.section}>
      <h3>{isFilter ? words.acceptedSamples : words.samples}</h3>
      <ul className={styles.samples}>
        {samples.map(({ rule, batch, line, time: at, entity, reasons }) => (
          <li key={`${rule} ${batch} ${line}`}>
            <Link
              to="/hunt"
              search={{
                event: `${batch}:${line}`,
                from: new Date(Date.parse(at) - AROUND_MS).toISOString(),
                to: new Date(Date.parse(at) + AROUND_MS).toISOString(),
              }}
            >
              {time(at)}
            </Link>{' '}
            {entity}{' '}
            <span className="mono quiet">
              {[...new Set(reasons.map(({ field, value }) => `${field}=${value}`))]
                .slice(0, 3)
                .join(' ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The event is found by its time and unfolded by its name. */
const AROUND_MS = 500
