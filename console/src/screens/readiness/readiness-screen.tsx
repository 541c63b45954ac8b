// Readiness: the goals, each with its state and what it rests on.

import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { GoalAssessment, Readiness } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { CopyRows } from '../../parts/copy-rows.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import layout from '../../parts/layout.module.css'
import { SplitList } from '../../parts/split-list.tsx'
import { listOf, toggled } from '../../search-params.ts'
import { GOAL_STATES, filterGoals } from './filter-goals.ts'
import { GoalPanel } from './goal-panel.tsx'
import { ReadinessFrame } from './readiness-frame.tsx'
import { useGoalColumns } from './use-goal-columns.tsx'

const route = getRouteApi('/readiness')
const keyOf = ({ goal: { key } }: GoalAssessment): string => key

export function ReadinessScreen() {
  return <ReadinessFrame>{(data) => <Goals data={data} />}</ReadinessFrame>
}

function Goals({ data }: { data: Readiness }) {
  const rooms = useRoomWords()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const show = (goal: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, goal }) })
  const shown = useMemo(() => filterGoals(data.goals, search), [data.goals, search])
  const columns = useGoalColumns(data.history)
  const chosen = data.goals.find((one) => keyOf(one) === search.goal)
  return (
    <>
      <p className="quiet">{rooms.readiness.about}</p>
      <div className={layout.bar}>
        <Filter />
        <span role="status" className="quiet">
          {rooms.readiness.shown(shown.length, data.goals.length)}
        </span>
        <CopyRows columns={columns} rows={shown} />
      </div>
      {shown.length === 0 && <p>{rooms.readiness.none}</p>}
      <SplitList
        label={rooms.readiness.views.goals}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        open={search.goal}
        show={show}
      >
        {chosen && (
          <GoalPanel one={chosen} history={data.history} onClose={() => show(undefined)} />
        )}
      </SplitList>
    </>
  )
}

function Filter() {
  const words = useRoomWords().readiness
  const { text, state } = route.useSearch()
  const navigate = route.useNavigate()
  const states = listOf(state, GOAL_STATES)
  const set = (change: { text?: string | undefined; state?: string | undefined }): void => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }
  return (
    <>
      <FindBox label={words.filter} value={text} find={(next) => set({ text: next })} size={40} />
      <Choices
        label={words.state}
        choices={GOAL_STATES.map((value) => ({ value, label: words.states[value] }))}
        isChosen={(value) => states.includes(value)}
        choose={(value) => set({ state: toggled(states, value) })}
      />
    </>
  )
}
