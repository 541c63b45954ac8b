// The rail: one link to each screen. Below 48rem it lies along the bottom edge.

import { Link } from '@tanstack/react-router'
import { useWords } from '../language.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './frame.module.css'
import { PLACES } from './places.ts'

export function Rail() {
  const words = useWords()
  return (
    <nav className={styles.rail} aria-label={words.frame.places}>
      <ul>
        {PLACES.map(({ name, to }) => (
          <li key={name}>
            <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
              <Icon name={name} />
              <span>{words.places[name]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
