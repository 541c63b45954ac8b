// Where a case stands is changed by people.

import type { Case, CaseChange } from '../../api-types.ts'
import { useRoomWords, useWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { ASSESSMENTS } from '../../parts/assessments.ts'
import { AreaField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { SEVERITIES } from '../../parts/severity.tsx'
import { CASES, changeCase } from './case-api.ts'
import { oneOf } from './one-of.ts'

const STATES = ['open', 'contained', 'closed'] as const

export function ChangeCase({ about }: { about: Case }) {
  const words = useWords()
  const rooms = useRoomWords()
  const { change, states } = rooms.cases
  const assessments = ASSESSMENTS.map((value) => ({ value, label: words.assessment[value] }))
  return (
    <ActForm
      title={change.title}
      action={change.go}
      refreshes={CASES}
      send={(form) => changeCase(about.number, changed(form, about))}
    >
      <SelectField
        label={change.state}
        name="state"
        options={optionsOf(states)}
        defaultValue={about.state}
      />
      <SelectField
        label={change.severity}
        name="severity"
        options={SEVERITIES.map((value) => ({ value, label: words.severity[value] }))}
        defaultValue={about.severity}
      />
      <TextField label={change.lead} name="lead" maxLength={200} defaultValue={about.lead} />
      <AreaField label={change.summary} name="summary" defaultValue={about.summary} />
      <SelectField
        label={change.assessment}
        name="assessment"
        options={[{ value: '', label: change.unsaid }, ...assessments]}
        defaultValue={about.assessment ?? ''}
      />
      <AreaField label={change.conclusion} name="conclusion" defaultValue={about.conclusion} />
    </ActForm>
  )
}

/** What a person did not touch is not said again. */
function changed(form: HTMLFormElement, about: Case): CaseChange {
  const assessment = ASSESSMENTS.find((value) => value === formText(form, 'assessment'))
  const conclusion = formText(form, 'conclusion').trim()
  const next = {
    state: oneOf(STATES, formText(form, 'state')),
    severity: oneOf(SEVERITIES, formText(form, 'severity')),
    lead: formText(form, 'lead').trim(),
    summary: formText(form, 'summary').trim(),
  }
  return {
    ...(next.state !== about.state && { state: next.state }),
    ...(next.severity !== about.severity && { severity: next.severity }),
    ...(next.lead !== about.lead && { lead: next.lead }),
    ...(next.summary !== about.summary && { summary: next.summary }),
    ...(assessment !== undefined && assessment !== about.assessment && { assessment }),
    ...(conclusion !== '' && conclusion !== about.conclusion && { conclusion }),
  }
}
