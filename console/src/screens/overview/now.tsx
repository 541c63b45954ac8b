// What needs a person now: open alerts by severity, the newest of them, silent sources, rules that do not run.

import { Link } from '@tanstack/react-router'
import type { Overview } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import { SEVERITIES, Severity } from '../../parts/severity.tsx'
import styles from './overview.module.css'

const MANY_UNKNOWN = 0.05

export function Now({ overview }: { overview: Overview }) {
  const words = useWords().overview
  const { alerts } = overview
  const open = SEVERITIES.reduce((sum, severity) => sum + (alerts.open[severity] ?? 0), 0)
  const notices = useNotices(overview)
  return (
    <section aria-labelledby="now">
      <h2 id="now">{words.now}</h2>
      {open === 0 && notices.length === 0 && <p>{words.nothingNow}</p>}
      <ul className={styles.notices}>
        {notices.map((notice) => (
          <li key={notice.key}>{notice.content}</li>
        ))}
      </ul>
      <OpenBySeverity open={alerts.open} />
      <p className="quiet">
        {words.raised(alerts.raised24h)}, {words.before(alerts.raisedBefore24h)}
      </p>
      {alerts.critical.length > 0 && (
        <Listed id="critical" title={words.critical} alerts={alerts.critical} />
      )}
      {alerts.first.length > 0 && (
        <Listed id="first" title={words.first} why={words.firstWhy} alerts={alerts.first} />
      )}
      {alerts.newest.length > 0 && (
        <Listed id="newest" title={words.newest} alerts={alerts.newest} />
      )}
    </section>
  )
}

/** What is watched first, and calls that somebody has to make. */
function useCriticalNotices({ critical }: Overview) {
  const words = useWords().overview
  const notices = []
  if (critical.waiting > 0) {
    const said = words.criticalWaits(critical.waiting, critical.late)
    notices.push({ key: 'critical', content: <Link to="/identity/critical">{said}</Link> })
  }
  if (critical.calls > 0) {
    const said = words.calls(critical.calls)
    notices.push({ key: 'calls', content: <Link to="/identity/critical">{said}</Link> })
  }
  return notices
}

function useNotices(overview: Overview) {
  const { sources, sensors, rules } = overview
  const words = useWords().overview
  const format = useFormat()
  const notices = useCriticalNotices(overview)
  if (sources.silent.length > 0) {
    const said = words.silent(sources.silent.length)
    notices.push({ key: 'silent', content: <Named said={said} names={sources.silent} /> })
  }
  if (sources.unread.length > 0) {
    const said = words.unread(sources.unread.length)
    notices.push({ key: 'unread', content: <Named said={said} names={sources.unread} /> })
  }
  if (sensors.silent.length > 0) {
    const link = (
      <>
        <Link to="/sources/sensors">{words.sensorsSilent(sensors.silent.length)}</Link>
        {` – ${sensors.silent.slice(0, SHOWN_NAMES).join(', ')}`}
      </>
    )
    notices.push({ key: 'sensors', content: link })
  }
  if (rules.breaker > 0) {
    const link = (
      <Link to="/rules" search={{ state: 'breaker' }}>
        {words.breaker(rules.breaker)}
      </Link>
    )
    notices.push({ key: 'breaker', content: link })
  }
  if (rules.refused > 0) {
    const link = (
      <Link to="/rules" search={{ state: 'refused' }}>
        {words.refused(rules.refused)}
      </Link>
    )
    notices.push({ key: 'refused', content: link })
  }
  if (sources.unknownShare > MANY_UNKNOWN) {
    const share = format.percent(sources.unknownShare)
    const link = (
      <Link to="/hunt" search={{ q: 'parse_status:unknown' }}>
        {words.unknown(share)}
      </Link>
    )
    notices.push({ key: 'unknown', content: link })
  }
  return notices
}

const SHOWN_NAMES = 5

/** A sentence on sources, and the first of them. */
function Named({ said, names }: { said: string; names: readonly string[] }) {
  return (
    <>
      <Link to="/sources">{said}</Link>
      {' – '}
      {names.slice(0, SHOWN_NAMES).map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Link to="/sources" search={{ source: name }} className="mono">
            {name}
          </Link>
        </span>
      ))}
      {names.length > SHOWN_NAMES && ' …'}
    </>
  )
}

function OpenBySeverity({ open }: { open: Overview['alerts']['open'] }) {
  const words = useWords().overview
  const format = useFormat()
  return (
    <ul className={styles.severities} aria-label={words.open}>
      {SEVERITIES.map((severity) => (
        <li key={severity}>
          <Link to="/alerts" search={{ severity }}>
            <strong>{format.number(open[severity] ?? 0)}</strong>
            <Severity is={severity} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

type ListedProps = {
  id: string
  title: string
  why?: string
  alerts: Overview['alerts']['newest']
}

function Listed({ id, title, why, alerts }: ListedProps) {
  const words = useWords()
  const side = useSide()
  const format = useFormat()
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {why !== undefined && <p className="quiet">{why}</p>}
      <ol className={styles.newest}>
        {alerts.map((alert) => (
          <li key={alert.id}>
            <Severity is={alert.severity} />
            <Link to="/alerts" search={{ group: 'none', alert: alert.id }}>
              {side(alert.title)}
            </Link>
            <time dateTime={alert.lastSeen} title={words.alerts.columns.lastSeen(format.zone)}>
              {format.time(alert.lastSeen)}
            </time>
            {alert.critical && !alert.critical.acknowledged && (
              <p>
                {words.alerts.critical(
                  alert.critical.band,
                  alert.critical.name,
                  format.time(alert.critical.acknowledgeBy),
                )}
              </p>
            )}
            <p>{side(alert.why)}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
