// One object on its way out: exactly what leaves, who sees it, why not.

import type { Outgoing } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SHARING, decide } from './share-api.ts'

type Props = { of: Outgoing; onClose: () => void }

export function OutgoingPanel({ of: one, onClose }: Props) {
  const words = useRoomWords().sharing.outbox
  const { seq, seenBy, body, state, reasons, decidedBy, answer } = one
  return (
    <Panel label={words.detail} of={String(seq)} onClose={onClose}>
      <h2>{words.states[state]}</h2>
      <p>{words.seenBy(seenBy.organisation, seenBy.relation, seenBy.marking)}</p>
      {state === 'waiting' && (
        <div className="row">
          <ActButton label={words.approve} refreshes={SHARING} act={() => decide([seq], true)} />
          <ActButton label={words.refuse} refreshes={SHARING} act={() => decide([seq], false)} />
        </div>
      )}
      <Facts
        facts={[
          [words.why, reasons.map(({ rule, about }) => `${rule}: ${about}`).join('; ')],
          [words.decidedBy, decidedBy],
          [words.answer, answer],
        ]}
      />
      <p>{words.exactly}</p>
      <pre>{JSON.stringify(body, null, 2)}</pre>
    </Panel>
  )
}
