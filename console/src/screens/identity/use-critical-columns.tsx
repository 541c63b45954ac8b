// Columns of what is watched first.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { CriticalItem } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import { textColumn } from '../../parts/text-column.ts'

type Words = RoomWords['identity']['critical']

const TONES = { proposed: 'unknown', confirmed: 'good', refused: 'none' } as const

export function DecisionMark({ is }: { is: CriticalItem['state'] }) {
  return <StateMark tone={TONES[is]}>{useRoomWords().identity.critical.states[is]}</StateMark>
}

/** A kind of reason that is not known here is shown as it is named. */
export function reasonsOf({ reasons: said }: Words, { reasons }: CriticalItem): readonly string[] {
  const sentences = new Map<string, (detail: string) => string>(Object.entries(said))
  return reasons.map(({ kind, detail }) => sentences.get(kind)?.(detail) ?? `${kind} ${detail}`)
}

export function useCriticalColumns(): readonly GridColumn<CriticalItem>[] {
  const words = useRoomWords().identity.critical
  return useMemo(() => [...named(words), ...decided(words)], [words])
}

function named({ columns, kinds }: Words): readonly GridColumn<CriticalItem>[] {
  return [
    textColumn({ id: 'band', heading: columns.band, width: 4, text: ({ band }) => band }),
    {
      id: 'name',
      heading: columns.name,
      text: ({ name }) => name,
      cell: ({ id, name }, tab) => (
        <Link to="/identity/critical" search={(before) => ({ ...before, item: id })} tabIndex={tab}>
          {name}
        </Link>
      ),
    },
    textColumn({
      id: 'kind',
      heading: columns.kind,
      width: 6,
      text: ({ kind }) => kinds[kind],
    }),
  ]
}

function decided(words: Words): readonly GridColumn<CriticalItem>[] {
  const { columns } = words
  return [
    {
      id: 'state',
      heading: columns.state,
      width: 8,
      text: ({ state }) => words.states[state],
      cell: ({ state }) => <DecisionMark is={state} />,
    },
    textColumn({
      id: 'why',
      heading: columns.why,
      text: (item) => reasonsOf(words, item).join(' '),
    }),
    textColumn({
      id: 'owner',
      heading: columns.owner,
      width: 8,
      text: ({ owner }) => owner ?? '–',
    }),
    textColumn({
      id: 'review',
      heading: columns.review,
      width: 7,
      text: ({ review }) => dayOf(review) || '–',
    }),
  ]
}
