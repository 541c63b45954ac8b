// Identity: what is wrong with accounts, check by check.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { IdentityCheck, IdentityView } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { CopyRows } from '../../parts/copy-rows.tsx'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { CheckFilter } from './check-filter.tsx'
import { CheckPanel } from './check-panel.tsx'
import { filterChecks } from './filter-checks.ts'
import { identityQuery } from './identity-api.ts'
import { IdentityFrame } from './identity-frame.tsx'
import { NoDirectory } from './no-directory.tsx'
import { useCheckColumns } from './use-check-columns.tsx'

const route = getRouteApi('/identity')
const keyOf = ({ id }: IdentityCheck): string => id

export function IdentityScreen() {
  const query = useQuery(identityQuery)
  const { data } = query
  return (
    <IdentityFrame {...stateOf(query)}>
      {data?.parts.length === 0 && <NoDirectory />}
      {data !== undefined && data.parts.length > 0 && <Checks view={data} />}
    </IdentityFrame>
  )
}

function Checks({ view }: { view: IdentityView }) {
  const words = useRoomWords().identity
  const format = useFormat()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const show = (check: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, check }) })
  const shown = useMemo(() => filterChecks(view.checks, search), [view.checks, search])
  const columns = useCheckColumns()
  const chosen = view.checks.find((one) => keyOf(one) === search.check)
  return (
    <>
      <p className="quiet">
        {words.summary(view.accounts, view.people)}
        {view.checked !== null && `. ${words.checked(format.time(view.checked))}`}
      </p>
      <First view={view} />
      <div className={layout.bar}>
        <CheckFilter counts={view.counts} />
        <span role="status" className="quiet">
          {words.shown(shown.length, view.checks.length)}
        </span>
        <CopyRows columns={columns} rows={shown} />
      </div>
      {shown.length === 0 && <p>{words.none}</p>}
      <SplitList
        label={words.views.checks}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        open={search.check}
        show={show}
      >
        {chosen && <CheckPanel check={chosen} onClose={() => show(undefined)} />}
      </SplitList>
    </>
  )
}

/** What is not assessable is no comfort: the file that opens most of it. */
function First({ view: { next } }: { view: IdentityView }) {
  const words = useRoomWords().identity
  const side = useSide()
  const [first] = next
  if (first === undefined) return null
  return (
    <p>
      <Link to="/identity/files">{words.next.first(side(first.title), first.opens.length)}</Link>
    </p>
  )
}
