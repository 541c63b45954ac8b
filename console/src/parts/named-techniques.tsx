// Each technique on a line of its own: id and name.

import { techniqueName } from '../../../src/words/attack-names.ts'
import styles from './techniques.module.css'

export function NamedTechniques({ of: ids }: { of: readonly string[] }) {
  return (
    <ul className={styles.techniques}>
      {ids.map((id) => (
        <li key={id}>
          <span className="mono">{id}</span> <span lang="en">{techniqueName(id)}</span>
        </li>
      ))}
    </ul>
  )
}
