// Change records: written beforehand or afterwards, by people.

import { useQuery } from '@tanstack/react-query'
import type { ChangeRecord, ChangeRecordsImported } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formFile } from '../../parts/form-text.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import tables from '../../parts/wide-table.module.css'
import { AnnounceChange } from './announce-change.tsx'
import { DEVICES, changeRecordsQuery, importRecords, revokeRecord } from './device-api.ts'
import { DevicesFrame } from './devices-frame.tsx'

export function RecordsScreen() {
  const words = useRoomWords().devices.records
  const query = useQuery(changeRecordsQuery)
  const { data } = query
  return (
    <DevicesFrame {...stateOf(query)}>
      <div>
        <p>{words.about}</p>
        <AnnounceChange />
        <RecordsFile />
        {data?.records.length === 0 && <p>{words.empty}</p>}
        {data !== undefined && data.records.length > 0 && <Records records={data.records} />}
      </div>
    </DevicesFrame>
  )
}

function RecordsFile() {
  const { file: words } = useRoomWords().devices.records
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={DEVICES}
      send={(form) => importRecords(formFile(form, 'file'))}
      said={(imported) => <Imported is={imported} />}
    >
      <p className="quiet">{words.how}</p>
      <TextField label={words.file} name="file" type="file" required />
    </ActForm>
  )
}

function Imported({ is: { taken, known, refused } }: { is: ChangeRecordsImported }) {
  const { file: words } = useRoomWords().devices.records
  return (
    <>
      <p>{words.said(taken, known)}</p>
      <ul>
        {refused.map(({ line, column, met }) => (
          <li key={line}>{words.refused(line, column, met)}</li>
        ))}
      </ul>
    </>
  )
}

function Records({ records }: { records: readonly ChangeRecord[] }) {
  const words = useRoomWords().devices
  const { columns } = words.records
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.views.records}>
      <table className={`${tables.table} ${tables.named}`}>
        <thead>
          <tr>
            <th scope="col">{columns.device}</th>
            <th scope="col">{columns.window}</th>
            <th scope="col">{columns.allows}</th>
            <th scope="col">{columns.reason}</th>
            <th scope="col">{columns.reference}</th>
            <th scope="col">{columns.by}</th>
            <th scope="col">{columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <Row key={record.id} record={record} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ record }: { record: ChangeRecord }) {
  const words = useRoomWords().devices.records
  const format = useFormat()
  const { device, starts, ends, allows, reason, reference, recorded, recordedBy } = record
  return (
    <tr>
      <th scope="row">{device}</th>
      <td>
        {format.full(starts)} – {format.full(ends)}
      </td>
      <td>
        {allows.length === 0
          ? words.anything
          : allows.map((allow) => <code key={allow}>{`${allow} `}</code>)}
      </td>
      <td>
        {reason}
        {!record.isSigned && <p>{words.unsigned}</p>}
      </td>
      <td>{reference}</td>
      <td>
        {recordedBy}, {format.time(recorded)}
      </td>
      <td>
        {record.revoked === null ? <Revoke id={record.id} /> : words.revoked(record.revokedBy)}
      </td>
    </tr>
  )
}

function Revoke({ id }: { id: string }) {
  const words = useRoomWords().devices.records
  return (
    <>
      {words.valid}{' '}
      <ActButton label={words.revoke} refreshes={DEVICES} act={() => revokeRecord(id)} />
    </>
  )
}
