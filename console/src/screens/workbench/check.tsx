// What the station says of the text: errors that stand in the way, remarks that its author will want to know.

import type { RuleCheck } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { Problem } from '../../parts/problem.tsx'
import styles from './workbench.module.css'

type Props = { check: RuleCheck | undefined; error: unknown; goTo: (line: number) => void }

export function Check({ check, error, goTo }: Props) {
  const words = useRoomWords().workbench
  if (error !== null) return <Problem error={error} />
  if (check === undefined) return null
  const errors = check.lints.filter(({ severity }) => severity === 'error').length
  return (
    <div role="status" className={styles.check}>
      <p className={errors === 0 ? styles.good : styles.bad}>
        {errors === 0
          ? words.readable(check.rules, check.filters, check.correlations)
          : words.errors(errors)}
      </p>
      {check.lints.length > 0 && (
        <ul>
          {check.lints.map(({ severity, sentence, line }, at) => (
            <li key={`${at} ${sentence}`} className={severity === 'error' ? styles.bad : undefined}>
              {words.severities[severity]}
              {line !== null && (
                <>
                  {', '}
                  <button type="button" className="link" onClick={() => goTo(line)}>
                    {words.line(line)}
                  </button>
                </>
              )}
              <span className={styles.said}>{sentence}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
