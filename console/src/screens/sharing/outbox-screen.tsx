// What leaves this station, exactly as it leaves, and what waits for a person.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Outbox, Outgoing } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { CopyRows } from '../../parts/copy-rows.tsx'
import type { GridColumn } from '../../parts/grid-props.ts'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { textColumn } from '../../parts/text-column.ts'
import { OutgoingPanel } from './outgoing-panel.tsx'
import { outboxQuery } from './share-api.ts'
import { ShareFrame } from './share-frame.tsx'

const route = getRouteApi('/sharing/outbox')
const keyOf = ({ seq }: Outgoing): string => String(seq)
const ALL = 'all'

export function OutboxScreen() {
  const words = useRoomWords().sharing.outbox
  const query = useQuery(outboxQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data?.outgoing.length === 0 && <p>{words.none}</p>}
      {data !== undefined && data.outgoing.length > 0 && <List data={data} />}
    </ShareFrame>
  )
}

function List({ data: { outgoing } }: { data: Outbox }) {
  const words = useRoomWords().sharing
  const { state = ALL, object } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, object: next }) })
  const shown = useMemo(
    () => outgoing.filter((one) => state === ALL || one.state === state),
    [outgoing, state],
  )
  const columns = useColumns()
  const chosen = outgoing.find((one) => keyOf(one) === object)
  return (
    <>
      <div className={layout.bar}>
        <Filter />
        <span role="status" className="quiet">
          {words.outbox.shown(shown.length, outgoing.length)}
        </span>
        <CopyRows columns={columns} rows={shown} />
      </div>
      {shown.length === 0 && <p>{words.outbox.unfit}</p>}
      <SplitList
        label={words.views.outbox}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        open={object}
        show={show}
      >
        {chosen && <OutgoingPanel of={chosen} onClose={() => show(undefined)} />}
      </SplitList>
    </>
  )
}

function Filter() {
  const words = useRoomWords().sharing.outbox
  const { state = ALL } = route.useSearch()
  const navigate = route.useNavigate()
  const states = Object.entries(words.states).map(([value, label]) => ({ value, label }))
  return (
    <Choices
      label={words.only}
      choices={[{ value: ALL, label: words.all }, ...states]}
      isChosen={(value) => value === state}
      choose={(value) =>
        void navigate({
          search: (before) => ({ ...before, state: value === ALL ? undefined : value }),
          replace: true,
        })
      }
    />
  )
}

function useColumns(): readonly GridColumn<Outgoing>[] {
  const words = useRoomWords().sharing.outbox
  const format = useFormat()
  return useMemo(() => {
    const { columns, states } = words
    return [
      textColumn({
        id: 'state',
        heading: columns.state,
        width: 11,
        text: ({ state }) => states[state],
      }),
      {
        id: 'object',
        heading: columns.object,
        text: ({ object }) => object,
        cell: ({ seq, object }, tab) => (
          <Link
            to="/sharing/outbox"
            search={(before) => ({ ...before, object: String(seq) })}
            tabIndex={tab}
          >
            {object}
          </Link>
        ),
      },
      textColumn({ id: 'peer', heading: columns.peer, width: 10, text: ({ peer }) => peer }),
      textColumn({
        id: 'made',
        heading: columns.made,
        width: 10,
        text: ({ made }) => format.time(made),
      }),
      textColumn({
        id: 'sent',
        heading: columns.sent,
        width: 10,
        text: ({ sent }) => (sent === null ? '–' : format.time(sent)),
      }),
    ]
  }, [words, format])
}
