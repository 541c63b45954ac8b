// Columns of the goals.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { GoalAssessment, Readiness } from '../../api-types.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { textColumn } from '../../parts/text-column.ts'
import type { Language } from '../../preferences.ts'
import { GoalMark } from './goal-mark.tsx'

export function useGoalColumns(
  history: Readiness['history'],
): readonly GridColumn<GoalAssessment>[] {
  const words = useRoomWords().readiness
  const language = useLanguage()
  return useMemo(() => {
    const { columns } = words
    const title = ({ goal: { id, title: said } }: GoalAssessment): string =>
      id === null ? said[language] : `${id} ${said[language]}`
    return [
      {
        id: 'state',
        heading: columns.state,
        width: 9.5,
        text: ({ state }) => words.states[state],
        cell: ({ state }) => <GoalMark is={state} />,
      },
      {
        id: 'goal',
        heading: columns.goal,
        text: title,
        cell: (one, tab) => (
          <Link
            to="/readiness"
            search={(before) => ({ ...before, goal: one.goal.key })}
            tabIndex={tab}
          >
            {title(one)}
          </Link>
        ),
      },
      ...facts(words, language, lastMoves(history)),
    ]
  }, [words, language, history])
}

function facts(
  words: RoomWords['readiness'],
  language: Language,
  moved: ReadonlyMap<string, string>,
): readonly GridColumn<GoalAssessment>[] {
  return [
    textColumn({
      id: 'evidence',
      heading: words.columns.evidence,
      text: (one) => evidenceOf(one, language) ?? words.nothing,
    }),
    textColumn({
      id: 'moved',
      heading: words.columns.moved,
      width: 9.5,
      text: ({ goal: { key } }) => moved.get(key) ?? '–',
    }),
    textColumn({
      id: 'owner',
      heading: words.columns.owner,
      width: 9,
      text: (one) => one.owner ?? '–',
    }),
    textColumn({
      id: 'due',
      heading: words.columns.due,
      width: 6.5,
      text: ({ due }) => dayOf(due) || '–',
    }),
  ]
}

/** Day on which each goal last came to another state. */
function lastMoves(history: Readiness['history']): ReadonlyMap<string, string> {
  return new Map(
    history.flatMap(({ at, moved }) => moved.map(({ goal }) => [goal, dayOf(at)] as const)),
  )
}

/** What is seen, worst first; else what is stated. */
function evidenceOf({ criteria }: GoalAssessment, language: Language): string | null {
  const seen = criteria.flatMap(({ basis, proof, state }) =>
    basis === 'evidence' && proof ? [{ said: proof.said[language], isMet: state === 'met' }] : [],
  )
  const [worst] = seen.toSorted((a, b) => Number(a.isMet) - Number(b.isMet))
  const stated = criteria.find(({ basis }) => basis === 'attestation')?.attestation
  return worst?.said ?? stated?.statement ?? null
}
