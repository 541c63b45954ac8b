// To which hubs this station reports addresses that logged in, under which terms, and what was opened.

import { useState } from 'react'
import type { ThresholdHub, ThresholdShown } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { Table } from '../../parts/table.tsx'
import { SHARING } from './share-api.ts'
import { showTerms, switchReporting } from './threshold-api.ts'

export function ThresholdOwn({ hub }: { hub: ThresholdHub }) {
  const words = useRoomWords().sharing.threshold
  const format = useFormat()
  const side = useSide()
  const { peer, isOn, by, terms, epoch, fingerprint, ends, reported, waiting, problem } = hub
  return (
    <section aria-label={words.of(peer)}>
      <h3>{words.of(peer)}</h3>
      {problem !== null && (
        <p>
          <strong>{side(problem.sentence)}</strong>{' '}
          <span className="quiet">{words.since(format.full(problem.since))}</span>
        </p>
      )}
      {isOn && terms !== null ? (
        <>
          <Facts
            facts={[
              [words.facts.least, format.number(terms.least)],
              [words.facts.holder, terms.holder.organisation],
              [words.facts.by, by],
              [words.facts.reported, words.counts(format.number(reported), format.number(waiting))],
              [words.facts.key, epoch === null ? null : words.key(epoch, fingerprint ?? '')],
              [words.facts.ends, ends === null ? null : format.full(ends)],
            ]}
          />
          <ActButton
            label={words.off}
            refreshes={SHARING}
            act={() => switchReporting({ peer, isOn: false })}
          />
          <Opened hub={hub} />
        </>
      ) : (
        <p>{words.isOff}</p>
      )}
      <Accept peer={peer} />
    </section>
  )
}

function Opened({ hub: { opened } }: { hub: ThresholdHub }) {
  const words = useRoomWords().sharing.threshold
  const format = useFormat()
  return (
    <Table
      title={words.openedHere}
      none={words.noneOpenedHere}
      columns={words.openedHereColumns}
      rows={opened.map(({ address, logins, first, last }) => ({
        key: address,
        cells: [
          <code key="address">{address}</code>,
          format.number(logins),
          format.time(first),
          format.time(last),
        ],
      }))}
    />
  )
}

/** Terms are read before they can be accepted. */
function Accept({ peer }: { peer: string }) {
  const words = useRoomWords().sharing.threshold.accept
  const side = useSide()
  const [shown, setShown] = useState<ThresholdShown>()
  const read = async () => setShown(await showTerms(peer))
  if (shown === undefined)
    return <ActButton label={words.read(peer)} refreshes={SHARING} act={read} />
  const send = (form: HTMLFormElement): Promise<unknown> =>
    switchReporting({
      peer,
      isOn: true,
      accept: shown.digest,
      by: formText(form, 'by').trim(),
    })
  return (
    <ActForm title={words.title(peer)} action={words.go} refreshes={SHARING} send={send}>
      {side(shown.terms.text)
        .split('\n')
        .map((line) => (
          <p key={line}>{line}</p>
        ))}
      <TextField label={words.by} name="by" required maxLength={200} />
    </ActForm>
  )
}
