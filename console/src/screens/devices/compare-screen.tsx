// Two versions, of one device or of two.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Compared } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { compareQuery } from './device-api.ts'
import { DevicesFrame } from './devices-frame.tsx'
import { Differences } from './differences.tsx'
import { Traffic } from './traffic.tsx'

const route = getRouteApi('/devices/compare')

export function CompareScreen() {
  const { before = '', after = '' } = route.useSearch()
  const { data, error, refetch } = useQuery(compareQuery(before, after))
  return (
    <DevicesFrame asOf={data?.after.received} error={error} retry={() => void refetch()}>
      {data && <Result data={data} />}
    </DevicesFrame>
  )
}

function Result({ data: { before, after, changes, changeCount, traffic } }: { data: Compared }) {
  const words = useRoomWords().devices.changes
  const format = useFormat()
  const named = ({ device, received }: Compared['before']): string =>
    `${device} (${format.time(received)})`
  return (
    <section>
      <h2>{words.compared(named(before), named(after))}</h2>
      {changes === null && <p>{words.cannotCompare}</p>}
      {changes?.length === 0 && <p>{words.same}</p>}
      <Traffic changes={traffic} />
      {changes !== null && <Differences differences={changes} count={changeCount} />}
    </section>
  )
}
