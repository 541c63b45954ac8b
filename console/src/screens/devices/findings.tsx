// What checks found: where, why it matters, what to do, when it is harmless.

import type { AuditFinding } from '../../api-types.ts'
import { useLanguage, useRoomWords, useSide } from '../../language.ts'
import { Severity } from '../../parts/severity.tsx'
import styles from './devices.module.css'

export function Findings({ findings }: { findings: readonly AuditFinding[] }) {
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <OneFinding key={finding.check} finding={finding} />
      ))}
    </ul>
  )
}

function OneFinding({ finding }: { finding: AuditFinding }) {
  const words = useRoomWords().devices
  const side = useSide()
  const steps = finding.do[useLanguage()]
  return (
    <li>
      <details>
        <summary>
          <Severity is={finding.severity} /> {side(finding.title)}
        </summary>
        <p>
          <strong>{words.changes.why}</strong> {side(finding.why)}
        </p>
        <p>
          <strong>{words.changes.todo}</strong>
        </p>
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p>
          <strong>{words.changes.benign}</strong> {side(finding.falsePositives)}
        </p>
        <ul>
          {finding.places.map((place) => (
            <li key={`${place.side} ${place.first} ${place.path}`}>
              <span className="quiet">
                {place.side === 'before' && `${words.changes.before}, `}
                {words.lines(place.first, place.last)}
              </span>{' '}
              <code>{place.path}</code>
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}
