// Exposure by advisory across the estate: what is due first on top.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Advisories, Advisory } from '../../api-types.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import { CopyRows } from '../../parts/copy-rows.tsx'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { AdvisoryFilter, daysOf } from './advisory-filter.tsx'
import { AdvisoryPanel } from './advisory-panel.tsx'
import { advisoriesQuery, exportAddress } from './exposure-api.ts'
import { ExposureFrame } from './exposure-frame.tsx'
import { FacetBar } from './facet-bar.tsx'
import { NothingExposed } from './nothing-exposed.tsx'
import { useAdvisoryColumns } from './use-advisory-columns.tsx'

const route = getRouteApi('/exposure')
const keyOf = ({ vulnerability }: Advisory): string => vulnerability

export function ExposureScreen() {
  const { within, advisory: _open, ...narrow } = route.useSearch()
  const days = daysOf(within)
  const query = useQuery(advisoriesQuery(days, narrow))
  const { data } = query
  const isEmpty = data?.total === 0 && days === '' && Object.keys(narrow).length === 0
  return (
    <ExposureFrame {...stateOf(query)}>
      {isEmpty && <NothingExposed hasFeeds={data.feeds.length > 0} />}
      {data && !isEmpty && <List data={data} />}
    </ExposureFrame>
  )
}

function List({ data }: { data: Advisories }) {
  const words = useRoomWords().exposure
  const { within, advisory, ...narrow } = route.useSearch()
  const language = useLanguage()
  const navigate = route.useNavigate()
  const show = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, advisory: next }) })
  // The station gives what is due up to now: those of it that only wait for a fact are not overdue.
  const shown = useMemo(
    () => data.advisories.filter(({ overdue }) => within !== 'overdue' || overdue > 0),
    [data.advisories, within],
  )
  const columns = useAdvisoryColumns()
  const chosen = data.advisories.find((one) => keyOf(one) === advisory)
  return (
    <>
      <div className={layout.bar}>
        <AdvisoryFilter />
        <span role="status" className="quiet">
          {words.shown(shown.length, data.total)}
        </span>
        <CopyRows columns={columns} rows={shown} />
        <a href={exportAddress({ ...narrow, within: daysOf(within), language })} download>
          {words.spreadsheet}
        </a>
      </div>
      <FacetBar
        narrow={narrow}
        set={(change) =>
          void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
        }
      />
      {data.feeds.length === 0 && <p>{words.noFeeds}</p>}
      {shown.length === 0 && <p>{words.none}</p>}
      <SplitList
        label={words.views.advisories}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        open={advisory}
        show={show}
      >
        {chosen && <AdvisoryPanel advisory={chosen} onClose={() => show(undefined)} />}
      </SplitList>
    </>
  )
}
