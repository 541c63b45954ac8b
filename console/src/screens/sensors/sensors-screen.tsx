// Sensors: last contact, lag, spool, clock and certificate of each; inviting one and cutting one off.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Sensor } from '../../api-types.ts'
import { revokeSensor } from '../../api.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import tables from '../../parts/wide-table.module.css'
import { sensorsQuery } from '../../queries.ts'
import { Invite } from './invite.tsx'
import styles from './sensors.module.css'

export function SensorsScreen() {
  const words = useRoomWords().sensors
  const { data, error, refetch } = useQuery(sensorsQuery)
  return (
    <>
      <Link to="/sources">{words.back}</Link>
      <PageTitle title={words.title}>{data && <AsOf at={data.asOf} />}</PageTitle>
      <p className="quiet">{data?.address ? words.listens(data.address) : words.notListening}</p>
      <Invite />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.sensors.length === 0 && <p>{words.none}</p>}
      {data !== undefined && data.sensors.length > 0 && (
        <Sensors sensors={data.sensors} asOfMs={Date.parse(data.asOf)} />
      )}
    </>
  )
}

type Props = { sensors: readonly Sensor[]; asOfMs: number }

function Sensors({ sensors, asOfMs }: Props) {
  const words = useRoomWords().sensors
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: revokeSensor,
    onSettled: () => queries.invalidateQueries({ queryKey: sensorsQuery.queryKey }),
  })
  const { columns } = words
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.title}>
      <table className={`${tables.table} ${tables.short}`}>
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.lastSeen}</th>
            <th scope="col">{columns.lag}</th>
            <th scope="col">{columns.spool}</th>
            <th scope="col">{columns.dropped}</th>
            <th scope="col">{columns.skew}</th>
            <th scope="col">{columns.certificate}</th>
            <th scope="col">{columns.version}</th>
            <th scope="col">{columns.content}</th>
            <th scope="col">{columns.met}</th>
            <th scope="col">{columns.act}</th>
          </tr>
        </thead>
        <tbody>
          {sensors.map((sensor) => (
            <Row
              key={sensor.name}
              sensor={sensor}
              asOfMs={asOfMs}
              revoke={() => revoke.mutate(sensor.name)}
            />
          ))}
        </tbody>
      </table>
      {revoke.error && <Problem error={revoke.error} />}
    </section>
  )
}

/** A certificate is renewed well before this is left. */
const ENDING_MS = 14 * 86_400_000

type RowProps = { sensor: Sensor; asOfMs: number; revoke: () => void }

function Row({ sensor, asOfMs, revoke }: RowProps) {
  const words = useRoomWords().sensors
  const format = useFormat()
  const { name, state, silent, lastSeen, lagMs, waitingBytes, limitBytes, dropped, skewMs } = sensor
  const expires = sensor.certificateExpires
  const isEnding = expires !== null && Date.parse(expires) - asOfMs < ENDING_MS
  const isFull = limitBytes > 0 && waitingBytes / limitBytes > 0.8
  return (
    <tr>
      <th scope="row" className="mono">
        {name}
      </th>
      <td className={silent ? styles.bad : undefined}>
        {silent ? words.quiet : words.states[state]}
      </td>
      <td>{lastSeen === null ? '–' : format.time(lastSeen)}</td>
      <td>{lagMs === null ? '–' : format.span(lagMs)}</td>
      <td className={isFull ? styles.bad : undefined}>
        {limitBytes === 0 ? '–' : words.of(format.bytes(waitingBytes), format.bytes(limitBytes))}
      </td>
      <td className={dropped > 0 ? styles.bad : undefined}>{format.number(dropped)}</td>
      <td>{skewMs === null ? '–' : words.seconds(format.rate(skewMs / 1000))}</td>
      <td className={isEnding ? styles.bad : undefined}>
        {expires === null ? '–' : format.time(expires)}
      </td>
      <td>{sensor.version}</td>
      <Content sensor={sensor} asOfMs={asOfMs} />
      <Met sensor={sensor} />
      <td>
        <Revoke state={state} name={name} revoke={revoke} />
      </td>
    </tr>
  )
}

function Content({ sensor, asOfMs }: Pick<RowProps, 'sensor' | 'asOfMs'>) {
  const words = useRoomWords().sensors
  const { span } = useFormat()
  const { content, isContentCurrent } = sensor
  if (content === null) return <td>–</td>
  const age = span(Math.max(0, asOfMs - Date.parse(content)))
  return isContentCurrent ? (
    <td>{age}</td>
  ) : (
    <td className={styles.bad}>{words.newerContent(age)}</td>
  )
}

function Met({ sensor: { sightings, lastSighting } }: Pick<RowProps, 'sensor'>) {
  const words = useRoomWords().sensors
  const { number, time } = useFormat()
  if (lastSighting === null) return <td>–</td>
  const { value, source, at } = lastSighting
  return (
    <td className={styles.bad}>
      {number(sightings)} <span className="quiet">{words.metLast(value, source, time(at))}</span>
    </td>
  )
}

type RevokeProps = Pick<Sensor, 'state' | 'name'> & Pick<RowProps, 'revoke'>

function Revoke({ state, name, revoke }: RevokeProps) {
  const words = useRoomWords().sensors
  const [isAsked, setAsked] = useState(false)
  if (state === 'revoked') return null
  return isAsked ? (
    <span className="row">
      <button type="button" onClick={revoke}>
        {words.reallyRevoke(name)}
      </button>
      <button type="button" onClick={() => setAsked(false)}>
        {words.keep}
      </button>
    </span>
  ) : (
    <button type="button" onClick={() => setAsked(true)}>
      {words.revoke}
    </button>
  )
}
