// The logs an investigation needs: which arrive, for how long they are held, what is missing.

import type { Readiness } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import tables from '../../parts/wide-table.module.css'
import { ReadinessFrame } from './readiness-frame.tsx'

type Log = Readiness['logs'][number]
const TONES = { arrives: 'good', silent: 'partly', missing: 'bad' } as const

export function LogsScreen() {
  return <ReadinessFrame>{({ logs }) => <Logs logs={logs} />}</ReadinessFrame>
}

function Logs({ logs }: { logs: readonly Log[] }) {
  const words = useRoomWords().readiness
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.views.logs}>
      <p className="quiet">{words.logs.how}</p>
      <table className={`${tables.table} ${tables.named}`}>
        <thead>
          <tr>
            <th scope="col">{words.logs.source}</th>
            <th scope="col">{words.columns.state}</th>
            <th scope="col">{words.logs.parsers}</th>
            <th scope="col">{words.logs.held}</th>
            <th scope="col">{words.logs.gaps}</th>
            <th scope="col" className="number">
              {words.logs.lacking}
            </th>
          </tr>
        </thead>
        <tbody>
          {logs.map((log) => (
            <Row key={log.key} log={log} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ log }: { log: Log }) {
  const words = useRoomWords().readiness.logs
  const format = useFormat()
  const side = useSide()
  return (
    <tr>
      <th scope="row">{side(log.title)}</th>
      <td>
        <StateMark tone={TONES[log.state]}>{words.states[log.state]}</StateMark>
      </td>
      <td className="mono">{log.parsers.join(', ')}</td>
      <td>{words.ofDays(log.heldDays, log.keepDays)}</td>
      <td>
        {format.number(log.gapDays)}
        {log.gaps.map(({ from, to }) => (
          <div key={from} className="quiet">
            {from === to ? from : `${from} – ${to}`}
          </div>
        ))}
      </td>
      <td className="number">{format.number(log.lacking18Months)}</td>
    </tr>
  )
}
