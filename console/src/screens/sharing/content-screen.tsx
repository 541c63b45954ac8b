// Rules, analytics and checks of hubs: what came, what waits for a person, what is in use; at a hub, what was given out and what
// each member says of it.

import { useQuery } from '@tanstack/react-query'
import type { SharedContent } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { ContentGiven } from './content-given.tsx'
import { SHARING, contentQuery, decideContent } from './share-api.ts'
import { ShareFrame } from './share-frame.tsx'

type Received = SharedContent['received'][number]

export function ContentScreen() {
  const words = useRoomWords().sharing.content
  const query = useQuery(contentQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data && (
        <div>
          <p className="quiet">{words.how}</p>
          {data.received.length === 0 && data.given.length === 0 && <p>{words.none}</p>}
          {data.received.map((one) => (
            <Content key={`${one.peer} ${one.object}`} of={one} />
          ))}
          <ContentGiven given={data.given} />
        </div>
      )}
    </ShareFrame>
  )
}

function Content({ of: one }: { of: Received }) {
  const sharing = useRoomWords().sharing
  const words = sharing.content
  const format = useFormat()
  const { peer, organisation, kind, name, version, state, reason, seen, text, used } = one
  return (
    <article aria-label={name} className={layout.section}>
      <h2>
        {name} <span className="quiet">{words.kinds[kind]}</span>
      </h2>
      <p className="quiet">{words.from(organisation || peer, format.full(version))}</p>
      <p>
        {state === 'asked' ? (
          <StateMark tone="partly">{words.states[state]}</StateMark>
        ) : (
          words.states[state]
        )}
      </p>
      <Facts
        facts={[
          [words.facts.reason, reason === null ? null : sharing.reason(reason)],
          [words.facts.seen, seen === null ? null : words.seen(seen)],
          [words.facts.used, used === null ? null : <Since used={used} />],
          [
            words.facts.before,
            used === null || used.version === version
              ? null
              : words.before(format.full(used.version)),
          ],
        ]}
      />
      <Decisions of={one} />
      <details className={layout.section}>
        <summary>{words.text}</summary>
        <pre>{text}</pre>
      </details>
    </article>
  )
}

function Since({ used }: { used: NonNullable<Received['used']> }) {
  const words = useRoomWords().sharing.content
  const since = useFormat().full(used.since)
  return used.acceptedBy === null ? words.byAgreement(since) : words.usedBy(used.acceptedBy, since)
}

function Decisions({ of: { peer, object, version, name, state, used } }: { of: Received }) {
  const words = useRoomWords().sharing.content
  const decide = (accept: boolean) => () => decideContent({ peer, object, version, accept })
  const isOpen = state === 'asked' || state === 'declined'
  const isUsed = state === 'asked' || used !== null
  return (
    <div className="row">
      {isOpen && <ActButton label={words.accept(name)} refreshes={SHARING} act={decide(true)} />}
      {isUsed && <ActButton label={words.decline(name)} refreshes={SHARING} act={decide(false)} />}
    </div>
  )
}
