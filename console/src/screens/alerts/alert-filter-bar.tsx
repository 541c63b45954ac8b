// Everything that narrows the list, all of it in the address.

import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { AlertGroup } from '../../api-types.ts'
import { useSide, useWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import { Icon } from '../../parts/icon.tsx'
import layout from '../../parts/layout.module.css'
import { SEVERITIES } from '../../parts/severity.tsx'
import { sessionQuery } from '../../queries.ts'
import { listOf, toggled } from '../../search-params.ts'
import type { AlertsSearch } from '../../search-params.ts'
import { ALERT_STATES, isGrouped, statesOf } from './alert-filter.ts'

const route = getRouteApi('/alerts')

type Set = (change: Partial<AlertsSearch>) => void

export function AlertFilterBar({
  total,
  groups,
}: {
  total: number | undefined
  groups: readonly AlertGroup[] | undefined
}) {
  const words = useWords()
  const search = route.useSearch()
  const set = useSetFilter()
  const states = statesOf(search)
  const severities = listOf(search.severity, SEVERITIES)
  return (
    <div className={layout.bar} role="group" aria-label={words.alerts.filters}>
      <View search={search} set={set} />
      <Choices
        label={words.state.label}
        choices={ALERT_STATES.map((value) => ({ value, label: words.state[value] }))}
        isChosen={(value) => states.includes(value)}
        choose={(value) => set({ state: toggled(states, value) ?? 'all' })}
      />
      <Choices
        label={words.severity.label}
        choices={SEVERITIES.map((value) => ({ value, label: words.severity[value] }))}
        isChosen={(value) => severities.includes(value)}
        choose={(value) => set({ severity: toggled(severities, value) })}
      />
      <Mine search={search} set={set} />
      <Find search={search} set={set} />
      <Narrowed search={search} set={set} groups={groups} />
      <span role="status" className="quiet">
        {total === undefined ? null : words.alerts.total(total)}
      </span>
    </div>
  )
}

/** Typing replaces the address rather than filling the history with every letter. */
function useSetFilter(): Set {
  const navigate = route.useNavigate()
  return (change) => {
    const isTyping = 'text' in change
    void navigate({
      search: (before) => ({ ...before, ...change, alert: undefined }),
      replace: isTyping,
    })
  }
}

function View({ search, set }: { search: AlertsSearch; set: Set }) {
  const words = useWords().alerts
  return (
    <Choices
      label={words.view}
      choices={[
        { value: 'rule', label: words.grouped },
        { value: 'none', label: words.flat },
      ]}
      isChosen={(value) => (value === 'rule') === isGrouped(search)}
      choose={(group) =>
        set(group === 'none' ? { group } : { group: undefined, rule: undefined, entity: undefined })
      }
    />
  )
}

function Mine({ search, set }: { search: AlertsSearch; set: Set }) {
  const words = useWords().alerts
  const me = useQueryClient().getQueryData(sessionQuery.queryKey)?.user
  const isOn = search.assignee !== undefined && search.assignee === me
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={() => set({ assignee: isOn ? undefined : me })}
    >
      {words.mine}
    </button>
  )
}

function Find({ search, set }: { search: AlertsSearch; set: Set }) {
  const words = useWords().alerts
  return <FindBox label={words.text} value={search.text} find={(text) => set({ text })} size={30} />
}

/** The rule or the entity that was drilled into, each with its way back. */
function Narrowed({
  search,
  set,
  groups,
}: {
  search: AlertsSearch
  set: Set
  groups: readonly AlertGroup[] | undefined
}) {
  const words = useWords().alerts
  const side = useSide()
  const rule = groups?.find((group) => group.rule === search.rule)
  const chips = [
    search.rule && { key: 'rule', label: words.ofRule(rule ? side(rule.title) : search.rule) },
    search.entity && { key: 'entity', label: words.onEntity(search.entity) },
  ].filter((chip) => typeof chip === 'object')
  return chips.map(({ key, label }) => (
    <button key={key} type="button" onClick={() => set({ [key]: undefined })}>
      {label}
      <Icon name="close" />
      <span className="unseen">{words.remove(label)}</span>
    </button>
  ))
}
