// The rule behind the alert: what it is for, its known false positives, its text.

import { Link } from '@tanstack/react-router'
import type { AlertDetail } from '../../api-types.ts'
import { useSide, useWords } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'
import { Robustness } from '../../parts/guide.tsx'
import layout from '../../parts/layout.module.css'

export function AlertRule({ detail }: { detail: AlertDetail }) {
  const words = useWords().alert
  const side = useSide()
  const { alert, description, falsePositives, ruleText } = detail
  return (
    <section className={layout.section}>
      <h3>{words.rule}</h3>
      <p>{side(description)}</p>
      <Robustness guidance={detail.guidance} />
      {detail.ofRule && (
        <>
          <p>
            <Link to="/rules" search={{ rule: alert.rule, text: alert.rule }}>
              {alert.rule}
            </Link>
          </p>
          <p>
            <Link to="/rules/write" search={{ alert: alert.id }}>
              {words.except}
            </Link>
          </p>
        </>
      )}
      {falsePositives.length > 0 && (
        <>
          <h4>{words.falsePositives}</h4>
          <ul>
            {falsePositives.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {ruleText !== '' && (
        <details>
          <summary>{words.ruleText}</summary>
          <Copy text={ruleText} />
          <pre tabIndex={0} aria-label={words.ruleText}>
            {ruleText}
          </pre>
        </details>
      )}
    </section>
  )
}
