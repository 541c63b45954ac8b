// Hubs that the approved report goes to by one action, and what each answered.

import type { ReportView } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import layout from '../../parts/layout.module.css'
import { CASES, reportToHub } from './case-api.ts'

type Hub = ReportView['hubs'][number]

export function ReportHubs({ view }: { view: ReportView }) {
  const words = useRoomWords().cases.hubs
  const { hubs } = view
  if (hubs.length === 0) return null
  return (
    <section className={layout.section}>
      <h2>{words.title}</h2>
      <p className="quiet">{words.how}</p>
      <ul>
        {hubs.map((hub) => (
          <li key={hub.peer}>
            <Standing hub={hub} /> <SendTo hub={hub} view={view} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Standing({ hub }: { hub: Hub }) {
  const words = useRoomWords().cases.hubs
  const format = useFormat()
  const { organisation, state, by, at, reference, acknowledgedBy, reason, isEarlier } = hub
  const when = at === null ? '' : format.full(at)
  return (
    <>
      {state === 'none' && words.none(organisation)}
      {state === 'ready' && words.ready(organisation, by ?? '')}
      {state === 'taken' && words.taken(organisation, when)}
      {state === 'acknowledged' && words.acknowledged(organisation, acknowledgedBy ?? '', when)}
      {state === 'refused' && words.refused(organisation, reason)}{' '}
      {reference !== '' && <code>{reference}</code>}
      {isEarlier && <span className="quiet"> {words.earlier}</span>}
    </>
  )
}

function SendTo({ hub, view: { report, approval, digest } }: { hub: Hub; view: ReportView }) {
  const words = useRoomWords().cases.hubs
  const language = useLanguage()
  const { peer, organisation, state, isEarlier } = hub
  const isOpen = state === 'none' || state === 'refused' || isEarlier
  const isFor = approval !== null && (approval.rule === null || approval.rule.recipient === peer)
  if (!isOpen || !isFor) return null
  return (
    <ActButton
      label={words.send(organisation)}
      refreshes={CASES}
      act={() => reportToHub(report.case, { peer, digest, language })}
    />
  )
}
