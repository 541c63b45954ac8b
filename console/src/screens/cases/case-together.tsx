// Who leads a case, decides in it, may see it; and cases that became one, taken back when they were not.

import type { CaseDetail } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { CASES, changeRole, mergeInto, undoMerge } from './case-api.ts'

export function CaseTogether({ detail }: { detail: CaseDetail }) {
  const words = useRoomWords().cases.together
  const { case: about, people, merges } = detail
  const { number, mergedInto } = about
  return (
    <section className={layout.section}>
      <h3>{words.title}</h3>
      <p className="quiet">{words.how}</p>
      {people.length === 0 && <p>{words.none}</p>}
      <ul>
        {people.map(({ person, role }) => (
          <li key={`${role} ${person}`}>
            {person} – {words.roles[role]}{' '}
            <ActButton
              label={words.take(person, words.roles[role])}
              refreshes={CASES}
              act={() => changeRole(number, { person, role, isGiven: false })}
            />
          </li>
        ))}
      </ul>
      <GiveRole number={number} />
      <ul>
        {merges.map(({ id, merged, into, title }) => (
          <li key={id}>
            {merged === number ? words.partOf(into) : words.part(merged, title)}{' '}
            <ActButton label={words.undo} refreshes={CASES} act={() => undoMerge(id)} />
          </li>
        ))}
      </ul>
      {mergedInto === null && <Merge number={number} />}
    </section>
  )
}

function GiveRole({ number }: { number: number }) {
  const words = useRoomWords().cases.together
  const send = (form: HTMLFormElement) =>
    changeRole(number, { person: formText(form, 'person'), role: formText(form, 'role') })
  return (
    <ActForm title={words.give} action={words.give} refreshes={CASES} send={send}>
      <TextField label={words.person} name="person" required maxLength={200} />
      <SelectField label={words.role} name="role" options={optionsOf(words.roles)} />
    </ActForm>
  )
}

function Merge({ number }: { number: number }) {
  const words = useRoomWords().cases.together
  return (
    <ActForm
      title={words.merge}
      action={words.merge}
      refreshes={CASES}
      send={(form) => mergeInto(number, Number(formText(form, 'into')))}
    >
      <p className="quiet">{words.mergeHow}</p>
      <TextField label={words.into} name="into" type="number" min={1} required />
    </ActForm>
  )
}
