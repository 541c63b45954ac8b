// How much arrives and is stored. Every figure leads to the rows it counts.

import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Overview } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useWords } from '../../language.ts'
import { Sparkline } from '../../parts/sparkline.tsx'
import styles from './overview.module.css'

export function EventFigures({ overview }: { overview: Overview }) {
  const words = useWords()
  const format = useFormat()
  const { events, sources, rules } = overview
  return (
    <section aria-labelledby="events">
      <h2 id="events">{words.overview.events}</h2>
      <dl className={styles.figures}>
        <Figure name={words.overview.last24h}>
          <Link to="/hunt" search={{ last: '24h' }}>
            {format.number(events.last24h)}
          </Link>
        </Figure>
        <Figure name={words.overview.rate}>{format.rate(events.rate)}</Figure>
        <Figure name={words.overview.total}>{format.number(events.total)}</Figure>
        <Figure name={words.overview.stored}>
          {words.overview.storedOf(format.bytes(events.storedBytes), format.bytes(events.rawBytes))}
        </Figure>
        <Figure name={words.overview.sources}>
          <Link to="/sources">{format.number(sources.total)}</Link>
        </Figure>
        <Figure name={words.overview.rules}>
          <Link to="/rules" search={{ state: 'active' }}>
            {format.number(rules.active)}
          </Link>
        </Figure>
      </dl>
      <Hourly values={events.hourly} />
    </section>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Hourly({ values }: { values: readonly number[] }) {
  const words = useWords()
  const [isTable, setTable] = useState(false)
  return (
    <>
      <div className="row spread">
        <h3>{words.overview.hourly}</h3>
        <button type="button" className="bare small" onClick={() => setTable(!isTable)}>
          {isTable ? words.frame.asChart : words.frame.asTable}
        </button>
      </div>
      {isTable ? (
        <HourlyTable values={values} />
      ) : (
        <div className={styles.hourly}>
          <Sparkline values={values} label={words.overview.hourly} height={64} barWidth={24} />
        </div>
      )}
    </>
  )
}

function HourlyTable({ values }: { values: readonly number[] }) {
  const words = useWords().overview
  const format = useFormat()
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{words.hour}</th>
          <th scope="col" className="number">
            {words.events}
          </th>
        </tr>
      </thead>
      <tbody>
        {values.map((value, index) => (
          <tr key={index}>
            <td>{words.hoursAgo(values.length - 1 - index)}</td>
            <td className="number">{format.number(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
