// Values that hold the text: what each is, who says so, whether it matches now, and what it met.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Indicator } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Loading } from '../../parts/loading.tsx'
import { Problem } from '../../parts/problem.tsx'
import tables from '../../parts/wide-table.module.css'
import { indicatorsQuery } from '../../queries.ts'
import styles from './indicators.module.css'

const PAGE = 100
const MOST = 1000

export function Values({ text, list }: { text: string; list: string }) {
  const words = useRoomWords().indicators
  const [limit, setLimit] = useState(PAGE)
  const { data, error, refetch } = useQuery(indicatorsQuery(text, list, limit))
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  if (data.indicators.length === 0) return <p>{words.noValues}</p>
  const { columns } = words
  return (
    <div className={tables.wide} tabIndex={0} role="region" aria-label={words.values}>
      <table className={`${tables.table} ${tables.named}`}>
        <thead>
          <tr>
            <th scope="col">{columns.value}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.sources}</th>
            <th scope="col">{columns.hits}</th>
            <th scope="col">{columns.lastHit}</th>
          </tr>
        </thead>
        <tbody>
          {data.indicators.map((one) => (
            <Value key={`${one.kind} ${one.value}`} is={one} />
          ))}
        </tbody>
      </table>
      {data.more && limit < MOST && (
        <button type="button" onClick={() => setLimit(Math.min(MOST, limit * 10))}>
          {words.more}
        </button>
      )}
    </div>
  )
}

function Value({ is: { kind, value, sources, hits, firstHit, lastHit } }: { is: Indicator }) {
  const words = useRoomWords().indicators
  const format = useFormat()
  return (
    <tr>
      <th scope="row" className="mono">
        <Link to="/hunt" search={{ q: JSON.stringify(value), last: '30d' }}>
          {value}
        </Link>
      </th>
      <td>{words.kinds[kind]}</td>
      <td>
        <ul className={styles.sources}>
          {sources.map((source) => (
            <li key={`${source.list} ${source.reference}`}>
              {source.list}: {words.states[source.state]}, {source.confidence}
              {source.label !== '' && <span className="quiet"> {source.label}</span>}
              {source.warning !== '' && <span className="quiet"> {source.warning}</span>}
              {source.state === 'live' && (
                <span className="quiet"> {words.until(format.time(source.until))}</span>
              )}
            </li>
          ))}
        </ul>
      </td>
      <td className={styles.number}>{format.number(hits)}</td>
      <td>
        {lastHit === null ? '–' : format.time(lastHit)}
        {firstHit !== null && firstHit !== lastHit && (
          <span className="quiet"> {words.first(format.time(firstHit))}</span>
        )}
      </td>
    </tr>
  )
}
