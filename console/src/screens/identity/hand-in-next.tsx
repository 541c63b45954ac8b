// What to hand in next: the file, where it comes from, and the checks that it would make assessable.

import { Link } from '@tanstack/react-router'
import type { IdentityView } from '../../api-types.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'
import layout from '../../parts/layout.module.css'
import styles from './identity.module.css'

export function HandInNext({ view: { next, checks } }: { view: IdentityView }) {
  const words = useRoomWords().identity
  const side = useSide()
  const titles = new Map(checks.map(({ id, title }) => [id, title]))
  if (next.length === 0) return null
  return (
    <section className={layout.section}>
      <h2>{words.next.title}</h2>
      <ol className={styles.next}>
        {next.map(({ id, title, how, opens }) => (
          <li key={id}>
            <strong>{side(title)}</strong>
            <div className="row">
              <code>{how}</code>
              <Copy text={how} />
            </div>
            <details>
              <summary>{words.next.opens(opens.length)}</summary>
              <ul>
                {opens.map((check) => (
                  <li key={check}>
                    <Link to="/identity" search={{ check }}>
                      {check} {side(titles.get(check) ?? { en: '', fr: '' })}
                    </Link>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ol>
    </section>
  )
}
