// One moment of the exercise: what was done and to whom, what the station said of each, and why nobody was called.

import type { ExerciseMoment, ExerciseResult } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { Facts } from '../../parts/facts.tsx'
import { Panel } from '../../parts/panel.tsx'
import { techniquesFact } from '../../parts/techniques.tsx'
import { Outcome } from './outcome.tsx'

type Props = {
  of: ExerciseMoment
  titles: ExerciseResult['titles']
  onClose: () => void
}

export function MomentPanel({ of: moment, titles, onClose }: Props) {
  const words = useRoomWords().exercise
  const format = useFormat()
  const { campaign, step, attack, lines, entities, state, time } = moment
  const campaigns: Readonly<Record<string, string>> = words.campaigns
  const steps: Readonly<Record<string, string>> = words.steps
  return (
    <Panel label={words.detail} of={moment.id} onClose={onClose}>
      <p className="quiet">{words.invented}</p>
      <h3>{step === null ? words.nobody : (steps[step] ?? step)}</h3>
      <Outcome is={state} />
      <p>{words.why[state]}</p>
      <Facts
        facts={[
          [words.columns.time, format.full(time)],
          [words.did, campaign === null ? '' : (campaigns[campaign] ?? campaign)],
          techniquesFact(words.technique, attack === '' ? [] : [attack]),
          [words.stepLines, lines === 0 ? '' : format.number(lines)],
          [words.concerns, <Names key="names" of={entities} />],
        ]}
      />
      <Said moment={moment} titles={titles} />
    </Panel>
  )
}

function Names({ of: entities }: { of: ExerciseMoment['entities'] }) {
  return (
    <span className="mono">
      {entities
        .slice(0, MOST_NAMES)
        .map(({ name }) => name)
        .join(', ')}
      {entities.length > MOST_NAMES && ' …'}
    </span>
  )
}

const MOST_NAMES = 12

function Said({ moment: { said }, titles }: Pick<Props, 'titles'> & { moment: ExerciseMoment }) {
  const words = useRoomWords().exercise
  const format = useFormat()
  const side = useSide()
  if (said.length === 0) return null
  return (
    <>
      <h3>{words.rules}</h3>
      {said.map(({ kind, name, told, rules }) => (
        <div key={`${kind} ${name} ${told}`}>
          <p>
            <span className="mono">{name}</span>,{' '}
            {told === null ? words.notTold : words.told(format.time(told))}
          </p>
          <ul>
            {rules.map((rule) => {
              const title = titles[rule]
              return <li key={rule}>{title === undefined ? rule : side(title)}</li>
            })}
          </ul>
        </div>
      ))}
    </>
  )
}
