// What to close first: open things that have to hold, by the risk that closing one reduces, per effort.

import { Link } from '@tanstack/react-router'
import type { Readiness } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import tables from '../../parts/wide-table.module.css'
import { ProofMark } from './goal-mark.tsx'
import { ReadinessFrame } from './readiness-frame.tsx'

export function GapsScreen() {
  return <ReadinessFrame>{(data) => <Gaps data={data} />}</ReadinessFrame>
}

function Gaps({ data }: { data: Readiness }) {
  const words = useRoomWords().readiness
  const { gaps, columns } = words
  const titles = new Map(data.goals.map(({ goal }) => [goal.key, goal.title]))
  if (data.gaps.length === 0) return <p>{gaps.none}</p>
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.views.gaps}>
      <p className="quiet">{gaps.how}</p>
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col" className="number">
              {gaps.worth}
            </th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{gaps.missing}</th>
            <th scope="col">{columns.goal}</th>
          </tr>
        </thead>
        <tbody>
          {data.gaps.map((gap) => (
            <Gap key={`${gap.goal} ${gap.criterion}`} is={gap} goal={titles.get(gap.goal)} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

type GapProps = {
  is: Readiness['gaps'][number]
  goal: { readonly en: string; readonly fr: string } | undefined
}

function Gap({ is, goal }: GapProps) {
  const format = useFormat()
  const side = useSide()
  return (
    <tr>
      <td className="number">{format.rate(is.worth)}</td>
      <td>
        <ProofMark is={is.state} />
      </td>
      <td>{side(is.title)}</td>
      <td>
        <Link to="/readiness" search={{ goal: is.goal }}>
          {goal ? side(goal) : is.goal}
        </Link>
      </td>
    </tr>
  )
}
