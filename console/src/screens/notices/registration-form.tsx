// What an organisation holds and whom to tell, as lines.

import type { OwnRegistration } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, CheckField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { NOTICES } from './notice-api.ts'
import { contactLine, contactOf, holdingLine, holdingOf, linesIn } from './registration-text.ts'

type Props = {
  title: string
  /** What stands already. */
  before: OwnRegistration['registration']
  send: (registration: object) => Promise<unknown>
}

export function RegistrationForm({ title, before, send }: Props) {
  const { registration: words, sectors, regions } = useRoomWords().notices
  return (
    <ActForm
      title={title}
      action={words.go}
      refreshes={NOTICES}
      send={(form) => send(registrationIn(form))}
    >
      <TextField
        label={words.name}
        name="name"
        required
        maxLength={200}
        defaultValue={before?.name}
      />
      <SelectField
        label={words.sector}
        name="sector"
        options={optionsOf(sectors)}
        defaultValue={before?.sector ?? 'municipality'}
      />
      <SelectField
        label={words.region}
        name="region"
        options={optionsOf(regions)}
        defaultValue={before?.region ?? 'ON'}
      />
      <AreaField
        label={words.holdings}
        name="holdings"
        rows={5}
        defaultValue={before?.holdings.map(holdingLine).join('\n')}
      />
      <AreaField
        label={words.contacts}
        name="contacts"
        rows={4}
        defaultValue={before?.contacts.map(contactLine).join('\n')}
      />
      <CheckField label={words.mayGoUp} name="mayGoUp" defaultChecked={before?.mayGoUp} />
    </ActForm>
  )
}

function registrationIn(form: HTMLFormElement): object {
  return {
    name: formText(form, 'name').trim(),
    sector: formText(form, 'sector'),
    region: formText(form, 'region'),
    mayGoUp: formText(form, 'mayGoUp') !== '',
    holdings: linesIn(formText(form, 'holdings')).map(holdingOf),
    contacts: linesIn(formText(form, 'contacts')).map(contactOf),
  }
}
