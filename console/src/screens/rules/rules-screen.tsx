// Rules: what is looked for, what it met and costs, and why some do not run.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Rule } from '../../api-types.ts'
import { useKeys } from '../../keys.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { Grid } from '../../parts/grid.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { useLiveRefresh } from '../../parts/use-live-refresh.ts'
import { rulesQuery } from '../../queries.ts'
import { filterRules } from './filter-rules.ts'
import { RuleFilter } from './rule-filter.tsx'
import { RulePanel } from './rule-panel.tsx'
import { RuleRuns } from './rule-runs.tsx'
import { useRuleColumns } from './use-rule-columns.tsx'

const route = getRouteApi('/rules')
const NONE: readonly Rule[] = []
const keyOf = ({ id }: Rule): string => id

export function RulesScreen() {
  const words = useWords()
  const rooms = useRoomWords()
  const { data, error, refetch } = useQuery(rulesQuery)
  useLiveRefresh(rulesQuery.queryKey)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const close = (): void => void navigate({ search: (before) => ({ ...before, rule: undefined }) })
  useKeys([{ keys: 'Escape', label: words.alerts.keys.closePanel, run: close }])
  const all = data?.rules ?? NONE
  const shown = useMemo(() => filterRules(all, search), [all, search])
  const columns = useRuleColumns()
  return (
    <div className={layout.fill}>
      <PageTitle title={words.places.rules}>{data && <AsOf at={data.asOf} />}</PageTitle>
      <p>
        <Link to="/rules/write">{words.rules.write}</Link>
        {' · '}
        <Link to="/rules/coverage">{rooms.coverage.title}</Link>
        {' · '}
        <Link to="/rules/analytics">{rooms.analytics.title}</Link>
        {' · '}
        <Link to="/rules/background">{rooms.background.title}</Link>
        {' · '}
        <Link to="/rules/exercise">{rooms.exercise.title}</Link>
      </p>
      <RuleRuns />
      <RuleFilter shown={shown.length} all={all.length} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Loading />}
      {data && shown.length === 0 && <p>{words.rules.none}</p>}
      <div className={layout.split}>
        {shown.length > 0 && (
          <Grid
            label={words.places.rules}
            columns={columns}
            rows={shown}
            rowKey={keyOf}
            current={search.rule}
          />
        )}
        {search.rule && <RulePanel id={search.rule} onClose={close} />}
      </div>
    </div>
  )
}
