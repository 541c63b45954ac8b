// The newest search of stored events for indicators that arrived.

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { indicatorSearchesQuery } from '../../queries.ts'

export function Searches() {
  const words = useRoomWords().indicators
  const format = useFormat()
  const label = useId()
  const { data } = useQuery(indicatorSearchesQuery)
  const newest = data?.searches[0]
  if (newest === undefined) return null
  const said = words.searched(
    format.number(newest.values),
    format.number(newest.searched),
    format.number(newest.findings),
  )
  return (
    <div className="row">
      <strong id={label}>{words.searchStates[newest.state]}</strong>
      {newest.state === 'running' && (
        <progress
          aria-labelledby={label}
          value={newest.searched}
          max={Math.max(1, newest.events)}
        />
      )}
      <span className="quiet">
        {newest.list}, {format.time(newest.asked)}: {said}
        {newest.problem !== null && ` ${newest.problem}`}
      </span>
    </div>
  )
}
