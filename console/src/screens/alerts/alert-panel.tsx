// The open alert at the right of the list, with the way to the next, the previous, and its own page.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWords } from '../../language.ts'
import { Icon } from '../../parts/icon.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Problem } from '../../parts/problem.tsx'
import { alertQuery } from '../../queries.ts'
import { AlertDetailView } from './alert-detail-view.tsx'
import type { AlertActions } from './use-alert-actions.ts'

type Props = {
  id: string
  ids: readonly string[]
  show: (id: string | undefined) => void
  actions: AlertActions
  askClosing: () => void
}

export function AlertPanel({ id, ids, show, actions, askClosing }: Props) {
  const words = useWords().alert
  const { data, error, refetch } = useQuery(alertQuery(id))
  return (
    <Panel
      label={words.panel}
      of={id}
      onClose={() => show(undefined)}
      actions={<Ways id={id} ids={ids} show={show} />}
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <AlertDetailView detail={data} actions={actions} askClosing={askClosing} />}
    </Panel>
  )
}

function Ways({ id, ids, show }: Pick<Props, 'id' | 'ids' | 'show'>) {
  const words = useWords().alert
  const at = ids.indexOf(id)
  const before = ids[at - 1]
  const after = ids[at + 1]
  return (
    <>
      <button type="button" disabled={!before} onClick={() => show(before)} title={words.previous}>
        <Icon name="previous" />
        <span className="unseen">{words.previous}</span>
      </button>
      <button type="button" disabled={!after} onClick={() => show(after)} title={words.next}>
        <Icon name="next" />
        <span className="unseen">{words.next}</span>
      </button>
      <Link to="/alerts/$id" params={{ id }} className="button bare">
        <Icon name="page" />
        {words.fullPage}
      </Link>
    </>
  )
}
