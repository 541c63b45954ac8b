// Alerts by their titles, each a way to its own page.

import { Link } from '@tanstack/react-router'
import type { Alert } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import { Severity } from '../../parts/severity.tsx'
import styles from './alerts.module.css'

type Props = {
  alerts: readonly Alert[]
  /** Said where there are none. */
  none: string
}

export function AlertLinks({ alerts, none }: Props) {
  const words = useWords()
  const side = useSide()
  const format = useFormat()
  if (alerts.length === 0) return <p className="quiet">{none}</p>
  return (
    <ul className={styles.related}>
      {alerts.map((alert) => (
        <li key={alert.id}>
          <Severity is={alert.severity} />
          <Link to="/alerts/$id" params={{ id: alert.id }}>
            {side(alert.title)}
          </Link>
          <span className="quiet">
            {words.state[alert.state]}, {format.full(alert.lastSeen)}
          </span>
        </li>
      ))}
    </ul>
  )
}
