// What is handed in: exports of directories, and a person's word on what no export holds.

import { useQuery } from '@tanstack/react-query'
import type { IdentityView } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { endOfDay } from '../../parts/days.ts'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formFile, formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import tables from '../../parts/wide-table.module.css'
import { HandInNext } from './hand-in-next.tsx'
import { IDENTITY, checkAgain, identityQuery, importExport, keepStatement } from './identity-api.ts'
import { IdentityFrame } from './identity-frame.tsx'
import { NoDirectory } from './no-directory.tsx'

export function ExportsScreen() {
  const words = useRoomWords().identity
  const query = useQuery(identityQuery)
  const { data } = query
  return (
    <IdentityFrame {...stateOf(query)}>
      <div>
        <ImportForm />
        <ActButton label={words.check} act={checkAgain} refreshes={IDENTITY} />
        {data && <HandInNext view={data} />}
        {data?.parts.length === 0 && <NoDirectory />}
        {data !== undefined && data.parts.length > 0 && <Parts parts={data.parts} />}
        <Statements />
      </div>
    </IdentityFrame>
  )
}

function ImportForm() {
  const { files } = useRoomWords().identity
  const format = useFormat()
  return (
    <ActForm
      title={files.title}
      action={files.go}
      refreshes={IDENTITY}
      send={(form) =>
        importExport(formFile(form, 'file'), {
          source: formText(form, 'source').trim(),
          form: formText(form, 'form'),
        })
      }
      said={({ rows, part, source }) => files.said(format.number(rows), part, source)}
    >
      <p className="quiet">{files.how}</p>
      <TextField label={files.file} name="file" type="file" required />
      <TextField label={files.source} name="source" maxLength={100} />
      <SelectField label={files.form} name="form" options={optionsOf(files.forms)} />
    </ActForm>
  )
}

function Parts({ parts }: Pick<IdentityView, 'parts'>) {
  const { files } = useRoomWords().identity
  const format = useFormat()
  const { columns } = files
  return (
    <section className={tables.wide} tabIndex={0} aria-label={files.parts}>
      <h2>{files.parts}</h2>
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col">{columns.source}</th>
            <th scope="col">{columns.system}</th>
            <th scope="col">{columns.part}</th>
            <th scope="col">{files.file}</th>
            <th scope="col" className="number">
              {columns.rows}
            </th>
            <th scope="col">{columns.imported}</th>
            <th scope="col">{columns.by}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((one) => (
            <tr key={`${one.source} ${one.part}`}>
              <td>{one.source}</td>
              <td>{one.system}</td>
              <td>{one.part}</td>
              <td className="mono">{one.file}</td>
              <td className="number">{format.number(one.rows)}</td>
              <td>{format.time(one.imported)}</td>
              <td>{one.by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Statements() {
  const { files } = useRoomWords().identity
  return (
    <section className={layout.section}>
      <h2>{files.statements}</h2>
      {Object.entries(files.statement).map(([key, label]) => (
        <ActForm
          key={key}
          title={label}
          action={files.keep}
          refreshes={IDENTITY}
          send={(form) => keepStatement(key, statementOf(form))}
        >
          <SelectField label={files.value} name="value" options={optionsOf(files.values)} />
          <TextField label={files.by} name="by" required minLength={2} />
          <TextField label={files.until} name="until" type="date" />
        </ActForm>
      ))}
    </section>
  )
}

function statementOf(form: HTMLFormElement): object {
  const until = endOfDay(formText(form, 'until'))
  return {
    value: formText(form, 'value'),
    by: formText(form, 'by'),
    ...(until !== undefined && { until }),
  }
}
