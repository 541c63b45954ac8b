// A hub's side of blind matching: sensitive values, keys, and how much each member asked.

import type { BlindState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formFile, formText } from '../../parts/form-text.ts'
import { Table } from '../../parts/table.tsx'
import { addSensitive, removeSensitive, rotateKeys, setBudget } from './blind-api.ts'
import { SHARING } from './share-api.ts'

type Hub = NonNullable<BlindState['hub']>

export function BlindHub({ hub }: { hub: Hub }) {
  const words = useRoomWords().sharing.blind.hub
  const format = useFormat()
  const { epoch, fingerprint, ends, total, members } = hub
  return (
    <section aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="quiet">{words.how}</p>
      <Facts
        facts={[
          [words.facts.total, format.number(total)],
          [words.facts.keys, epoch === null ? null : words.keys(epoch, fingerprint ?? '')],
          [words.facts.ends, ends === null ? null : format.full(ends)],
        ]}
      />
      <Add />
      {epoch !== null && <ActButton label={words.rotate} refreshes={SHARING} act={rotateKeys} />}
      <Values hub={hub} />
      <Members hub={hub} />
      {members.length > 0 && <Budget members={members} />}
    </section>
  )
}

function Add() {
  const words = useRoomWords().sharing.blind.add
  const send = (form: HTMLFormElement) =>
    addSensitive({
      file: formFile(form, 'file'),
      marking: formText(form, 'marking'),
      note: formText(form, 'note').trim(),
    })
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={SHARING}
      send={send}
      said={({ added, known, refused }) => (
        <>
          <p>{words.said(added, known)}</p>
          <ul>
            {refused.map(({ id, reason }) => (
              <li key={id}>
                {id}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    >
      <p className="quiet">{words.how}</p>
      <TextField label={words.file} name="file" type="file" required />
      <SelectField label={words.marking} name="marking" options={optionsOf(words.markings)} />
      <TextField label={words.note} name="note" maxLength={300} />
    </ActForm>
  )
}

function Values({ hub: { sensitive } }: { hub: Hub }) {
  const words = useRoomWords().sharing.blind.hub
  const format = useFormat()
  return (
    <Table
      title={words.values}
      none={words.noValues}
      columns={words.valueColumns}
      rows={sensitive.map(({ id, kind, value, marking, members, note }) => ({
        key: id,
        cells: [
          <code key="value">{value}</code>,
          words.kinds[kind],
          marking.toUpperCase(),
          format.number(members),
          note,
          <ActButton
            key="remove"
            label={words.remove(value)}
            refreshes={SHARING}
            act={() => removeSensitive(id)}
          />,
        ],
      }))}
    />
  )
}

function Members({ hub: { members } }: { hub: Hub }) {
  const words = useRoomWords().sharing.blind.hub
  const format = useFormat()
  const of = (asked: number, budget: number) =>
    words.of(format.number(asked), format.number(budget))
  return (
    <Table
      title={words.members}
      none={words.noMembers}
      columns={words.memberColumns}
      rows={members.map(({ peer, asked, budget, refused, lastHour }) => ({
        key: peer,
        cells: [
          peer,
          of(asked.address, budget.address),
          of(asked.other, budget.other),
          format.number(refused.address + refused.other),
          lastHour === null ? '–' : format.time(lastHour),
        ],
      }))}
    />
  )
}

function Budget({ members }: Pick<Hub, 'members'>) {
  const words = useRoomWords().sharing.blind.budget
  const send = (form: HTMLFormElement): Promise<unknown> =>
    setBudget({
      peer: formText(form, 'peer'),
      address: Number(formText(form, 'address')),
      other: Number(formText(form, 'other')),
    })
  return (
    <ActForm title={words.title} action={words.go} refreshes={SHARING} send={send}>
      <p className="quiet">{words.how}</p>
      <SelectField
        label={words.peer}
        name="peer"
        options={members.map(({ peer }) => ({ value: peer, label: peer }))}
      />
      <TextField label={words.address} name="address" type="number" required />
      <TextField label={words.other} name="other" type="number" required />
    </ActForm>
  )
}
