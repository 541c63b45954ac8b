// An opened address becomes an indicator of this hub, by one action of a person.

import type { ThresholdState } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { CheckField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { SHARING } from './share-api.ts'
import { giveOpened } from './threshold-api.ts'

type Opened = NonNullable<ThresholdState['hub']>['opened']

export function GiveOpened({ opened }: { opened: Opened }) {
  const words = useRoomWords().sharing.threshold.hub.give
  const addresses = [...new Set(opened.map(({ address }) => address))]
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={SHARING}
      send={give}
      said={({ added }) => words.said(added)}
    >
      <p className="quiet">{words.how}</p>
      <SelectField
        label={words.address}
        name="address"
        options={addresses.map((value) => ({ value, label: value }))}
      />
      <SelectField label={words.marking} name="marking" options={optionsOf(words.markings)} />
      <TextField label={words.audience} name="audience" maxLength={4000} />
      <CheckField label={words.urgent} name="urgent" />
    </ActForm>
  )
}

function give(form: HTMLFormElement) {
  const audience = formText(form, 'audience').trim()
  return giveOpened({
    address: formText(form, 'address'),
    marking: formText(form, 'marking'),
    priority: formText(form, 'urgent') === '' ? 'routine' : 'urgent',
    ...(audience === '' ? {} : { audience }),
  })
}
