// Find box and state of the rule list; both in the address.

import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import layout from '../../parts/layout.module.css'
import { listOf, toggled } from '../../search-params.ts'
import { RULE_STATES } from './filter-rules.ts'

const route = getRouteApi('/rules')

export function RuleFilter({ shown, all }: { shown: number; all: number }) {
  const words = useWords()
  const { text, state } = route.useSearch()
  const navigate = route.useNavigate()
  const states = listOf(state, RULE_STATES)
  const set = (change: { text?: string | undefined; state?: string | undefined }): void => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }
  return (
    <div className={layout.bar}>
      <FindBox
        label={words.rules.filter}
        value={text}
        find={(next) => set({ text: next })}
        size={48}
      />
      <Choices
        label={words.rules.state}
        choices={RULE_STATES.map((value) => ({ value, label: words.rules.states[value] }))}
        isChosen={(value) => states.includes(value)}
        choose={(value) => set({ state: toggled(states, value) })}
      />
      <span role="status" className="quiet">
        {words.rules.shown(shown, all)}
      </span>
    </div>
  )
}
