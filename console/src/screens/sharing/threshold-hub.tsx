// A hub's side of it: terms, who accepted them, how near addresses are to being open, what was opened, and the key it keeps for others.

import type { ThresholdState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import { SelectField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { Table } from '../../parts/table.tsx'
import { GiveOpened } from './give-opened.tsx'
import { SHARING } from './share-api.ts'
import { offerTerms, setGroup } from './threshold-api.ts'

type Hub = NonNullable<ThresholdState['hub']>

export function ThresholdHubSide({
  hub,
  holders,
}: {
  hub: Hub
  /** Names of hubs that this one joined. */
  holders: readonly string[]
}) {
  const words = useRoomWords().sharing.threshold.hub
  const side = useSide()
  const { terms, members } = hub
  return (
    <section aria-label={words.title}>
      <h3>{words.title}</h3>
      {terms === null ? (
        <p>{words.none}</p>
      ) : (
        <details>
          <summary>{words.offered(terms.least, terms.holder.organisation)}</summary>
          {side(terms.text)
            .split('\n')
            .map((line) => (
              <p key={line}>{line}</p>
            ))}
        </details>
      )}
      {terms !== null && <Opened hub={hub} />}
      {hub.opened.length > 0 && <GiveOpened opened={hub.opened} />}
      {terms !== null && <Closed hub={hub} />}
      <Members hub={hub} />
      {holders.length > 0 && <Offer holders={holders} bounds={hub.bounds} />}
      {members.length > 0 && <Group members={members} />}
      <Kept hub={hub} />
    </section>
  )
}

function Opened({ hub: { opened } }: { hub: Hub }) {
  const words = useRoomWords().sharing.threshold.hub
  const format = useFormat()
  return (
    <Table
      title={words.opened}
      none={words.noneOpened}
      columns={words.openedColumns}
      rows={opened.map(({ address, opened: at, first, last, members, wrong }) => ({
        key: `${address} ${at}`,
        cells: [
          <code key="address">{address}</code>,
          format.time(at),
          format.time(first),
          format.time(last),
          members.join(', '),
          wrong.join(', '),
        ],
      }))}
    />
  )
}

function Closed({ hub: { closed } }: { hub: Hub }) {
  const words = useRoomWords().sharing.threshold.hub
  const format = useFormat()
  return (
    <Table
      title={words.closed}
      none={words.noneClosed}
      columns={words.closedColumns}
      rows={closed.map(({ members, addresses }) => ({
        key: String(members),
        cells: [format.number(members), format.number(addresses)],
      }))}
    />
  )
}

function Members({ hub: { members } }: { hub: Hub }) {
  const words = useRoomWords().sharing.threshold.hub
  const format = useFormat()
  return (
    <Table
      title={words.members}
      none={words.noMembers}
      columns={words.memberColumns}
      rows={members.map(({ peer, by, accepted, group, reports }) => ({
        key: peer,
        cells: [
          peer,
          by ?? words.notAccepted,
          accepted === null ? '–' : format.time(accepted),
          group,
          format.number(reports),
        ],
      }))}
    />
  )
}

function Offer({ holders, bounds }: { holders: readonly string[] } & Pick<Hub, 'bounds'>) {
  const words = useRoomWords().sharing.threshold.offer
  const send = (form: HTMLFormElement): Promise<unknown> =>
    offerTerms({ holder: formText(form, 'holder'), least: Number(formText(form, 'least')) })
  return (
    <ActForm title={words.title} action={words.go} refreshes={SHARING} send={send}>
      <p className="quiet">{words.how}</p>
      <SelectField
        label={words.holder}
        name="holder"
        options={holders.map((value) => ({ value, label: value }))}
      />
      <TextField
        label={words.least}
        name="least"
        type="number"
        defaultValue={String(bounds.usual)}
        required
      />
    </ActForm>
  )
}

function Group({ members }: Pick<Hub, 'members'>) {
  const words = useRoomWords().sharing.threshold.group
  const send = (form: HTMLFormElement): Promise<unknown> =>
    setGroup({ peer: formText(form, 'peer'), group: formText(form, 'group').trim() })
  return (
    <ActForm title={words.title} action={words.go} refreshes={SHARING} send={send}>
      <p className="quiet">{words.how}</p>
      <SelectField
        label={words.peer}
        name="peer"
        options={members.map(({ peer }) => ({ value: peer, label: peer }))}
      />
      <TextField label={words.group} name="group" maxLength={100} />
    </ActForm>
  )
}

function Kept({ hub: { key } }: { hub: Hub }) {
  const words = useRoomWords().sharing.threshold.kept
  const format = useFormat()
  if (key === null) return null
  return (
    <>
      <h3>{words.title}</h3>
      <p className="quiet">{words.how}</p>
      <Facts
        facts={[
          [words.key, words.of(key.epoch, key.fingerprint)],
          [words.ends, format.full(key.ends)],
        ]}
      />
      <Table
        title={words.asked}
        none={words.noneAsked}
        columns={words.columns}
        rows={key.asked.map(({ peer, asked, refused }) => ({
          key: peer,
          cells: [peer, format.number(asked), format.number(refused)],
        }))}
      />
    </>
  )
}
