// What was done beside what the station said of it, stepped through by keyboard.

import { Link, getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { ExerciseMoment, ExerciseResult } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { SplitList } from '../../parts/split-list.tsx'
import { textColumn } from '../../parts/text-column.ts'
import styles from './exercise.module.css'
import { MomentPanel } from './moment-panel.tsx'
import { Outcome } from './outcome.tsx'

const route = getRouteApi('/rules/exercise')
const keyOf = ({ id }: ExerciseMoment): string => id

export function Timeline({ of: result }: { of: ExerciseResult }) {
  const words = useRoomWords().exercise
  const { moment: open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (moment: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, moment }), replace: true })
  const columns = useColumns()
  const shown = result.moments.find((one) => keyOf(one) === open)
  return (
    <section aria-labelledby="timeline" className={styles.timeline}>
      <h2 id="timeline">{words.timeline}</h2>
      <p className="quiet">{words.keys}</p>
      <SplitList
        label={words.timeline}
        columns={columns}
        rows={result.moments}
        rowKey={keyOf}
        open={open}
        show={show}
      >
        {shown && <MomentPanel of={shown} titles={result.titles} onClose={() => show(undefined)} />}
      </SplitList>
    </section>
  )
}

function useColumns(): readonly GridColumn<ExerciseMoment>[] {
  const words = useRoomWords().exercise
  const format = useFormat()
  return useMemo(() => {
    const steps: Readonly<Record<string, string>> = words.steps
    const did = ({ step }: ExerciseMoment): string =>
      step === null ? words.nobody : (steps[step] ?? step)
    return [
      textColumn({
        id: 'time',
        heading: words.columns.time,
        width: 7,
        text: ({ time }) => format.short(time),
      }),
      {
        id: 'did',
        heading: words.columns.did,
        text: did,
        cell: (moment, tab) => (
          <Link
            to="/rules/exercise"
            search={(before) => ({ ...before, moment: moment.id })}
            tabIndex={tab}
          >
            {did(moment)}
          </Link>
        ),
      },
      {
        id: 'said',
        heading: words.columns.said,
        width: 16,
        text: ({ state }) => words.states[state],
        cell: ({ state }) => <Outcome is={state} />,
      },
    ]
  }, [words, format])
}
