// What a rule tells the person with an alert: first steps, and how it could be slipped past.

import type { RuleDetail } from '../api-types.ts'
import { useLanguage, useSide, useWords } from '../language.ts'
import styles from './guide.module.css'
import layout from './layout.module.css'

type Guidance = RuleDetail['guidance']

export function FirstSteps({ guidance: { investigate } }: { guidance: Guidance }) {
  const words = useWords().guide
  const steps = investigate[useLanguage()]
  if (steps.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.steps}</h3>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  )
}

export function Robustness({ guidance: { robustness } }: { guidance: Guidance }) {
  const words = useWords().guide
  const side = useSide()
  if (robustness === null) return null
  return (
    <p>
      <strong>{words.robustness(robustness.level)}</strong> {words.levels[robustness.level]}
      <br />
      <span className="quiet">{words.evade}</span> {side(robustness.evade)}
    </p>
  )
}
