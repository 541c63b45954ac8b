// Why the list is empty, and the way out of a filter that is too narrow.

import { Link, getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../language.ts'

const route = getRouteApi('/alerts')

export function NoAlerts() {
  const words = useWords().alerts
  const { alert: _alert, group: _group, ...filter } = route.useSearch()
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  if (!isFiltered) return <p>{words.noneOpen}</p>
  const nothing = { last: undefined, from: undefined, to: undefined }
  return (
    <p>
      {words.none}{' '}
      <Link to="/alerts" search={nothing}>
        {words.clear}
      </Link>
    </p>
  )
}
