// What only people can say in a report.

import type { StatedReport } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, CheckField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { CASES, stateReport } from './case-api.ts'
import { statedOf } from './stated-of.ts'

type Props = { stated: StatedReport }

export function StateReport({ number, stated }: Props & { number: number }) {
  const { report: words } = useRoomWords().cases
  return (
    <ActForm
      title={words.fill}
      action={words.go}
      refreshes={CASES}
      send={(form) => stateReport(number, statedOf(form))}
    >
      <Event stated={stated} />
      <Impact stated={stated} />
      <Indicators stated={stated} />
      <Who stated={stated} />
      <Consent stated={stated} />
    </ActForm>
  )
}

function Event({ stated }: Props) {
  const { fields, categories, report } = useRoomWords().cases
  return (
    <fieldset>
      <legend>{report.groups.event}</legend>
      <SelectField
        label={report.category}
        name="category"
        options={optionsOf(categories)}
        defaultValue={stated.category}
      />
      <AreaField label={fields.found} name="found" defaultValue={stated.found} />
      <AreaField label={fields.entry} name="entry" defaultValue={stated.vector.entry} />
      <AreaField label={fields.means} name="means" defaultValue={stated.vector.means} />
      <AreaField label={fields.helpWanted} name="helpWanted" defaultValue={stated.helpWanted} />
    </fieldset>
  )
}

function Impact({ stated: { impact } }: Props) {
  const { fields, estates, report } = useRoomWords().cases
  return (
    <fieldset>
      <legend>{report.groups.impact}</legend>
      <AreaField label={fields.services} name="services" defaultValue={impact.services} />
      <TextField
        label={fields.systems}
        name="systems"
        type="number"
        min={0}
        defaultValue={impact.systems ?? ''}
      />
      <SelectField
        label={fields.estate}
        name="estate"
        options={optionsOf(estates)}
        defaultValue={impact.estate}
      />
      <AreaField label={fields.data} name="dataKinds" defaultValue={impact.data} />
      <TextField
        label={fields.persons}
        name="persons"
        type="number"
        min={0}
        defaultValue={impact.persons ?? ''}
      />
      <AreaField label={fields.safety} name="safety" defaultValue={impact.safety} />
    </fieldset>
  )
}

function Indicators({ stated: { indicators, leftOut } }: Props) {
  const { report } = useRoomWords().cases
  const lines = indicators.map(({ value, context }) => `${value} ${context}`.trim())
  return (
    <fieldset>
      <legend>{report.groups.indicators}</legend>
      <AreaField label={report.moreIndicators} name="indicators" defaultValue={lines.join('\n')} />
      <AreaField label={report.leftOut} name="leftOut" defaultValue={leftOut.join('\n')} />
    </fieldset>
  )
}

function Who({ stated: { reporter, organization } }: Props) {
  const { fields, governments, report } = useRoomWords().cases
  return (
    <>
      <fieldset>
        <legend>{report.groups.reporter}</legend>
        <TextField label={fields.name} name="name" defaultValue={reporter.name} />
        <TextField label={fields.role} name="role" defaultValue={reporter.role} />
        <TextField label={fields.phone} name="phone" type="tel" defaultValue={reporter.phone} />
        <TextField label={fields.email} name="email" defaultValue={reporter.email} />
        <CheckField label={fields.always} name="always" defaultChecked={reporter.always} />
      </fieldset>
      <fieldset>
        <legend>{report.groups.organization}</legend>
        <TextField label={fields.name} name="organization" defaultValue={organization.name} />
        <SelectField
          label={fields.kind}
          name="government"
          options={optionsOf(governments)}
          defaultValue={organization.kind}
        />
        <TextField label={fields.sector} name="sector" defaultValue={organization.sector} />
        <TextField label={fields.size} name="size" defaultValue={organization.size} />
        <TextField label={fields.provider} name="provider" defaultValue={organization.provider} />
      </fieldset>
    </>
  )
}

function Consent({ stated: { consent } }: Props) {
  const { fields, markings, report } = useRoomWords().cases
  return (
    <fieldset>
      <legend>{report.groups.consent}</legend>
      <SelectField
        label={report.sharing}
        name="sharing"
        options={optionsOf(markings)}
        defaultValue={consent.sharing}
      />
      <CheckField label={report.anonymise} name="anonymise" defaultChecked={consent.anonymise} />
      <TextField label={fields.onBehalfOf} name="onBehalfOf" defaultValue={consent.onBehalfOf} />
      <AreaField label={fields.terms} name="terms" defaultValue={consent.terms} />
      <TextField
        label={fields.priorApproval}
        name="priorApproval"
        defaultValue={consent.priorApproval}
      />
    </fieldset>
  )
}
