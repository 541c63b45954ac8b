// At a hub: who was told and who answered, with clocks; what nobody could be told of; who is registered.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { HubNotice, NoticeList } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { Copy } from '../../parts/copy.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formFile } from '../../parts/form-text.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { textColumn } from '../../parts/text-column.ts'
import { ShareFrame } from '../sharing/share-frame.tsx'
import { NOTICES, noticesQuery, takeReport } from './notice-api.ts'
import { NoticePanel } from './notice-panel.tsx'
import { Organisations } from './organisations.tsx'
import { UnplacedQueue } from './unplaced-queue.tsx'

const route = getRouteApi('/sharing/notices')
const keyOf = ({ id }: HubNotice): string => id

export function NoticesScreen() {
  const words = useRoomWords().notices
  const query = useQuery(noticesQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data?.isHub === false && <p>{words.notHub}</p>}
      {data?.isHub === true && (
        <>
          <div>
            <p>
              {words.waiting(data.notices.filter(({ state }) => state === 'told').length)}{' '}
              {!data.channels.email && <span className="quiet">{words.noMail}</span>}
            </p>
            {data.channels.dkim !== null && <Dkim is={data.channels.dkim} />}
            <TakeReport />
            <UnplacedQueue list={data} />
            <Organisations />
          </div>
          {data.notices.length === 0 && <p>{words.none}</p>}
          {data.notices.length > 0 && <List data={data} />}
        </>
      )}
    </ShareFrame>
  )
}

function TakeReport() {
  const words = useRoomWords().notices
  return (
    <ActForm
      title={words.report.title}
      action={words.report.go}
      refreshes={NOTICES}
      send={(form) => takeReport(formFile(form, 'file'))}
      said={({ lines, placed, unplaced }) => words.taken(lines, placed, unplaced)}
    >
      <TextField label={words.report.file} name="file" type="file" accept=".csv" required />
    </ActForm>
  )
}

function List({ data: { notices, asOf } }: { data: NoticeList }) {
  const words = useRoomWords().notices
  const { notice: open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (notice: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, notice }) })
  const columns = useColumns(asOf)
  const chosen = notices.find((one) => keyOf(one) === open)
  return (
    <SplitList
      label={words.views.notices}
      columns={columns}
      rows={notices}
      rowKey={keyOf}
      open={open}
      show={show}
    >
      {chosen && <NoticePanel notice={chosen} onClose={() => show(undefined)} />}
    </SplitList>
  )
}

function useColumns(asOf: string): readonly GridColumn<HubNotice>[] {
  const words = useRoomWords().notices
  const format = useFormat()
  return useMemo(() => {
    const { columns, classes, states } = words
    return [
      textColumn({
        id: 'class',
        heading: columns.class,
        width: 12,
        text: (one) => classes[one.class],
      }),
      {
        id: 'organisation',
        heading: columns.organisation,
        text: ({ organisationName }) => organisationName,
        cell: ({ id, organisationName }, tab) => (
          <Link
            to="/sharing/notices"
            search={(before) => ({ ...before, notice: id })}
            tabIndex={tab}
          >
            {organisationName}
          </Link>
        ),
      },
      textColumn({
        id: 'state',
        heading: columns.state,
        width: 11,
        text: ({ state }) => states[state],
      }),
      textColumn({
        id: 'next',
        heading: columns.next,
        width: 12,
        text: (one) => nextOf(one, { asOf, words, format }),
      }),
      textColumn({
        id: 'seen',
        heading: columns.seen,
        width: 18,
        text: ({ observations }) =>
          observations.map(({ what, about }) => `${what} ${about}`).join(', '),
      }),
    ]
  }, [words, format, asOf])
}

type Say = {
  asOf: string
  words: RoomWords['notices']
  format: Format
}

function nextOf({ next, unanswered }: HubNotice, { asOf, words, format }: Say): string {
  if (unanswered) return words.unanswered
  if (next === null) return '–'
  return next < asOf ? words.overdue : format.time(next)
}

/** What receivers look the signature up by. */
function Dkim({ is: { name, value } }: { is: { name: string; value: string } }) {
  const words = useRoomWords().notices
  return (
    <details>
      <summary>{words.dkim}</summary>
      <p>
        <code>{name}</code> <Copy text={name} />
      </p>
      <p>
        <code>{value}</code> <Copy text={value} />
      </p>
    </details>
  )
}
