// Blind matching: what was met of a hub's sensitive values and waits for a decision, whom this station asks, and at a hub the values
// with who asked how much.

import { useQuery } from '@tanstack/react-query'
import type { AskedHub, BlindHit, BlindState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import { Table } from '../../parts/table.tsx'
import { blindQuery, decideHit, switchAsking } from './blind-api.ts'
import { BlindHub } from './blind-hub.tsx'
import { SHARING } from './share-api.ts'
import { ShareFrame } from './share-frame.tsx'
import { Threshold } from './threshold.tsx'

export function BlindScreen() {
  const query = useQuery(blindQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data && (
        <div>
          <Asked state={data} />
          {data.hub !== null && <BlindHub hub={data.hub} />}
          <Threshold />
          <Log log={data.log} />
        </div>
      )}
    </ShareFrame>
  )
}

function Asked({ state: { asking, hits, hub } }: { state: BlindState }) {
  const words = useRoomWords().sharing.blind
  return (
    <>
      <p className="quiet">{words.how}</p>
      {hits.length === 0 && asking.some(({ isOn }) => isOn) && <p>{words.noHits}</p>}
      {hits.map((hit) => (
        <Hit key={hit.id} hit={hit} />
      ))}
      {asking.length === 0 && hub === null && <p>{words.noHub}</p>}
      {asking.map((one) => (
        <Hub key={one.peer} hub={one} />
      ))}
    </>
  )
}

function Hit({ hit }: { hit: BlindHit }) {
  const words = useRoomWords().sharing.blind
  const format = useFormat()
  const { id, peer, value, note, events, first, last, state, by, marking } = hit
  return (
    <article aria-label={value}>
      <h2>
        <code>{value}</code> <span className="quiet">{words.states[state]}</span>
      </h2>
      <p>{words.met(peer, format.number(events), format.full(first), format.full(last))}</p>
      {note !== '' && <p>{words.note(note, marking.toUpperCase())}</p>}
      {by !== null && <p className="quiet">{words.by(by)}</p>}
      {state !== 'told' && (
        <div className="row">
          <ActButton label={words.tell} refreshes={SHARING} act={() => decideHit(id, true)} />
          {state === 'new' && (
            <ActButton label={words.keep} refreshes={SHARING} act={() => decideHit(id, false)} />
          )}
        </div>
      )}
    </article>
  )
}

function Hub({ hub }: { hub: AskedHub }) {
  const words = useRoomWords().sharing.blind
  const format = useFormat()
  const side = useSide()
  const { peer, isOn, tell, by, epoch, fingerprint, ends, asked, listed, problem } = hub
  return (
    <section aria-label={peer}>
      <h2>{peer}</h2>
      {problem !== null && (
        <p>
          <strong>{side(problem.sentence)}</strong>{' '}
          <span className="quiet">{words.since(format.full(problem.since))}</span>
        </p>
      )}
      {isOn ? (
        <>
          <Facts
            facts={[
              [words.facts.tell, words.tells[tell]],
              [words.facts.by, by],
              [words.facts.asked, format.number(asked)],
              [words.facts.listed, format.number(listed)],
              [words.facts.keys, epoch === null ? null : words.keys(epoch, fingerprint ?? '')],
              [words.facts.ends, ends === null ? null : format.full(ends)],
            ]}
          />
          <ActButton
            label={words.off}
            refreshes={SHARING}
            act={() => switchAsking({ peer, isOn: false })}
          />
        </>
      ) : (
        <p>{words.isOff}</p>
      )}
      <On peer={peer} />
    </section>
  )
}

function On({ peer }: { peer: string }) {
  const words = useRoomWords().sharing.blind.on
  const send = (form: HTMLFormElement): Promise<unknown> =>
    switchAsking({
      peer,
      isOn: true,
      tell: formText(form, 'tell'),
      by: formText(form, 'by').trim(),
    })
  return (
    <ActForm title={words.title(peer)} action={words.go} refreshes={SHARING} send={send}>
      <p className="quiet">{words.how}</p>
      <SelectField label={words.tell} name="tell" options={optionsOf(words.tells)} />
      <TextField label={words.by} name="by" required maxLength={200} />
    </ActForm>
  )
}

function Log({ log }: Pick<BlindState, 'log'>) {
  const words = useRoomWords().sharing.blind.log
  const format = useFormat()
  return (
    <Table
      title={words.title}
      none={words.none}
      columns={words.columns}
      rows={log.map(({ at, peer, act, about, by }, place) => ({
        key: String(log.length - place),
        cells: [format.time(at), peer, words.acts[act] ?? act, about, by],
      }))}
    />
  )
}
