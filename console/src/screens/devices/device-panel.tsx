// One device: what it is and says of itself, what changed, what to harden, its versions.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DeviceChange, DeviceDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Severity } from '../../parts/severity.tsx'
import { RecentActs } from './acts.tsx'
import { ChangeStateMark } from './change-state.tsx'
import { deviceQuery } from './device-api.ts'
import styles from './devices.module.css'
import { Differences } from './differences.tsx'
import { Findings } from './findings.tsx'
import { makeOf } from './use-device-columns.tsx'

export function DevicePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useRoomWords().devices
  const { data, error, refetch } = useQuery(deviceQuery(id))
  return (
    <Panel label={words.detail} of={id} onClose={onClose}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Detail detail={data} />}
    </Panel>
  )
}

function Detail({ detail }: { detail: DeviceDetail }) {
  const words = useRoomWords().devices
  const { device, changes, hardening } = detail
  return (
    <>
      <h2>{device.name}</h2>
      <NotWhole detail={detail} />
      <DeviceFacts detail={detail} />
      <section className={layout.section}>
        <h3>{words.history}</h3>
        {changes.length === 0 && <p>{words.noHistory}</p>}
        <ul>
          {changes.map((change) => (
            <OneChange key={change.id} change={change} />
          ))}
        </ul>
      </section>
      <RecentActs id={device.id} />
      <section className={layout.section}>
        <h3>{words.hardeningTitle}</h3>
        {hardening.length === 0 && <p>{words.noHardening}</p>}
        <Findings findings={hardening} />
      </section>
      <DriftSection detail={detail} />
      <Versions detail={detail} />
    </>
  )
}

/** What came last is no whole configuration: what is said here is of the version before. */
function NotWhole({ detail: { versions } }: { detail: DeviceDetail }) {
  const words = useRoomWords().devices
  const format = useFormat()
  const [newest] = versions
  if (newest === undefined || newest.isWhole) return null
  return <p role="note">{words.newestNotWhole(format.full(newest.received))}</p>
}

function DriftSection({ detail: { drift } }: { detail: DeviceDetail }) {
  const words = useRoomWords().devices
  const say = words.drift
  if (drift === null) return null
  const { group, source, isComparable, changes, changeCount } = drift
  const sentence =
    changeCount === 0 ? say.none(group, source) : say.some(changeCount, group, source)
  return (
    <section className={layout.section}>
      <h3>{words.driftTitle}</h3>
      <p>{isComparable ? sentence : say.otherMake(group, source)}</p>
      <Differences differences={changes} count={changeCount} />
    </section>
  )
}

function DeviceFacts({ detail: { device, facts, firmware } }: { detail: DeviceDetail }) {
  const words = useRoomWords().devices
  const format = useFormat()
  const itsOwn: Readonly<Record<string, string>> = words.itsOwn
  const says = facts.map(({ fact, says: pairs }) =>
    words.said(itsOwn[fact] ?? fact, Object.values(pairs).join(', ')),
  )
  const { understood, significant } = device
  const runs = firmware.map(({ fact, what, verdict }) => {
    const about = verdict === null ? '' : ` (${words.verdicts[verdict]})`
    return `${words.firmware[fact]} ${what}${about}`
  })
  return (
    <Facts
      facts={[
        [words.columns.make, makeOf(device.vendor, device.title) || words.unknownMake],
        [words.firstSeen, format.full(device.firstSeen)],
        [words.columns.lastSeen, format.full(device.lastSeen)],
        [
          words.columns.understood,
          words.understoodOf(format.number(understood), format.number(significant)),
        ],
        [words.saysItself, says.join('; ')],
        [words.runs, runs.join('; ')],
      ]}
    />
  )
}

function OneChange({ change }: { change: DeviceChange }) {
  const words = useRoomWords().devices.changes
  const format = useFormat()
  return (
    <li className={styles.one}>
      <ChangeStateMark is={change.state} />{' '}
      <Link to="/devices/changes" search={{ change: change.id }}>
        {words.between(format.time(change.after), format.time(change.before))}
      </Link>{' '}
      {change.severity && <Severity is={change.severity} />}
    </li>
  )
}

function Versions({ detail: { versions } }: { detail: DeviceDetail }) {
  const words = useRoomWords().devices
  const format = useFormat()
  const [newest] = versions
  return (
    <section className={layout.section}>
      <h3>{words.versions}</h3>
      <ul>
        {versions.map(({ id, received, source, isWhole }) => (
          <li key={id} className={styles.one}>
            {format.time(received)} <span className="quiet">{source}</span>{' '}
            {!isWhole && <strong>{words.notWhole} </strong>}
            {newest !== undefined && id !== newest.id && (
              <Link to="/devices/compare" search={{ before: id, after: newest.id }}>
                {words.compare}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
