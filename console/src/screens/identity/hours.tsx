// When somebody is at work: clocks of C3 and C4 run only then.

import type { OfficeHours } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, CheckField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { IDENTITY, keepHours } from './identity-api.ts'

export function Hours({ hours }: { hours: OfficeHours }) {
  const { identity, notices } = useRoomWords()
  const words = identity.critical.hours
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={IDENTITY}
      send={(form) => keepHours(hoursOf(form))}
    >
      <p className="quiet">{words.how}</p>
      <TextField label={words.zone} name="zone" defaultValue={hours.zone} required />
      <SelectField
        label={words.region}
        name="region"
        defaultValue={hours.region}
        options={optionsOf(notices.regions)}
      />
      <TextField label={words.from} name="from" type="time" defaultValue={hours.from} required />
      <TextField label={words.to} name="to" type="time" defaultValue={hours.to} required />
      <fieldset>
        <legend>{words.days}</legend>
        {words.dayNames.map((name, at) => (
          <CheckField
            key={name}
            label={name}
            name="days"
            value={String(at + 1)}
            defaultChecked={hours.days.includes(at + 1)}
          />
        ))}
      </fieldset>
      <AreaField label={words.closed} name="closed" defaultValue={hours.closed.join('\n')} />
    </ActForm>
  )
}

function hoursOf(form: HTMLFormElement): OfficeHours {
  const days = new FormData(form).getAll('days').map(Number)
  const closed = formText(form, 'closed')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return {
    zone: formText(form, 'zone'),
    // The form offers these alone.
    region: formText(form, 'region') as OfficeHours['region'],
    from: formText(form, 'from'),
    to: formText(form, 'to'),
    days,
    closed,
  }
}
