// Steps of the escalation ladder that came due: what went out, and calls that somebody has to make.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Critical, CriticalCall } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Problem } from '../../parts/problem.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import tables from '../../parts/wide-table.module.css'
import { IDENTITY, noteCalled } from './identity-api.ts'

const MOST_SHOWN = 50
const TONES = {
  waiting: 'unknown',
  sent: 'good',
  failed: 'bad',
  open: 'partly',
  done: 'good',
  needless: 'none',
} as const

export function Calls({ data: { calls, items } }: { data: Critical }) {
  const words = useRoomWords().identity.critical
  const queries = useQueryClient()
  const done = useMutation({
    mutationFn: noteCalled,
    onSettled: () => queries.invalidateQueries({ queryKey: [IDENTITY] }),
  })
  const names = new Map(items.map(({ id, name }) => [id, name]))
  if (calls.length === 0) return null
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.calls}>
      <h2>{words.calls}</h2>
      <p className="quiet">{words.callsHow}</p>
      <table className={`${tables.table} ${tables.short}`}>
        <thead>
          <tr>
            <th scope="col">{words.callColumns.who}</th>
            <th scope="col">{words.callColumns.how}</th>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.callColumns.due}</th>
            <th scope="col">{words.callColumns.state}</th>
          </tr>
        </thead>
        <tbody>
          {calls.slice(0, MOST_SHOWN).map((one) => (
            <Call
              key={one.id}
              is={one}
              name={names.get(one.item) ?? one.item}
              done={() => done.mutate(one.id)}
            />
          ))}
        </tbody>
      </table>
      {done.error && <Problem error={done.error} />}
    </section>
  )
}

function Call({ is, name, done }: { is: CriticalCall; name: string; done: () => void }) {
  const words = useRoomWords().identity.critical
  const format = useFormat()
  const isMine = is.state === 'open' || is.state === 'failed'
  return (
    <tr>
      <td>{is.who}</td>
      <td>
        <span className="quiet">{words.channels[is.channel]}</span>{' '}
        <span className="mono">{is.target}</span>
      </td>
      <td>{name}</td>
      <td>{format.time(is.due)}</td>
      <td>
        <span className="row">
          <StateMark tone={TONES[is.state]}>{words.callStates[is.state]}</StateMark>
          {isMine && (
            <button type="button" onClick={done}>
              {words.called}
            </button>
          )}
        </span>
        {is.problem !== null && <p className="quiet">{is.problem}</p>}
      </td>
    </tr>
  )
}
