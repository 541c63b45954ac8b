// An incident that an organisation told the hub's people of, to be compared with what others met.

import { useQuery } from '@tanstack/react-query'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, SelectField, TextField } from '../../parts/fields.tsx'
import type { Option } from '../../parts/fields.tsx'
import { formFile, formText } from '../../parts/form-text.ts'
import { organisationsQuery } from '../notices/notice-api.ts'
import { linesIn } from '../notices/registration-text.ts'
import { CAMPAIGNS, importIncident, writeIncident } from './campaign-api.ts'

export function WriteIncident() {
  const { incident: words } = useRoomWords().notices.campaigns
  const options = useOrganisations()
  if (options.length === 0) return null
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={CAMPAIGNS}
      send={(form) => writeIncident(incidentIn(form))}
    >
      <SelectField label={words.organisation} name="organisation" options={options} />
      <TextField label={words.first} name="first" type="date" required />
      <TextField label={words.last} name="last" type="date" required />
      <AreaField label={words.features} name="features" required rows={4} />
      <TextField label={words.note} name="note" maxLength={1000} />
    </ActForm>
  )
}

/** A report of theirs as a file: what it says of the intruder is compared. */
export function ImportIncident() {
  const { incident: words } = useRoomWords().notices.campaigns
  const options = useOrganisations()
  if (options.length === 0) return null
  return (
    <ActForm
      title={words.importTitle}
      action={words.importGo}
      refreshes={CAMPAIGNS}
      send={(form) => importIncident(formFile(form, 'file'), formText(form, 'organisation'))}
      said={({ features, left }) => words.taken(features, left)}
    >
      <p className="quiet">{words.importHow}</p>
      <SelectField label={words.organisation} name="organisation" options={options} />
      <TextField label={words.file} name="file" type="file" required />
    </ActForm>
  )
}

function useOrganisations(): readonly Option[] {
  const { data } = useQuery(organisationsQuery)
  return data?.organisations.map(({ id, name }) => ({ value: id, label: name })) ?? []
}

/** Days begin and end in UTC. */
function incidentIn(form: HTMLFormElement): object {
  return {
    organisation: formText(form, 'organisation'),
    first: `${formText(form, 'first')}T00:00:00Z`,
    last: `${formText(form, 'last')}T23:59:59Z`,
    features: linesIn(formText(form, 'features')).map((line) => {
      const [kind = '', ...rest] = line.trim().split(/\s+/)
      return { kind: kind.toLowerCase(), value: rest.join(' ') }
    }),
    note: formText(form, 'note'),
  }
}
