// What stands above every view of readiness: the score, the views, the reports.

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Readiness } from '../../api-types.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { PageLinks } from '../../parts/page-links.tsx'
import { RoomFrame, stateOf } from '../../parts/room-frame.tsx'
import { Sparkline } from '../../parts/sparkline.tsx'
import { readinessQuery } from './readiness-api.ts'
import styles from './readiness.module.css'

export function ReadinessFrame({ children }: { children: (data: Readiness) => ReactNode }) {
  const words = useWords()
  const rooms = useRoomWords()
  const query = useQuery(readinessQuery)
  const { views } = rooms.readiness
  return (
    <RoomFrame
      {...stateOf(query)}
      title={words.places.readiness}
      links={[
        { to: '/readiness', label: views.goals },
        { to: '/readiness/gaps', label: views.gaps },
        { to: '/readiness/logs', label: views.logs },
        { to: '/readiness/plans', label: views.plans },
        { to: '/readiness/members', label: views.members },
      ]}
    >
      {query.data && (
        <>
          <div className="row spread">
            <Score data={query.data} />
            <Reports />
          </div>
          {children(query.data)}
        </>
      )}
    </RoomFrame>
  )
}

const SCORES_SHOWN = 24

function Score({ data: { score, history } }: { data: Readiness }) {
  const words = useRoomWords().readiness
  const scores = history.slice(-SCORES_SHOWN).map((point) => point.score)
  const before = scores.at(-2)
  return (
    <div className="row">
      <strong className={styles.score}>{words.score(score)}</strong>
      {before !== undefined && <span className="quiet">{words.moved(score - before)}</span>}
      {scores.length > 1 && <Sparkline values={scores} label={words.scores(scores.length)} />}
    </div>
  )
}

function Reports() {
  const words = useRoomWords().readiness
  const report = '/api/readiness/report?language='
  return (
    <div className="row">
      <span className="quiet">{words.reports}</span>
      <PageLinks label={words.report('EN')} address={`${report}en`} name="readiness-en" />
      <PageLinks label={words.report('FR')} address={`${report}fr`} name="preparation-fr" />
      <a href="/api/readiness/oscal" download="readiness-oscal.json">
        {words.oscal}
      </a>
    </div>
  )
}
