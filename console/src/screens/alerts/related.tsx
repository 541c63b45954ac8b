// Other alerts on the same entity.

import { Link } from '@tanstack/react-router'
import type { Alert } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { Severity } from '../../parts/severity.tsx'
import styles from './alerts.module.css'

export function Related({ alerts }: { alerts: readonly Alert[] }) {
  const words = useWords()
  const side = useSide()
  const format = useFormat()
  return (
    <section className={layout.section}>
      <h3>{words.alert.related}</h3>
      {alerts.length === 0 && <p className="quiet">{words.alert.noRelated}</p>}
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
    </section>
  )
}
