// A case is opened, from an alert or from nothing.

import { useRoomWords, useWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, SelectField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { SEVERITIES } from '../../parts/severity.tsx'
import { CASES, openCase } from './case-api.ts'
import { oneOf } from './one-of.ts'

type Props = { title?: string; alert?: { id: string; title: string; severity: string } }

export function OpenCase({ title, alert }: Props) {
  const words = useWords()
  const rooms = useRoomWords()
  const { open } = rooms.cases
  const severities = SEVERITIES.map((value) => ({ value, label: words.severity[value] }))
  return (
    <ActForm
      title={title ?? open.title}
      action={open.go}
      refreshes={CASES}
      send={(form) =>
        openCase({
          title: formText(form, 'title'),
          summary: formText(form, 'summary'),
          severity: oneOf(SEVERITIES, formText(form, 'severity')),
          ...(alert && { alerts: [alert.id] }),
        })
      }
      said={({ number }) => open.said(number)}
    >
      <TextField
        label={open.name}
        name="title"
        required
        maxLength={200}
        defaultValue={alert?.title}
      />
      <SelectField
        label={rooms.cases.columns.severity}
        name="severity"
        options={severities}
        defaultValue={alert?.severity ?? 'medium'}
      />
      <AreaField label={open.summary} name="summary" maxLength={10_000} />
    </ActForm>
  )
}
