// One run: how far it is and what it found; stop while it goes, go on where it was cut off.

import { useId } from 'react'
import type { HistoryRun } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import styles from './rules.module.css'
import type { RuleRuns } from './use-rule-runs.ts'

export function RunStatus({ run, runs }: { run: HistoryRun; runs: RuleRuns }) {
  const words = useWords().rules.runs
  const isRunning = run.state === 'running'
  const canResume = !isRunning && run.state !== 'done'
  return (
    <div className={styles.run}>
      <div className="row">
        <strong>{words.states[run.state]}</strong>
        <Scope run={run} />
        {isRunning && (
          <button type="button" onClick={() => runs.stop(run.id)}>
            {words.stop}
          </button>
        )}
        {canResume && (
          <button type="button" disabled={runs.isBusy} onClick={() => runs.resume(run.id)}>
            {words.resume}
          </button>
        )}
      </div>
      {isRunning && <Progress run={run} />}
      <Outcome run={run} />
    </div>
  )
}

function Scope({ run }: { run: HistoryRun }) {
  const words = useWords().rules.runs
  const { time } = useFormat()
  return (
    <span className="quiet">
      {words.rules(run.rules?.length ?? null)}, {words.between(time(run.from), time(run.to))}
    </span>
  )
}

function Progress({ run }: { run: HistoryRun }) {
  const words = useWords().rules.runs
  const format = useFormat()
  const label = useId()
  const said = [
    words.of(format.number(run.judged), format.number(run.events)),
    words.reached(format.time(run.reached)),
    run.secondsLeft === null ? null : words.left(format.span(run.secondsLeft * 1000)),
    run.waits ? words.waits : null,
  ].filter((part) => part !== null)
  return (
    <div className="row">
      <span id={label} className="unseen">
        {words.progress}
      </span>
      <progress aria-labelledby={label} value={run.judged} max={Math.max(1, run.events)} />
      <span>{said.join(', ')}</span>
    </div>
  )
}

function Outcome({ run }: { run: HistoryRun }) {
  const words = useWords().rules.runs
  const format = useFormat()
  const side = useSide()
  const said = [
    words.of(format.number(run.judged), format.number(run.events)),
    words.found(format.number(run.findings), format.number(run.known)),
    words.alerts(run.alertsRaised, run.alertsReopened),
    run.unread > 0 ? words.unread(run.unread) : null,
    run.leftOut.length > 0 ? words.leftOut(run.leftOut.join(', ')) : null,
    run.problem === null ? null : side(run.problem),
  ].filter((part) => part !== null)
  const shown = run.state === 'running' ? said.slice(1) : said
  return <p className="quiet">{shown.join('. ')}.</p>
}
