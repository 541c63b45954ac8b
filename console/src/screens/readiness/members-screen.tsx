// How a hub's members stand to the goals, as sums; and whether this station tells its own hubs.

import { useQuery } from '@tanstack/react-query'
import type { RollUpState, RollUps } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { Problem } from '../../parts/problem.tsx'
import { Table } from '../../parts/table.tsx'
import { READINESS, rollUpQuery, switchRollUp } from './readiness-api.ts'
import { ReadinessFrame } from './readiness-frame.tsx'

export function MembersScreen() {
  return <ReadinessFrame>{() => <Members />}</ReadinessFrame>
}

function Members() {
  const words = useRoomWords().readiness.members
  const { data, error, refetch } = useQuery(rollUpQuery)
  if (error !== null) return <Problem error={error} retry={() => void refetch()} />
  if (data === undefined) return null
  const { hubs, members } = data
  return (
    <div>
      {hubs.length === 0 && members === null && <p>{words.noHub}</p>}
      {members !== null && <Sums sums={members} />}
      {hubs.length > 0 && <Hubs hubs={hubs} />}
    </div>
  )
}

const STATES = ['met', 'partly', 'not_met', 'not_assessable', 'not_applicable'] as const

function Sums({ sums: { floor, members, goals } }: { sums: RollUps }) {
  const { members: words, states, columns } = useRoomWords().readiness
  const side = useSide()
  if (members === null) return <p>{words.tooFew(floor)}</p>
  return (
    <>
      <p className="quiet">{words.how}</p>
      <p>
        {words.tell(members)} <span className="quiet">{words.hidden(floor)}</span>
      </p>
      <Table
        title={words.title}
        none={words.tooFew(floor)}
        columns={[columns.goal, ...STATES.map((state) => states[state])]}
        rows={goals.map(({ key, title, counts }) => ({
          key,
          cells: [side(title), ...STATES.map((state) => <Count key={state} is={counts[state]} />)],
        }))}
      />
    </>
  )
}

function Count({ is }: { is: number | null | undefined }) {
  const words = useRoomWords().readiness.members
  const { number } = useFormat()
  if (typeof is === 'number') return <>{number(is)}</>
  return <span className="quiet">{words.notShown}</span>
}

function Hubs({ hubs }: Pick<RollUpState, 'hubs'>) {
  const words = useRoomWords().readiness.members
  return (
    <section className={layout.section} aria-label={words.hubs}>
      <h2>{words.hubs}</h2>
      {hubs.map((hub) => (
        <Hub key={hub.peer} hub={hub} />
      ))}
    </section>
  )
}

function Hub({ hub: { peer, isOn, by, told } }: { hub: RollUpState['hubs'][number] }) {
  const words = useRoomWords().readiness.members
  const { full } = useFormat()
  const send = (form: HTMLFormElement): Promise<unknown> =>
    switchRollUp({ peer, isOn: true, by: formText(form, 'by').trim() })
  if (isOn)
    return (
      <>
        <p>
          {told === null ? words.waits(peer, by ?? '') : words.told(peer, full(told), by ?? '')}
        </p>
        <ActButton
          label={words.stop}
          refreshes={READINESS}
          act={() => switchRollUp({ peer, isOn: false })}
        />
      </>
    )
  return (
    <>
      <p>{words.isOff(peer)}</p>
      <ActForm title={words.hub(peer)} action={words.go} refreshes={READINESS} send={send}>
        <p className="quiet">{words.what}</p>
        <TextField label={words.by} name="by" required maxLength={200} />
      </ActForm>
    </>
  )
}
