// One case: where it stands, what happened, what is to be done, what is kept, who did what.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CaseDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Severity } from '../../parts/severity.tsx'
import { CaseActs } from './case-acts.tsx'
import { caseQuery } from './case-api.ts'
import { CaseCacao } from './case-cacao.tsx'
import { CaseFiles } from './case-files.tsx'
import { CaseStateMark } from './case-state.tsx'
import { CaseTasks } from './case-tasks.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { CaseTogether } from './case-together.tsx'
import { ChangeCase } from './change-case.tsx'

export function CasePanel({ number, onClose }: { number: string; onClose: () => void }) {
  const words = useRoomWords().cases
  const { data, error, refetch } = useQuery(caseQuery(number))
  return (
    <Panel label={words.detail} of={number} onClose={onClose}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Detail key={number} detail={data} />}
    </Panel>
  )
}

function Detail({ detail }: { detail: CaseDetail }) {
  const words = useRoomWords().cases
  const { case: about } = detail
  return (
    <>
      <p>
        {words.numbered(about.number)} <CaseStateMark is={about.state} />{' '}
        <Severity is={about.severity} />
      </p>
      <h2>{about.title}</h2>
      {about.summary !== '' && <p>{about.summary}</p>}
      <CaseFacts detail={detail} />
      <p>
        <Link to="/cases/report" search={{ case: String(about.number) }} className="button">
          {words.report.link}
        </Link>
      </p>
      <ChangeCase about={about} />
      <CaseTimeline detail={detail} />
      <CaseTasks detail={detail} />
      <CaseCacao detail={detail} />
      <CaseFiles detail={detail} />
      <CaseTogether detail={detail} />
      <CaseActs detail={detail} />
    </>
  )
}

function CaseFacts({ detail: { case: about } }: { detail: CaseDetail }) {
  const words = useWords()
  const rooms = useRoomWords()
  const format = useFormat()
  const { facts, by, nobody, markings } = rooms.cases
  const when = (at: string | null): string => (at === null ? '' : format.full(at))
  const turnedOut = about.assessment === null ? '' : words.assessment[about.assessment]
  return (
    <Facts
      facts={[
        [facts.lead, about.lead || nobody],
        [facts.occurred, when(about.occurred)],
        [facts.detected, when(about.detected)],
        [facts.opened, by(about.openedBy, format.full(about.opened))],
        [facts.contained, when(about.contained)],
        [facts.closed, when(about.closed)],
        [facts.conclusion, [turnedOut, about.conclusion].filter(Boolean).join(': ')],
        [facts.marking, markings[about.marking]],
      ]}
    />
  )
}
