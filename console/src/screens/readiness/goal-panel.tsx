// One goal: how its state is made, what closes it next, who owns it, and what people state of it.

import type { GoalAssessment, Readiness } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { Panel } from '../../parts/panel.tsx'
import { Criterion } from './criterion.tsx'
import { AttestForm, NoteForm } from './goal-forms.tsx'
import { GoalMark } from './goal-mark.tsx'

type Props = { one: GoalAssessment; history: Readiness['history']; onClose: () => void }

export function GoalPanel({ one, history, onClose }: Props) {
  const words = useRoomWords().readiness
  const side = useSide()
  const { goal, state, criteria, next } = one
  return (
    <Panel label={words.detail} of={goal.key} onClose={onClose}>
      <GoalMark is={state} />
      <h2>{side(goal.title)}</h2>
      <p className="quiet">{goal.id === null ? words.workingTitle : words.official(goal.id)}</p>
      <p>{side(goal.outcome)}</p>
      {next && (
        <p>
          <strong>{words.next}</strong> {side(next)}
        </p>
      )}
      <section className={layout.section}>
        <h3>{words.how}</h3>
        <p className="quiet">{words.howText}</p>
        <ul>
          {criteria.map((criterion) => (
            <Criterion key={criterion.key} is={criterion} />
          ))}
        </ul>
      </section>
      <AttestForm key={`attest ${goal.key}`} one={one} />
      <NoteForm key={`note ${goal.key}`} one={one} />
      <GoalFacts one={one} />
      <Moves goal={goal.key} history={history} />
    </Panel>
  )
}

const MOST_RISK = 10
const MOST_EFFORT = 5

function GoalFacts({ one: { goal, owner, due, notApplicable } }: { one: GoalAssessment }) {
  const words = useRoomWords().readiness
  const { facts } = words
  return (
    <Facts
      facts={[
        [facts.owner, owner],
        [facts.due, dayOf(due)],
        [facts.notApplicable, notApplicable],
        [facts.pillar, words.pillars[goal.pillar]],
        [facts.scope, goal.scope.join(', ')],
        [facts.risk, words.of(goal.risk, MOST_RISK)],
        [facts.effort, words.of(goal.effort, MOST_EFFORT)],
        [facts.cost, words.costs[goal.cost]],
        [facts.techniques, goal.techniques.join(', ')],
        [facts.csf, goal.csf2.join(', ')],
        [facts.cpg, goal.cpg.join(', ')],
      ]}
    />
  )
}

function Moves({ goal, history }: { goal: string; history: Readiness['history'] }) {
  const words = useRoomWords().readiness
  const format = useFormat()
  const moves = history.flatMap(({ at, moved }) =>
    moved.filter((move) => move.goal === goal).map(({ from, to }) => ({ at, from, to })),
  )
  const named = (state: string): string => new Map(Object.entries(words.states)).get(state) ?? '–'
  if (moves.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.history}</h3>
      <ul>
        {moves.toReversed().map(({ at, from, to }) => (
          <li key={at}>
            <span className="quiet">{format.time(at)}</span> {`${named(from)} → ${named(to)}`}
          </li>
        ))}
      </ul>
    </section>
  )
}
