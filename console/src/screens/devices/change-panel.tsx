// One change: by whose word, what calls for an explanation, every difference.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DeviceChangeDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Problem } from '../../parts/problem.tsx'
import { ChangeActs } from './acts.tsx'
import { ChangeStateMark } from './change-state.tsx'
import { DEVICES, deviceChangeQuery, explainChange } from './device-api.ts'
import { Differences } from './differences.tsx'
import { Findings } from './findings.tsx'
import { Traffic } from './traffic.tsx'

export function ChangePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useRoomWords().devices.changes
  const { data, error, refetch } = useQuery(deviceChangeQuery(id))
  return (
    <Panel label={words.detail} of={id} onClose={onClose}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Detail key={id} detail={data} />}
    </Panel>
  )
}

function Detail({ detail }: { detail: DeviceChangeDetail }) {
  const words = useRoomWords().devices
  const format = useFormat()
  const { change, changes, findings, signs } = detail
  const { after, before } = change
  return (
    <>
      <h2>
        <Link to="/devices" search={{ device: change.device }}>
          {change.deviceName}
        </Link>
      </h2>
      <p>
        <ChangeStateMark is={change.state} />{' '}
        {words.changes.between(format.full(after), format.full(before))}
      </p>
      <p>
        <Link to="/alerts" search={{ entity: change.deviceName, state: 'all' }}>
          {words.changes.alerts}
        </Link>
      </p>
      <Word detail={detail} />
      <Incident steps={change.incident} />
      {signs.map((sign) => (
        <p key={sign}>{words.signs[sign]}</p>
      ))}
      <section className={layout.section}>
        <h3>{words.changes.found}</h3>
        {findings.length === 0 && <p>{words.changes.nothingFound}</p>}
        <Findings findings={findings} />
      </section>
      <Traffic changes={detail.traffic} />
      <ChangeActs trace={detail.trace} />
      <section className={layout.section}>
        <h3>{words.changes.differences}</h3>
        <Differences
          differences={changes}
          count={change.changeCount}
          isPartly={detail.partly !== null}
        />
      </section>
    </>
  )
}

/** By whose word it is expected or explained; a form to explain it where by nobody's. */
function Word({ detail: { change, partly } }: { detail: DeviceChangeDetail }) {
  const words = useRoomWords().devices.changes
  const format = useFormat()
  const { record, state } = change
  if (record !== null)
    return (
      <p>
        {words.by(words.states[state], record.recordedBy, format.full(record.recorded))}{' '}
        {record.reason} <span className="quiet">{record.reference}</span>
      </p>
    )
  return (
    <>
      <p>{partly === null ? words.unauthorised : words.partly(partly.reason, partly.recordedBy)}</p>
      <ExplainChange id={change.id} />
    </>
  )
}

function ExplainChange({ id }: { id: string }) {
  const { explain: words } = useRoomWords().devices.changes
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={DEVICES}
      send={(form) =>
        explainChange(id, {
          reason: formText(form, 'reason'),
          reference: formText(form, 'reference'),
        })
      }
      said={() => words.said}
    >
      <p className="quiet">{words.how}</p>
      <AreaField label={words.reason} name="reason" required maxLength={2000} />
      <TextField label={words.reference} name="reference" maxLength={200} />
    </ActForm>
  )
}

function Incident({ steps }: { steps: readonly string[] }) {
  const words = useRoomWords().devices
  if (steps.length === 0) return null
  const known: Readonly<Record<string, string>> = words.steps
  return (
    <section role="note">
      <p>
        <strong>
          {words.changes.incident(steps.map((step) => known[step] ?? step).join(', '))}
        </strong>
      </p>
      <p>{words.changes.incidentDo}</p>
    </section>
  )
}
