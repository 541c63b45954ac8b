// The clocks of alerts on confirmed items, and how fast they were taken so far.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Critical, CriticalClock } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Problem } from '../../parts/problem.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import tables from '../../parts/wide-table.module.css'
import { IDENTITY, acknowledge } from './identity-api.ts'

export function Clocks({ data }: { data: Critical }) {
  const words = useRoomWords().identity.critical
  const queries = useQueryClient()
  const take = useMutation({
    mutationFn: acknowledge,
    onSettled: () => queries.invalidateQueries({ queryKey: [IDENTITY] }),
  })
  const names = new Map(data.items.map(({ id, name }) => [id, name]))
  if (data.clocks.length === 0) return <p className="quiet">{words.noClocks}</p>
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.clocks}>
      <table className={`${tables.table} ${tables.short}`}>
        <thead>
          <tr>
            <th scope="col">{words.columns.band}</th>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.received}</th>
            <th scope="col">{words.acknowledgeBy}</th>
            <th scope="col">{words.columns.state}</th>
            <th scope="col">{words.alert}</th>
          </tr>
        </thead>
        <tbody>
          {data.clocks.map((clock) => (
            <Clock
              key={clock.id}
              is={clock}
              name={names.get(clock.item) ?? clock.item}
              asOf={data.asOf}
              take={() => take.mutate(clock.id)}
            />
          ))}
        </tbody>
      </table>
      {take.error && <Problem error={take.error} />}
    </section>
  )
}

type ClockProps = { is: CriticalClock; name: string; asOf: string; take: () => void }

function Clock({ is, name, asOf, take }: ClockProps) {
  const words = useRoomWords().identity.critical
  const format = useFormat()
  const isLate = is.acknowledgeBy < asOf
  return (
    <tr>
      <td>{is.band}</td>
      <td>{name}</td>
      <td>{format.time(is.received)}</td>
      <td>{format.time(is.acknowledgeBy)}</td>
      <td>
        {is.acknowledged === null ? (
          <span className="row">
            <StateMark tone={isLate ? 'bad' : 'partly'}>
              {isLate ? words.late : words.waits}
            </StateMark>
            <button type="button" onClick={take}>
              {words.acknowledge}
            </button>
          </span>
        ) : (
          <StateMark tone="good">{words.taken(is.acknowledgedBy ?? '')}</StateMark>
        )}
      </td>
      <td>
        <Link to="/alerts/$id" params={{ id: is.alert }}>
          {words.alert}
        </Link>
      </td>
    </tr>
  )
}

export function Measured({ data: { measured } }: { data: Critical }) {
  const words = useRoomWords().identity.critical
  const format = useFormat()
  const shown = measured.filter(({ count }) => count > 0)
  if (shown.length === 0) return null
  const span = (ms: number | null): string => (ms === null ? '–' : format.span(ms))
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.measured}>
      <h2>{words.measured}</h2>
      <table className={`${tables.table} ${tables.short}`}>
        <thead>
          <tr>
            <th scope="col">{words.columns.band}</th>
            <th scope="col">{words.count}</th>
            <th scope="col">{words.median}</th>
            <th scope="col">{words.p90}</th>
            <th scope="col">{words.within}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ band, count, p50Ms, p90Ms, withinShare }) => (
            <tr key={band}>
              <td>{band}</td>
              <td>{format.number(count)}</td>
              <td>{span(p50Ms)}</td>
              <td>{span(p90Ms)}</td>
              <td>{withinShare === null ? '–' : format.percent(withinShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
