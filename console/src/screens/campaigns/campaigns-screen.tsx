// At a hub: what several organisations met that belongs together.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Campaign, CampaignList } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { textColumn } from '../../parts/text-column.ts'
import { ShareFrame } from '../sharing/share-frame.tsx'
import { campaignsQuery } from './campaign-api.ts'
import { CampaignPanel } from './campaign-panel.tsx'
import { ImportIncident, WriteIncident } from './write-incident.tsx'

const route = getRouteApi('/sharing/campaigns')
const keyOf = ({ id }: Campaign): string => id

export function CampaignsScreen() {
  const { campaigns: words } = useRoomWords().notices
  const query = useQuery(campaignsQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      <div>
        <WriteIncident />
        <ImportIncident />
      </div>
      {data?.campaigns.length === 0 && <p>{words.none}</p>}
      {data !== undefined && data.campaigns.length > 0 && <List data={data} />}
    </ShareFrame>
  )
}

function List({ data: { campaigns } }: { data: CampaignList }) {
  const { views } = useRoomWords().notices
  const { campaign: open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (campaign: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, campaign }) })
  const columns = useColumns()
  const isHere = campaigns.some((one) => keyOf(one) === open)
  return (
    <SplitList
      label={views.campaigns}
      columns={columns}
      rows={campaigns}
      rowKey={keyOf}
      open={open}
      show={show}
    >
      {open !== undefined && isHere && (
        <CampaignPanel key={open} id={open} onClose={() => show(undefined)} />
      )}
    </SplitList>
  )
}

function useColumns(): readonly GridColumn<Campaign>[] {
  const { campaigns: words } = useRoomWords().notices
  const format = useFormat()
  return useMemo(() => {
    const { columns, states } = words
    const day = (instant: string | null): string => (instant === null ? '–' : format.time(instant))
    return [
      {
        id: 'name',
        heading: columns.name,
        text: ({ name }) => name,
        cell: ({ id, name }, tab) => (
          <Link
            to="/sharing/campaigns"
            search={(before) => ({ ...before, campaign: id })}
            tabIndex={tab}
          >
            {name}
          </Link>
        ),
      },
      textColumn({
        id: 'state',
        heading: columns.state,
        width: 8,
        text: ({ state }) => states[state],
      }),
      textColumn({
        id: 'organisations',
        heading: columns.organisations,
        width: 8,
        text: ({ organisations }) => format.number(organisations),
      }),
      textColumn({
        id: 'first',
        heading: columns.first(format.zone),
        width: 10.5,
        text: ({ first }) => day(first),
      }),
      textColumn({
        id: 'last',
        heading: columns.last(format.zone),
        width: 10.5,
        text: ({ last }) => day(last),
      }),
    ]
  }, [words, format])
}
