// What hubs sent, and what became of each here.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Received, ReceivedList } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import { CopyRows } from '../../parts/copy-rows.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import type { GridColumn } from '../../parts/grid-props.ts'
import { Grid } from '../../parts/grid.tsx'
import layout from '../../parts/layout.module.css'
import { plainText } from '../../parts/plain-text.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { textColumn } from '../../parts/text-column.ts'
import { receivedQuery } from './share-api.ts'
import { ShareFrame } from './share-frame.tsx'

const route = getRouteApi('/sharing/received')
const keyOf = ({ peer, id }: Received): string => `${peer} ${id}`

export function ReceivedScreen() {
  const words = useRoomWords().sharing.received
  const query = useQuery(receivedQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data?.received.length === 0 && <p>{words.none}</p>}
      {data !== undefined && data.received.length > 0 && <List data={data} />}
    </ShareFrame>
  )
}

function List({ data: { received } }: { data: ReceivedList }) {
  const words = useRoomWords().sharing
  const { text = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const find = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, text: next }), replace: true })
  const shown = useMemo(() => received.filter((one) => fits(one, text)), [received, text])
  const columns = useColumns()
  return (
    <>
      <div className={layout.bar}>
        <FindBox label={words.received.filter} value={text} find={find} size={36} />
        <span role="status" className="quiet">
          {words.received.shown(shown.length, received.length)}
        </span>
        <CopyRows columns={columns} rows={shown} />
      </div>
      {shown.length === 0 && <p>{words.received.unfit}</p>}
      {shown.length > 0 && (
        <Grid label={words.views.received} columns={columns} rows={shown} rowKey={keyOf} />
      )}
    </>
  )
}

function fits({ name, id, peer }: Received, text: string): boolean {
  return plainText([name, id, peer].join(' ')).includes(plainText(text))
}

type Words = RoomWords['sharing']

function useColumns(): readonly GridColumn<Received>[] {
  const words = useRoomWords().sharing
  const format = useFormat()
  return useMemo(() => [...what(words), ...became(words, format)], [words, format])
}

function what({ received: { columns } }: Words): readonly GridColumn<Received>[] {
  return [
    textColumn({ id: 'name', heading: columns.name, text: ({ name, id }) => name || id }),
    textColumn({ id: 'peer', heading: columns.peer, width: 9, text: ({ peer }) => peer }),
    textColumn({ id: 'type', heading: columns.type, width: 7, text: ({ type }) => type }),
  ]
}

function became(
  { received: { columns, states, seen, notSaid }, reason: reasonOf }: Words,
  format: Format,
): readonly GridColumn<Received>[] {
  const here = (count: number | null): string => (count === null ? notSaid : seen(count))
  return [
    textColumn({
      id: 'state',
      heading: columns.state,
      width: 9,
      text: ({ state }) => states[state],
    }),
    {
      id: 'seen',
      heading: columns.seen,
      width: 8,
      text: (one) => here(one.seen),
      cell: ({ seen: count }) =>
        count === null || count === 0 ? (
          here(count)
        ) : (
          <StateMark tone="bad">{here(count)}</StateMark>
        ),
    },
    textColumn({
      id: 'reason',
      heading: columns.reason,
      width: 14,
      text: ({ reason }) => (reason === null ? '' : reasonOf(reason)),
    }),
    textColumn({
      id: 'received',
      heading: columns.received,
      width: 10,
      text: ({ received }) => format.time(received),
    }),
  ]
}
