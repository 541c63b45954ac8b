// Evidence: the log that can only grow, its newest checkpoint, and whether what is stored is what was received.

import { useQuery } from '@tanstack/react-query'
import type { EvidenceState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { RoomFrame, stateOf } from '../../parts/room-frame.tsx'
import { EVIDENCE, evidenceQuery, sign } from './evidence-api.ts'
import { Verification } from './verification.tsx'
import { Witnesses } from './witnesses.tsx'

export function EvidenceScreen() {
  const words = useWords()
  const rooms = useRoomWords()
  const query = useQuery(evidenceQuery)
  return (
    <RoomFrame {...stateOf(query)} title={words.places.evidence} links={[]}>
      <p className="quiet">{rooms.evidence.about}</p>
      {query.data && (
        <div>
          <Log state={query.data} />
          <Witnesses is={query.data.witnessing} />
          <Verification />
        </div>
      )}
    </RoomFrame>
  )
}

function Log({ state }: { state: EvidenceState }) {
  const words = useRoomWords().evidence
  const format = useFormat()
  const { origin, key, size, waiting, checkpoint, checkpointMade } = state
  return (
    <section>
      <h2>{words.log}</h2>
      <Facts
        facts={[
          [words.origin, origin],
          [words.key, <Key key="key" of={key} />],
          [words.size, format.number(size)],
          [words.waiting, format.number(waiting)],
          [words.signed, checkpointMade === null ? words.never : format.full(checkpointMade)],
        ]}
      />
      <ActButton label={words.sign} act={sign} refreshes={EVIDENCE} />
      {checkpoint !== null && <Checkpoint note={checkpoint} />}
    </section>
  )
}

function Key({ of }: { of: string }) {
  return (
    <>
      <span className="mono">{of}</span> <Copy text={of} />
    </>
  )
}

function Checkpoint({ note }: { note: string }) {
  const words = useRoomWords().evidence
  return (
    <section className={layout.section}>
      <div className="row">
        <h3>{words.checkpoint}</h3>
        <Copy text={note} />
        <a href="/api/evidence/log/checkpoint" download="checkpoint">
          {words.download}
        </a>
      </div>
      <pre tabIndex={0} aria-label={words.checkpoint}>
        {note}
      </pre>
    </section>
  )
}
