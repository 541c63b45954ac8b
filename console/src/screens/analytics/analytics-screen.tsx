// Analytics: what each asks, when it was asked last, what that cost, and what it found.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AnalyticList } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Severity } from '../../parts/severity.tsx'
import tables from '../../parts/wide-table.module.css'
import { analyticsQuery } from '../../queries.ts'
import styles from './analytics.module.css'

type Analytic = AnalyticList['analytics'][number]

export function AnalyticsScreen() {
  const words = useRoomWords().analytics
  const format = useFormat()
  const { data, error, refetch } = useQuery(analyticsQuery)
  return (
    <>
      <Link to="/rules">{words.back}</Link>
      <PageTitle title={words.title}>{data && <AsOf at={data.asOf} />}</PageTitle>
      <p className="quiet">{words.how}</p>
      {data && <p className="quiet">{words.budget(format.rate(data.alertsADay))}</p>}
      {data && <Late late={data.late} />}
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.analytics.length === 0 && <p>{words.none}</p>}
      {data !== undefined && data.analytics.length > 0 && <Table analytics={data.analytics} />}
    </>
  )
}

function Late({ late: { questions, left, problem } }: Pick<AnalyticList, 'late'>) {
  const words = useRoomWords().analytics
  const format = useFormat()
  return (
    <>
      {left > 0 && <p>{words.late(format.number(left), format.number(questions))}</p>}
      {problem !== null && <p className={styles.bad}>{words.lateProblem(problem)}</p>}
    </>
  )
}

function Table({ analytics }: { analytics: readonly Analytic[] }) {
  const words = useRoomWords().analytics
  const { columns } = words
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.title}>
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col" className="number">
              {columns.found}
            </th>
            <th scope="col">{columns.asked}</th>
            <th scope="col" className="number">
              {columns.took}
            </th>
            <th scope="col">{columns.every}</th>
            <th scope="col">{columns.window}</th>
          </tr>
        </thead>
        <tbody>
          {analytics.map((analytic) => (
            <Row key={analytic.id} analytic={analytic} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ analytic }: { analytic: Analytic }) {
  const words = useRoomWords().analytics
  const format = useFormat()
  const { asked, problem, found30d, tookMs, everyMs, windowMs } = analytic
  return (
    <tr className={styles.row}>
      <th scope="row" className={styles.name}>
        <Question analytic={analytic} />
      </th>
      <td className="number">
        {found30d === 0 ? (
          format.number(0)
        ) : (
          <Link to="/alerts" search={{ rule: analytic.id, group: 'none' }}>
            {format.number(found30d)}
          </Link>
        )}
        {asked !== null && <div className="quiet">{words.temper[temperOf(found30d)]}</div>}
      </td>
      <td className={problem === null ? undefined : styles.bad}>
        {asked === null ? words.notYet : format.time(asked)}
        {problem !== null && <div>{words.failed}</div>}
      </td>
      <td className="number">{asked === null ? '–' : format.span(tookMs)}</td>
      <td>
        <Span ms={everyMs} />
      </td>
      <td>
        <Span ms={windowMs} />
      </td>
    </tr>
  )
}

/** In thirty days: none, up to one a day, more. */
function temperOf(found30d: number): 'quiet' | 'sometimes' | 'noisy' {
  if (found30d === 0) return 'quiet'
  return found30d > 30 ? 'noisy' : 'sometimes'
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

function Span({ ms }: { ms: number }) {
  const words = useRoomWords().analytics
  if (ms % DAY_MS === 0) return <>{words.days(ms / DAY_MS)}</>
  return <>{ms % HOUR_MS === 0 ? words.hours(ms / HOUR_MS) : words.minutes(ms / MINUTE_MS)}</>
}

function Question({ analytic }: { analytic: Analytic }) {
  const words = useRoomWords().analytics
  const side = useSide()
  const { title, description, severity, falsePositives, blind, parameters, sql, problem } = analytic
  return (
    <>
      <details>
        <summary>
          <Severity is={severity} /> {side(title)}
        </summary>
        {problem !== null && <p className={styles.bad}>{problem}</p>}
        <p>{side(description)}</p>
        <Listed title={words.falsePositives} items={side(falsePositives)} />
        <Listed title={words.blind} items={side(blind)} />
        <Listed
          title={words.parameters}
          items={Object.entries(parameters).map(([name, value]) => `${name} = ${value}`)}
        />
        <Lately analytic={analytic} />
        <h2>{words.question}</h2>
        <pre tabIndex={0} aria-label={words.question}>
          {sql}
        </pre>
      </details>
    </>
  )
}

function Lately({ analytic: { lately, everyMs } }: { analytic: Analytic }) {
  const words = useRoomWords().analytics
  const format = useFormat()
  if (lately.length === 0) return null
  return (
    <>
      <h2>{words.lately}</h2>
      <ul>
        {lately.map(({ asked, tookMs, found, problem }) => (
          <li key={asked} className={problem === null ? undefined : styles.bad}>
            <time dateTime={asked}>{format.time(asked)}</time>:{' '}
            {problem ?? words.run(format.span(tookMs), found, format.percent(tookMs / everyMs))}
          </li>
        ))}
      </ul>
    </>
  )
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  )
}
