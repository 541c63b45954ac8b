// One peer: what is wrong and since when, what was agreed, what passed; and the end of it.

import type { SharePeer } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { Panel } from '../../parts/panel.tsx'
import { AcceptAgreement, OfferAgreement } from './renew-agreement.tsx'
import { SHARING, revokePeer } from './share-api.ts'

type Props = { peer: SharePeer; onClose: () => void }

export function PeerPanel({ peer, onClose }: Props) {
  const words = useRoomWords().sharing
  const side = useSide()
  const format = useFormat()
  const { name, organisation, problem, state } = peer
  return (
    <Panel label={words.detail} of={name} onClose={onClose}>
      <h2>{organisation || name}</h2>
      {problem && (
        <p>
          {side(problem.sentence)}{' '}
          <span className="quiet">{words.since(format.full(problem.since))}</span>
        </p>
      )}
      <PeerFacts peer={peer} />
      <Objects peer={peer} />
      {peer.role === 'member' && state === 'joined' && <OfferAgreement peer={peer} />}
      {peer.role === 'hub' && peer.offer && (
        <AcceptAgreement name={name} organisation={organisation} offer={peer.offer} />
      )}
      {state !== 'ended' && (
        <ActForm
          key={name}
          title={words.revoke.title}
          action={words.revoke.go}
          refreshes={SHARING}
          send={() => revokePeer(name)}
          said={() => words.revoke.said}
        >
          <p className="quiet">{words.revoke.how}</p>
        </ActForm>
      )}
    </Panel>
  )
}

function PeerFacts({ peer }: { peer: SharePeer }) {
  const words = useRoomWords().sharing
  const format = useFormat()
  const at = (instant: string | null): string => (instant === null ? '' : format.full(instant))
  const { facts } = words
  return (
    <Facts
      facts={[
        [words.columns.role, words.roles[peer.role]],
        [words.columns.state, words.states[peer.state]],
        [facts.address, peer.address],
        [facts.key, peer.pin && <code key="pin">{peer.pin}</code>],
        [facts.code, at(peer.invitedUntil)],
        [facts.joined, at(peer.joined)],
        [facts.agreed, at(peer.agreedUntil)],
        [words.columns.heard, at(peer.lastSeen)],
        [facts.ended, peer.endedBy && words.endedBy[peer.endedBy]],
      ]}
    />
  )
}

function Objects({ peer: { objects, role } }: { peer: SharePeer }) {
  const words = useRoomWords().sharing
  const format = useFormat()
  const states: Readonly<Record<string, string>> = words.received.states
  const counts = Object.entries(objects)
  if (counts.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.objects}</h3>
      <ul>
        {counts.map(([state, count]) => (
          <li key={state}>
            {format.number(count)} {role === 'hub' && (states[state] ?? state)}
          </li>
        ))}
      </ul>
    </section>
  )
}
