// One way between two zones: verdicts with packet and rules, what is declared, what was seen.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { SegmentPair } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Severity } from '../../parts/severity.tsx'
import { Answer } from './answer.tsx'
import { segmentPairQuery } from './zones-api.ts'
import styles from './zones.module.css'

type Way = { from: string; to: string }

export function PairPanel({ from, to, onClose }: Way & { onClose: () => void }) {
  const words = useRoomWords().zones
  const { data, error, refetch } = useQuery(segmentPairQuery(from, to))
  return (
    <Panel label={words.pair} of={`${from} ${to}`} onClose={onClose}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Detail pair={data} />}
    </Panel>
  )
}

function Detail({ pair }: { pair: SegmentPair }) {
  const words = useRoomWords().zones
  const side = useSide()
  const { from, to, all, beyond, conduits, findings, devices } = pair
  return (
    <>
      <h2>
        {from.name} → {to.name}
      </h2>
      <ul className={styles.findings}>
        {findings.map(({ kind, severity, sentence }) => (
          <li key={kind}>
            <Severity is={severity} /> <span>{side(sentence)}</span>
          </li>
        ))}
      </ul>
      <Answer title={words.beyond} answer={beyond} devices={devices} />
      {conduits.length > 0 && <Answer title={words.all} answer={all} devices={devices} />}
      <section className={layout.section}>
        <h3>{words.conduits}</h3>
        {conduits.length === 0 && <p>{words.noConduits}</p>}
        <ul>
          {conduits.map(({ allow, owner, justification, expires }) => (
            <li key={allow.join(' ')}>
              <code>{allow.join(' ')}</code> {justification} {owner}{' '}
              {expires !== '' && words.until(expires)}
            </li>
          ))}
        </ul>
      </section>
      <SeenFlows flows={pair.flows} />
      <p className="quiet">{words.limits}</p>
    </>
  )
}

function SeenFlows({ flows }: Pick<SegmentPair, 'flows'>) {
  const words = useRoomWords().zones
  const format = useFormat()
  return (
    <section className={layout.section}>
      <h3>{words.flows}</h3>
      {flows.length === 0 && <p>{words.noFlows}</p>}
      <ul className={styles.hops}>
        {flows.map((flow) => (
          <li key={flow.service}>
            <strong>{words.seenStates[flow.state]}</strong> <code>{flow.service}</code> {flow.name}{' '}
            <span className="quiet">
              {words.seenColumns.passed} {format.number(flow.passed)}, {words.seenColumns.refused}{' '}
              {format.number(flow.refused)}, {words.seenColumns.last} {format.full(flow.last)}
            </span>
            {flow.source !== '' && (
              <div>
                {flow.source} → {flow.destination}{' '}
                <Link to="/hunt" search={{ q: queryOf(flow), last: '30d' }}>
                  {words.hunt}
                </Link>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function queryOf({ source, destination, service }: SegmentPair['flows'][number]): string {
  const port = service.split('/')[1] ?? ''
  return `src_ip:"${source}" dst_ip:"${destination}"${port === '' ? '' : ` dst_port:${port}`}`
}
