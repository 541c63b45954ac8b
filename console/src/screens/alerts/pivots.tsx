// Ways from an alert into the events.

import { Link } from '@tanstack/react-router'
import type { Alert } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { Icon } from '../../parts/icon.tsx'
import { aroundHunt, entityHunt } from './alert-hunts.ts'
import styles from './alerts.module.css'

export function Pivots({ alert }: { alert: Alert }) {
  const words = useWords().alert
  return (
    <div className={`row ${styles.pivots}`}>
      <Link to="/hunt" search={entityHunt(alert)} className="button">
        <Icon name="hunt" />
        {words.huntEntity(alert.entity)}
      </Link>
      <Link to="/hunt" search={aroundHunt(alert)} className="button">
        <Icon name="hunt" />
        {words.huntAround}
      </Link>
    </div>
  )
}
