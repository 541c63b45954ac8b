// The events the rule met, and what the same entity did around them.

import { Link } from '@tanstack/react-router'
import type { AlertDetail, EventRow } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useWords } from '../../language.ts'
import { eventSentence } from '../../parts/event-sentence.ts'
import { Icon } from '../../parts/icon.tsx'
import layout from '../../parts/layout.module.css'
import { Marked } from '../../parts/marked.tsx'
import { aroundHunt } from './alert-hunts.ts'
import styles from './alerts.module.css'

const idOf = ({ batch, line }: EventRow): string => `${batch}:${line}`

export function AlertEvents({ detail }: { detail: AlertDetail }) {
  const words = useWords().alert
  const { alert, evidence, timeline } = detail
  const matched = new Set(evidence.map(idOf))
  return (
    <>
      <Events title={words.evidence} rows={evidence} detail={detail} matched={null} />
      {timeline.length > 0 && (
        <Events
          title={words.timeline}
          about={words.timelineOf(alert.entity)}
          rows={timeline}
          detail={detail}
          matched={matched}
        />
      )}
    </>
  )
}

type Props = {
  title: string
  about?: string
  rows: readonly EventRow[]
  detail: AlertDetail
  /** Rows to mark as met by the rule; null where all are. */
  matched: ReadonlySet<string> | null
}

function Events({ title, about, rows, detail, matched }: Props) {
  const words = useWords().alert
  const format = useFormat()
  const values = detail.alert.reasons.map(({ value }) => value)
  return (
    <section className={layout.section}>
      <h3>{title}</h3>
      {about && <p className="quiet">{about}</p>}
      {rows.length === 0 && <p>{words.noEvents}</p>}
      <div className={layout.scroll} role="region" aria-label={title} tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{words.time(format.zone)}</th>
              <th scope="col">{words.device}</th>
              <th scope="col">{words.what}</th>
              <th scope="col">
                <span className="unseen">{words.raw}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Event
                key={idOf(row)}
                row={row}
                detail={detail}
                values={values}
                isMatch={matched?.has(idOf(row)) ?? false}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

type EventProps = {
  row: EventRow
  detail: AlertDetail
  values: readonly string[]
  isMatch: boolean
}

function Event({ row, detail, values, isMatch }: EventProps) {
  const words = useWords().alert
  const format = useFormat()
  const { time = '', device_name: device = '' } = row
  const search = { ...aroundHunt({ ...detail.alert, lastSeen: time }), event: idOf(row) }
  return (
    <tr className={isMatch ? styles.match : undefined}>
      <td className={styles.time}>{format.time(time)}</td>
      <td className="mono">{device}</td>
      <td className="mono">
        {isMatch && <span className={styles.tag}>{words.matched}</span>}
        <Marked text={eventSentence(row)} values={values} />
      </td>
      <td>
        <Link to="/hunt" search={search} className="button bare small" title={words.raw}>
          <Icon name="open" />
          <span className="unseen">{words.raw}</span>
        </Link>
      </td>
    </tr>
  )
}
