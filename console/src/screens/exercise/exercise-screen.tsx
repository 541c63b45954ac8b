// The exercise: play one, and see step by step what a station made of it. Nothing on this screen is real, and it says so first.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ExerciseState } from '../../api-types.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { RoomFrame, stateOf } from '../../parts/room-frame.tsx'
import { EXERCISE, exerciseQuery, stop } from './exercise-api.ts'
import styles from './exercise.module.css'
import { Campaigns, ScoreCard } from './score-card.tsx'
import { StartExercise } from './start-exercise.tsx'
import { Timeline } from './timeline.tsx'

export function ExerciseScreen() {
  const words = useRoomWords().exercise
  const query = useQuery(exerciseQuery)
  const { data } = query
  return (
    <RoomFrame {...stateOf(query)} title={words.title} links={[]}>
      <div>
        <Link to="/rules">{words.back}</Link>
      </div>
      <p className={styles.invented}>
        <strong>{words.invented}</strong> {words.about}
      </p>
      {data && <Standing state={data} />}
      {data?.newest && (
        <>
          <ScoreCard of={data.newest} />
          <Timeline of={data.newest} />
          {data.newest.campaigns.length > 0 && <Campaigns of={data.newest.campaigns} />}
        </>
      )}
    </RoomFrame>
  )
}

/** One that is played, one that failed, or the way to start one. */
function Standing({ state: { running, problem, newest } }: { state: ExerciseState }) {
  const words = useRoomWords().exercise
  const side = useSide()
  if (running !== null) {
    const { ask, who, day } = running
    return (
      <section className={styles.running} aria-label={words.title}>
        <p>{words.running(who, words.organisations[ask.organisation])}</p>
        <label className="field">
          {words.progress(day, ask.days)}
          <progress value={day} max={ask.days} />
        </label>
        <ActButton label={words.stop} act={stop} refreshes={EXERCISE} />
      </section>
    )
  }
  return (
    <div>
      {problem !== null && (
        <p role="alert">
          {words.failed} {side(problem)}
        </p>
      )}
      {newest === null && <p>{words.notYet}</p>}
      <StartExercise isOpen={newest === null} />
    </div>
  )
}
