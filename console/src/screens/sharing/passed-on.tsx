// What a hub gives its members in the name of other hubs.

import { useQuery } from '@tanstack/react-query'
import type { PassedOn } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import tables from '../../parts/wide-table.module.css'
import { passedOnQuery } from './share-api.ts'

type One = PassedOn['passedOn'][number]

export function PassedOnList() {
  const words = useRoomWords().sharing.given.passedOn
  const { data } = useQuery(passedOnQuery)
  if (!data) return null
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.title}>
      <h2>{words.title}</h2>
      {data.passedOn.length === 0 && <p>{words.none}</p>}
      {data.passedOn.length > 0 && <Table all={data.passedOn} />}
    </section>
  )
}

const TONES = { given: 'good', revoked: 'none', over: 'bad' } as const

function stateOf({ holds, revoked }: One): keyof typeof TONES {
  if (revoked) return 'revoked'
  return holds ? 'given' : 'over'
}

function Table({ all }: { all: readonly One[] }) {
  const { columns, states } = useRoomWords().sharing.given.passedOn
  const format = useFormat()
  return (
    <table className={`${tables.table} ${tables.named}`}>
      <thead>
        <tr>
          {Object.entries(columns).map(([key, heading]) => (
            <th scope="col" key={key}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {all.map((one) => (
          <tr key={`${one.peer} ${one.id}`}>
            <th scope="row">{one.name || one.id}</th>
            <td>{one.peer}</td>
            <td>{one.type}</td>
            <td>{one.marking}</td>
            <td>{format.time(one.since)}</td>
            <td>
              <StateMark tone={TONES[stateOf(one)]}>{states[stateOf(one)]}</StateMark>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
