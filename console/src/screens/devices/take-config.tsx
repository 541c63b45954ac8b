// A configuration that a person hands in.

import type { ConfigTaken } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formFile, formText } from '../../parts/form-text.ts'
import { DEVICES, takeConfig } from './device-api.ts'

export function TakeConfig() {
  const { take, signs: saysOf } = useRoomWords().devices
  const said = ({ device, isNew, changeCount, signs }: ConfigTaken): string =>
    [
      isNew ? take.said(device, changeCount) : take.same(device),
      ...signs.map((one) => saysOf[one]),
    ].join(' ')
  return (
    <ActForm
      title={take.title}
      action={take.go}
      refreshes={DEVICES}
      send={(form) => takeConfig(formFile(form, 'file'), formText(form, 'device').trim())}
      said={said}
    >
      <p className="quiet">{take.how}</p>
      <TextField label={take.file} name="file" type="file" required />
      <TextField label={take.device} name="device" maxLength={200} />
    </ActForm>
  )
}
