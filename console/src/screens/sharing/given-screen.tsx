// What a hub gives out, shown before it leaves, and what its members answered.

import { useQuery } from '@tanstack/react-query'
import type { Seen } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import tables from '../../parts/wide-table.module.css'
import { GiveOut } from './give-out.tsx'
import { MispFeed } from './misp-feed.tsx'
import { PassedOnList } from './passed-on.tsx'
import { seenQuery, shareQuery } from './share-api.ts'
import { ShareFrame } from './share-frame.tsx'

export function GivenScreen() {
  const words = useRoomWords().sharing.given
  const query = useQuery(shareQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data?.address === null && <p>{words.notHub}</p>}
      {data !== undefined && data.address !== null && (
        <div>
          <GiveOut />
          <MispFeed peers={data.peers} />
          <Answers />
          <PassedOnList />
        </div>
      )}
    </ShareFrame>
  )
}

function Answers() {
  const words = useRoomWords().sharing.given
  const { data } = useQuery(seenQuery)
  if (!data) return null
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.seen}>
      <h2>{words.seen}</h2>
      {data.seen.length === 0 && <p>{words.seenNone}</p>}
      {data.seen.length > 0 && <Table seen={data.seen} />}
    </section>
  )
}

function Table({ seen }: Pick<Seen, 'seen'>) {
  const { columns } = useRoomWords().sharing.given
  const format = useFormat()
  const at = (instant: string | null): string => (instant === null ? '–' : format.time(instant))
  return (
    <table className={`${tables.table} ${tables.named}`}>
      <thead>
        <tr>
          <th scope="col">{columns.indicator}</th>
          <th scope="col" className="number">
            {columns.members}
          </th>
          <th scope="col" className="number">
            {columns.looked}
          </th>
          <th scope="col">{columns.first}</th>
          <th scope="col">{columns.last}</th>
        </tr>
      </thead>
      <tbody>
        {seen.map((one) => (
          <tr key={one.indicator}>
            <th scope="row">{one.name || one.indicator}</th>
            <td className="number">{format.number(one.members)}</td>
            <td className="number">{format.number(one.looked)}</td>
            <td>{at(one.first)}</td>
            <td>{at(one.last)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
