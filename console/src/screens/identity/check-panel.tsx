// One check: why it matters, how to fix it, what was found or what is missing, and the question itself.

import { Link } from '@tanstack/react-router'
import type { IdentityCheck } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'
import { Facts } from '../../parts/facts.tsx'
import layout from '../../parts/layout.module.css'
import { Panel } from '../../parts/panel.tsx'
import { Severity } from '../../parts/severity.tsx'
import { FoundRows } from './found-rows.tsx'
import { VerdictMark } from './verdict-mark.tsx'

export function CheckPanel({ check, onClose }: { check: IdentityCheck; onClose: () => void }) {
  const words = useRoomWords().identity
  const side = useSide()
  const { id, title, verdict, severity, why, fix } = check
  return (
    <Panel label={words.detail} of={id} onClose={onClose}>
      <div className="row">
        <VerdictMark is={verdict} /> <Severity is={severity} />
      </div>
      <h2>
        {id} {side(title)}
      </h2>
      <section>
        <h3>{words.why}</h3>
        <p>{side(why)}</p>
      </section>
      <section className={layout.section}>
        <h3>{words.fix}</h3>
        <p>{side(fix)}</p>
      </section>
      {check.missing.length > 0 && verdict === 'not_assessable' && <Missing check={check} />}
      {check.rows.length > 0 && <FoundRows check={check} />}
      {check.lacking.length > 0 && <Lacking check={check} />}
      <CheckFacts check={check} />
      {check.sql !== null && <Question sql={check.sql} />}
    </Panel>
  )
}

function Missing({ check: { missing } }: { check: IdentityCheck }) {
  const words = useRoomWords().identity
  const side = useSide()
  return (
    <section className={layout.section}>
      <h3>{words.missing}</h3>
      <ul>
        {missing.map((one) => (
          <li key={one.field}>{side(one)}</li>
        ))}
      </ul>
    </section>
  )
}

/** A verdict of some directories says nothing of the others. */
function Lacking({ check: { lacking } }: { check: IdentityCheck }) {
  const words = useRoomWords().identity
  const side = useSide()
  return (
    <section className={layout.section}>
      <h3>{words.lacking}</h3>
      <ul>
        {lacking.map(({ source, missing }) => (
          <li key={source}>
            <strong>{source}</strong>{' '}
            <span className="quiet">{missing.map((one) => side(one)).join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function CheckFacts({ check }: { check: IdentityCheck }) {
  const words = useRoomWords().identity
  const format = useFormat()
  return (
    <Facts
      facts={[
        [words.since, check.since === null ? '' : format.time(check.since)],
        [words.sources, check.sources.join(', ')],
        [words.policies, check.policies.join(', ')],
        [words.goals, check.goals.length === 0 ? '' : <Goals key="goals" goals={check.goals} />],
      ]}
    />
  )
}

function Goals({ goals }: Pick<IdentityCheck, 'goals'>) {
  return goals.map((goal) => (
    <div key={goal}>
      <Link to="/readiness" search={{ goal }}>
        {goal}
      </Link>
    </div>
  ))
}

function Question({ sql }: { sql: string }) {
  const words = useRoomWords().identity
  return (
    <section className={layout.section}>
      <div className="row spread">
        <h3>{words.question}</h3>
        <Copy text={sql} />
      </div>
      <pre tabIndex={0} aria-label={words.question}>
        {sql}
      </pre>
    </section>
  )
}
