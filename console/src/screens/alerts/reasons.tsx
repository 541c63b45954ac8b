// Why the rule fired: each selection, the field, the value found and the pattern it met.

import { Link } from '@tanstack/react-router'
import type { Alert } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { Icon } from '../../parts/icon.tsx'
import layout from '../../parts/layout.module.css'
import { valueHunt } from './alert-hunts.ts'

export function Reasons({ alert }: { alert: Alert }) {
  const words = useWords().alert
  if (alert.reasons.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.reasons}</h3>
      <div className={layout.scroll} role="region" aria-label={words.reasons} tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{words.selection}</th>
              <th scope="col">{words.field}</th>
              <th scope="col">{words.value}</th>
              <th scope="col">{words.pattern}</th>
            </tr>
          </thead>
          <tbody>
            {alert.reasons.map(({ selection, field, value, pattern }, index) => (
              <tr key={index}>
                <td>{selection}</td>
                <td className="mono">{field}</td>
                <td className="mono">
                  <mark>{value}</mark>{' '}
                  <Link
                    to="/hunt"
                    search={valueHunt(alert, value)}
                    className="button bare small"
                    title={words.huntValue(value)}
                  >
                    <Icon name="hunt" />
                    <span className="unseen">{words.huntValue(value)}</span>
                  </Link>
                </td>
                <td className="mono">{pattern}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
