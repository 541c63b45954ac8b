// One alert as a page with its own address.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useKeys } from '../../keys.ts'
import { useSide, useWords } from '../../language.ts'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { alertQuery } from '../../queries.ts'
import { AlertDetailView } from './alert-detail-view.tsx'
import styles from './alerts.module.css'
import { ClosingForm } from './closing-form.tsx'
import { UndoToast } from './undo-toast.tsx'
import { useAlertActions } from './use-alert-actions.ts'

const route = getRouteApi('/alerts/$id')

export function AlertPage() {
  const words = useWords()
  const side = useSide()
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(alertQuery(id))
  const actions = useAlertActions(async () => void (await refetch()))
  const [isClosing, setClosing] = useState(false)
  useKeys([
    { keys: 'e', label: words.alerts.acknowledge, run: () => actions.acknowledge([id]) },
    { keys: 'a', label: words.alerts.assign, run: () => actions.assignToMe([id]) },
    { keys: 'c', label: words.alerts.close, run: () => setClosing(true) },
    { keys: 'u', label: words.alerts.undo, run: actions.undo },
  ])
  return (
    <div className={styles.page}>
      <Link to="/alerts" search={{ group: 'none' }}>
        {words.alert.back}
      </Link>
      <PageTitle title={data ? side(data.alert.title) : words.alert.panel} />
      <UndoToast actions={actions} />
      {isClosing && (
        <ClosingForm
          count={1}
          close={(assessment, reason) => {
            setClosing(false)
            actions.close([id], assessment, reason)
          }}
          cancel={() => setClosing(false)}
        />
      )}
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <AlertDetailView
          detail={data}
          actions={actions}
          askClosing={() => setClosing(true)}
          isPage
        />
      )}
    </div>
  )
}
