// Columns of the peers.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { SharePeer } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import type { Tone } from '../../parts/state-mark.tsx'
import { textColumn } from '../../parts/text-column.ts'

type Words = RoomWords['sharing']

export function usePeerColumns(): readonly GridColumn<SharePeer>[] {
  const words = useRoomWords().sharing
  const format = useFormat()
  return useMemo(() => [...whoAndHow(words), ...what(words, format)], [words, format])
}

/** What is wrong comes first, then what runs out, then what waits for a person here. */
function healthOf({ problem, standing, role, offer }: SharePeer): Health {
  if (problem !== null) return 'trouble'
  if (standing === 'over') return 'over'
  if (role === 'hub' && offer !== null) return 'offered'
  return standing === 'ending' ? 'ending' : 'well'
}

type Health = 'well' | 'trouble' | keyof Words['standings']
const TONES: Readonly<Record<Health, Tone>> = {
  well: 'good',
  trouble: 'bad',
  over: 'bad',
  ending: 'partly',
  offered: 'partly',
}

/** What is seen beside an open panel too. */
function whoAndHow({ columns, well, trouble, standings }: Words): readonly GridColumn<SharePeer>[] {
  const say = { ...standings, well, trouble }
  const health = (peer: SharePeer): string => (peer.state === 'joined' ? say[healthOf(peer)] : '')
  return [
    {
      id: 'name',
      heading: columns.name,
      width: 12,
      text: ({ name }) => name,
      cell: ({ name }, tab) => (
        <Link to="/sharing" search={{ peer: name }} tabIndex={tab}>
          {name}
        </Link>
      ),
    },
    {
      id: 'health',
      heading: columns.health,
      width: 11,
      text: health,
      cell: (peer) =>
        peer.state === 'joined' && (
          <StateMark tone={TONES[healthOf(peer)]}>{health(peer)}</StateMark>
        ),
    },
  ]
}

function what({ columns, roles, states }: Words, format: Format): readonly GridColumn<SharePeer>[] {
  return [
    textColumn({
      id: 'organisation',
      heading: columns.organisation,
      text: ({ organisation }) => organisation,
    }),
    textColumn({ id: 'role', heading: columns.role, width: 6, text: ({ role }) => roles[role] }),
    textColumn({
      id: 'state',
      heading: columns.state,
      width: 6,
      text: ({ state }) => states[state],
    }),
    textColumn({
      id: 'heard',
      heading: columns.heard,
      width: 10,
      text: ({ lastSeen }) => (lastSeen === null ? '–' : format.time(lastSeen)),
    }),
    textColumn({
      id: 'waiting',
      heading: columns.waiting,
      width: 5.5,
      isNumber: true,
      text: ({ waiting }) => format.number(waiting),
    }),
  ]
}
