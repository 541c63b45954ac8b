// The rail: one link to each screen. Below 48rem it lies along the bottom edge, and where one is comes into view.

import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useWords } from '../language.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './frame.module.css'
import { PLACES } from './places.ts'

export function Rail() {
  const words = useWords()
  const rail = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    const here = rail.current?.querySelector('[aria-current=page]')
    here?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [pathname])
  return (
    <nav ref={rail} className={styles.rail} aria-label={words.frame.places}>
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
