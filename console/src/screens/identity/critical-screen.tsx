// Who and what is watched first: proposals to decide, and the clocks of alerts on them.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Critical, CriticalItem } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { Calls } from './calls.tsx'
import { Clocks, Measured } from './clocks.tsx'
import { CriticalPanel } from './critical-panel.tsx'
import { Hours } from './hours.tsx'
import { criticalQuery } from './identity-api.ts'
import { IdentityFrame } from './identity-frame.tsx'
import { useCriticalColumns } from './use-critical-columns.tsx'

const route = getRouteApi('/identity/critical')
const keyOf = ({ id }: CriticalItem): string => id

export function CriticalScreen() {
  const query = useQuery(criticalQuery)
  return (
    <IdentityFrame {...stateOf(query)}>{query.data && <Watched data={query.data} />}</IdentityFrame>
  )
}

function Watched({ data }: { data: Critical }) {
  const words = useRoomWords().identity
  const { item: open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (item: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, item }) })
  const columns = useCriticalColumns()
  const chosen = data.items.find((one) => keyOf(one) === open)
  return (
    <>
      <p className="quiet">{words.critical.how}</p>
      {data.coverage.confirmed > 0 && (
        <p>{words.critical.heard(data.coverage.heard, data.coverage.confirmed)}</p>
      )}
      <Clocks data={data} />
      <Calls data={data} />
      {data.items.length === 0 && <p>{words.critical.none}</p>}
      <SplitList
        label={words.views.critical}
        columns={columns}
        rows={data.items}
        rowKey={keyOf}
        open={open}
        show={show}
      >
        {chosen && <CriticalPanel item={chosen} onClose={() => show(undefined)} />}
      </SplitList>
      <Measured data={data} />
      <Hours hours={data.hours} />
    </>
  )
}
