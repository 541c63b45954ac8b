// One thing that has to hold: its state, what is seen of it and where, what a person states.

import { Link } from '@tanstack/react-router'
import type { CriterionState } from '../../api-types.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import { InnerLink } from '../../parts/inner-link.tsx'
import { ProofMark } from './goal-mark.tsx'
import styles from './readiness.module.css'

export function Criterion({ is }: { is: CriterionState }) {
  const words = useRoomWords().readiness
  const side = useSide()
  const { title, state, basis, proof, attestation, contradicted } = is
  return (
    <li className={styles.criterion}>
      <div className="row">
        <ProofMark is={state} /> <span className="quiet">{words.bases[basis]}</span>
      </div>
      <p>{side(title)}</p>
      {proof && <p className="quiet">{side(proof.said)}</p>}
      {proof && proof.rows.length > 0 && <Rows rows={proof.rows} />}
      {attestation && (
        <p className="quiet">
          {words.attested(attestation.who, dayOf(attestation.expires), attestation.statement)}
        </p>
      )}
      {contradicted && <p role="note">{words.contradicted}</p>}
    </li>
  )
}

type ProofRows = NonNullable<CriterionState['proof']>['rows']

function Rows({ rows }: { rows: ProofRows }) {
  return (
    <ul className={styles.rows}>
      {rows.map(({ text, link }) => (
        <li key={`${link ?? ''} ${text}`}>
          <Row text={text} link={link} />
        </li>
      ))}
    </ul>
  )
}

/** A hunt is told by its text, every other place by its address. */
function Row({ text, link }: ProofRows[number]) {
  const words = useRoomWords().readiness
  if (link === null) return <>{text}</>
  // A number alone says nothing of where it leads.
  const named = /^\d+(?:\/\d+)?$/.test(text) ? words.rows(text) : text
  if (link !== '/hunt') return <InnerLink to={link}>{named}</InnerLink>
  return (
    <Link to="/hunt" search={{ q: text, last: '30d' }}>
      {text}
    </Link>
  )
}
