// Ways from an alert into the events, and to the room that raised it.

import { Link } from '@tanstack/react-router'
import type { Alert } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { Icon } from '../../parts/icon.tsx'
import { aroundHunt, entityHunt } from './alert-hunts.ts'
import styles from './alerts.module.css'

const EXPLOITED = 'vigie:exploited-exposure'

export function Pivots({ alert, names }: { alert: Alert; names: readonly string[] }) {
  const words = useWords().alert
  return (
    <div className={`row ${styles.pivots}`}>
      <ToRoom alert={alert} />
      <Link to="/hunt" search={entityHunt(alert, names)} className="button">
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

/** Alerts that no rule over events raised lead to what they rest on. */
function ToRoom({ alert: { rule, entity } }: { alert: Alert }) {
  const words = useWords().alert
  if (rule.startsWith('audit-'))
    return (
      <Link to="/devices/changes" search={{ text: entity }} className="button">
        <Icon name="devices" />
        {words.changesOf(entity)}
      </Link>
    )
  if (rule !== EXPLOITED) return null
  return (
    <Link to="/exposure/assets" search={{ text: entity }} className="button">
      <Icon name="exposure" />
      {words.exposureOf}
    </Link>
  )
}
