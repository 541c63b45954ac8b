// A change record written beforehand.

import type { ChangeRecordAsk } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { localInstant } from '../../parts/local-instant.ts'
import { usePreferences } from '../../preferences.ts'
import { DEVICES, addRecord } from './device-api.ts'

export function AnnounceChange() {
  const { add: words } = useRoomWords().devices.records
  const { clock } = usePreferences()
  const { zone } = useFormat()
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={DEVICES}
      send={(form) => addRecord(askOf(form, clock))}
    >
      <TextField label={words.device} name="device" required maxLength={200} />
      <TextField label={`${words.starts} (${zone})`} name="starts" type="datetime-local" required />
      <TextField label={`${words.ends} (${zone})`} name="ends" type="datetime-local" required />
      <AreaField label={words.allows} name="allows" />
      <p className="quiet">{words.allowsHow}</p>
      <AreaField label={words.reason} name="reason" required maxLength={2000} />
      <TextField label={words.reference} name="reference" maxLength={200} />
    </ActForm>
  )
}

function askOf(form: HTMLFormElement, clock: 'local' | 'utc'): ChangeRecordAsk {
  const lines = formText(form, 'allows').split('\n')
  return {
    device: formText(form, 'device').trim(),
    starts: localInstant(formText(form, 'starts'), clock),
    ends: localInstant(formText(form, 'ends'), clock),
    allows: lines.map((line) => line.trim()).filter((line) => line !== ''),
    reason: formText(form, 'reason'),
    reference: formText(form, 'reference'),
  }
}
