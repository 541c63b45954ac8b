// Everything about one alert, in the order an analyst asks: what and why, on what evidence, what else happened, what was
// done about it.

import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import type { Alert, AlertDetail } from '../../api-types.ts'
import { useSide, useWords } from '../../language.ts'
import { FirstSteps } from '../../parts/guide.tsx'
import { Severity } from '../../parts/severity.tsx'
import { Act } from './action-bar.tsx'
import { AlertCases } from './alert-cases.tsx'
import { AlertEvents } from './alert-events.tsx'
import { AlertFacts } from './alert-facts.tsx'
import { AlertHistory } from './alert-history.tsx'
import { AlertRule } from './alert-rule.tsx'
import styles from './alerts.module.css'
import { Pivots } from './pivots.tsx'
import { Reasons } from './reasons.tsx'
import { Related } from './related.tsx'
import type { AlertActions } from './use-alert-actions.ts'

type Props = {
  detail: AlertDetail
  actions: AlertActions
  askClosing: () => void
  /** The page has its title above already. */
  isPage?: boolean
}

export function AlertDetailView({ detail, actions, askClosing, isPage = false }: Props) {
  const words = useWords()
  const side = useSide()
  const { alert } = detail
  return (
    <article className={isPage ? styles.wide : undefined}>
      <div className="row">
        <Severity is={alert.severity} />
        <span className={styles.state}>{words.state[alert.state]}</span>
      </div>
      {isPage ? (
        <h2 className="unseen">{words.alert.why}</h2>
      ) : (
        <h2 className={styles.title}>{side(alert.title)}</h2>
      )}
      <p>
        <span className="quiet">{words.entity[alert.entityKind]}</span>{' '}
        <span className="mono">{alert.entity}</span>{' '}
        {alert.entity !== '' && (
          <Link to="/entity" search={{ kind: alert.entityKind, name: alert.entity }}>
            {words.alert.allAbout}
          </Link>
        )}
      </p>
      <p className={styles.why}>{side(alert.why)}</p>
      <Actions alert={alert} actions={actions} askClosing={askClosing} />
      <Pivots alert={alert} names={detail.names} />
      <Reasons alert={alert} />
      <FirstSteps guidance={detail.guidance} />
      <AlertFacts alert={alert} />
      <AlertEvents detail={detail} />
      <Suspense fallback={null}>
        <AlertCases alert={alert} />
      </Suspense>
      <Related alerts={detail.related} />
      <AlertHistory detail={detail} actions={actions} />
      <AlertRule detail={detail} />
    </article>
  )
}

function Actions({
  alert,
  actions,
  askClosing,
}: {
  alert: Alert
  actions: AlertActions
  askClosing: () => void
}) {
  const words = useWords()
  const ids = [alert.id]
  if (alert.state === 'closed') {
    return (
      <button type="button" onClick={() => actions.reopen(ids)}>
        {words.alert.reopen}
      </button>
    )
  }
  return (
    <div className="row">
      {alert.state === 'new' && (
        <Act label={words.alerts.acknowledge} keys="e" run={() => actions.acknowledge(ids)} />
      )}
      <Act label={words.alerts.assign} keys="a" run={() => actions.assignToMe(ids)} />
      <Act label={words.alerts.close} keys="c" run={askClosing} />
    </div>
  )
}
