// Zones of the network: which are open to which, the proof of each way, and rules that decide nothing.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import type { Segmentation } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useKeys } from '../../keys.ts'
import { useRoomWords, useSide, useWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import { SEVERITIES, Severity } from '../../parts/severity.tsx'
import { Table } from '../../parts/table.tsx'
import { DevicesFrame } from '../devices/devices-frame.tsx'
import { PairPanel } from './pair-panel.tsx'
import { ZoneMap } from './zone-map.tsx'
import { ZoneMatrix } from './zone-matrix.tsx'
import { segmentFlowsQuery, segmentationQuery } from './zones-api.ts'
import styles from './zones.module.css'

const route = getRouteApi('/devices/zones')

export function ZonesScreen() {
  const query = useQuery(segmentationQuery)
  return (
    <DevicesFrame {...stateOf(query)}>
      {query.data !== undefined && <Standing view={query.data} />}
    </DevicesFrame>
  )
}

function Standing({ view }: { view: Segmentation }) {
  const words = useRoomWords().zones
  const side = useSide()
  const { state, problem } = view
  if (state === 'no_devices') return <p>{words.noDevices}</p>
  if (state === 'no_zones')
    return (
      <section>
        <p>{words.noZones}</p>
        <p>
          <Link to="/devices/zones/edit">{words.begin}</Link>
        </p>
      </section>
    )
  return (
    <>
      <p className={layout.bar}>
        <Link to="/devices/zones/edit">{words.edit}</Link>
        <span role="status" className="quiet">
          <Judged view={view} />
        </span>
      </p>
      {problem !== null && <p role="alert">{side(problem)}</p>}
      {state === 'judged' && <Verdicts view={view} />}
    </>
  )
}

function Judged({ view: { made, stands, isOld, state } }: { view: Segmentation }) {
  const words = useRoomWords().zones
  const format = useFormat()
  if (state === 'waiting') return <>{words.waiting}</>
  return (
    <>
      {made !== null &&
        stands !== null &&
        words.judged(format.full(made), stands.version, stands.keptBy)}{' '}
      {isOld && words.old}
    </>
  )
}

function Verdicts({ view }: { view: Segmentation }) {
  const { from, to } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: { from?: string; to?: string }): void => void navigate({ search: next })
  const { zones, pairs } = view
  const words = useRoomWords().zones
  const close = useWords().alerts.keys.closePanel
  useKeys([{ keys: 'Escape', label: close, run: () => show({}) }])
  const open = { from, to }
  return (
    <div className={layout.split}>
      <div className={styles.main} tabIndex={0} role="region" aria-label={words.view}>
        <ZoneMatrix {...{ zones, pairs, open }} show={(a, b) => show({ from: a, to: b })} />
        <ZoneMap {...{ zones, pairs, open }} />
        <Findings view={view} show={(a, b) => show({ from: a, to: b })} />
        <Unused />
        <Dead view={view} />
        {view.missing.length > 0 && <p>{words.missing(view.missing.join(', '))}</p>}
        {view.left.length > 0 && <p>{words.left(view.left.join(', '))}</p>}
        <p className="quiet">{words.limits}</p>
      </div>
      {from !== undefined && to !== undefined && (
        <PairPanel from={from} to={to} onClose={() => show({})} />
      )}
    </div>
  )
}

type Shown = { view: Segmentation; show: (from: string, to: string) => void }

function Findings({ view: { findings }, show }: Shown) {
  const words = useRoomWords().zones
  const side = useSide()
  const sorted = findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )
  return (
    <section className={layout.section}>
      <h2>{words.findings}</h2>
      {sorted.length === 0 && <p>{words.noFindings}</p>}
      <ul className={styles.findings}>
        {sorted.map(({ kind, severity, from, to, about, sentence }) => (
          <li key={`${kind} ${from} ${to} ${about.join(' ')}`}>
            <Severity is={severity} />
            <button type="button" className="bare" onClick={() => show(from, to)}>
              {side(sentence)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Unused() {
  const words = useRoomWords().zones
  const { data } = useQuery(segmentFlowsQuery)
  if (data === undefined || data.span === null) return null
  const { span, unused, unseen } = data
  return (
    <section className={layout.section}>
      <h2>{words.unused}</h2>
      <p className="quiet">
        {words.span(span.from.slice(0, 10), span.to.slice(0, 10), span.days, span.daysWithFlows)}
      </p>
      {span.tooMany.length > 0 && <p>{words.tooMany(span.tooMany.join(', '))}</p>}
      {unused.length === 0 && span.tooMany.length === 0 && (
        <p>{span.daysWithFlows === 0 ? words.noneSeen : words.noUnused}</p>
      )}
      {span.daysWithFlows > 0 && unseen.length > 0 && <p>{words.unseen(unseen.join(', '))}</p>}
      <ul>
        {unused.map(({ from, to, services }) => (
          <li key={`${from} ${to}`}>
            {words.titled(`${from} → ${to}`, services.join(', ') || words.unusedAll)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Dead({ view: { dead, devices } }: { view: Segmentation }) {
  const words = useRoomWords().zones
  const { deadColumns: columns } = words
  const idOf = (name: string) => devices.find((one) => one.name === name)?.id
  return (
    <Table
      title={words.dead(dead.length)}
      none={words.noDead}
      columns={[columns.device, columns.rule, columns.lines, columns.by]}
      rows={dead.map(({ device, rule, covers, isContrary }) => ({
        key: `${device} ${rule.filter} ${rule.first}`,
        cells: [
          <DeviceLink key="device" name={device} id={idOf(device)} />,
          words.byFilter(rule.filter, rule.rule ?? rule.text),
          rule.first,
          `${covers.map((one) => one.rule ?? one.filter).join(', ')}${isContrary ? `, ${words.contrary}` : ''}`,
        ],
      }))}
    />
  )
}

function DeviceLink({ name, id }: { name: string; id: string | undefined }) {
  return id === undefined ? (
    name
  ) : (
    <Link to="/devices" search={{ device: id }}>
      {name}
    </Link>
  )
}
