// Exposure by advisory across the estate: what is due first on top.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Advisories, Advisory } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { CopyRows } from '../../parts/copy-rows.tsx'
import layout from '../../parts/layout.module.css'
import { plainText } from '../../parts/plain-text.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { AdvisoryFilter, daysOf } from './advisory-filter.tsx'
import { AdvisoryPanel } from './advisory-panel.tsx'
import { advisoriesQuery } from './exposure-api.ts'
import { ExposureFrame } from './exposure-frame.tsx'
import { NothingExposed } from './nothing-exposed.tsx'
import { useAdvisoryColumns } from './use-advisory-columns.tsx'

const route = getRouteApi('/exposure')
const keyOf = ({ vulnerability }: Advisory): string => vulnerability

export function ExposureScreen() {
  const { within } = route.useSearch()
  const days = daysOf(within)
  const query = useQuery(advisoriesQuery(days))
  const { data } = query
  const isEmpty = data?.total === 0 && days === ''
  return (
    <ExposureFrame {...stateOf(query)}>
      {isEmpty && <NothingExposed hasFeeds={data.feeds.length > 0} />}
      {data && !isEmpty && <List data={data} />}
    </ExposureFrame>
  )
}

function List({ data }: { data: Advisories }) {
  const words = useRoomWords().exposure
  const { text = '', within, advisory } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, advisory: next }) })
  const shown = useMemo(
    () => data.advisories.filter((one) => fits(one, text, within === 'overdue')),
    [data.advisories, text, within],
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
      </div>
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

function fits(one: Advisory, text: string, onlyOverdue: boolean): boolean {
  const said = plainText([one.vulnerability, one.title, ...one.products].join(' '))
  return (!onlyOverdue || one.overdue > 0) && said.includes(plainText(text))
}
