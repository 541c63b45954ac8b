// The top bar: station, time range where the screen has one, search, language, settings, keys, session.

import { useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import type { Session } from '../api-types.ts'
import { signOut } from '../api.ts'
import { useWords } from '../language.ts'
import { useLive } from '../live.ts'
import { Icon } from '../parts/icon.tsx'
import { Kbd } from '../parts/kbd.tsx'
import styles from './frame.module.css'
import { LanguageToggle } from './language-toggle.tsx'
import { Settings } from './settings.tsx'
import { TimeRangeBar } from './time-range-bar.tsx'

type Props = { session: Session; onOpen: (what: 'palette' | 'keys') => void }

export function TopBar({ session, onOpen }: Props) {
  const words = useWords().frame
  return (
    <header className={styles.top}>
      <Link to="/" className={styles.brand} aria-label={session.station}>
        <img src="/vigie.svg" alt="" />
        <span>{session.station}</span>
      </Link>
      <RangeOfScreen />
      <div className={styles.grow} />
      <LiveState />
      <button type="button" onClick={() => onOpen('palette')} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span className={styles.wide}>{words.search}</span>
        <span className={styles.wide}>
          <Kbd keys="Ctrl+K" />
        </span>
        <span className="unseen">{words.search}</span>
      </button>
      <LanguageToggle />
      <button type="button" className="bare" onClick={() => onOpen('keys')} title={words.keys}>
        <Icon name="keyboard" />
        <span className="unseen">{words.keys}</span>
      </button>
      <Settings session={session} />
      <SignOut />
    </header>
  )
}

/** Overview, sources and rules say how things are now; a range would mean nothing there. */
function RangeOfScreen() {
  const path = useLocation({ select: ({ pathname }) => pathname })
  if (path === '/alerts') return <TimeRangeBar fallback={{ kind: 'all' }} />
  if (path === '/hunt') return <TimeRangeBar fallback={{ kind: 'last', span: '24h' }} isBounded />
  return null
}

function LiveState() {
  const { isConnected } = useLive()
  const words = useWords().frame
  return (
    <span role="status" className={styles.lost}>
      {isConnected ? null : words.liveLost}
    </span>
  )
}

function SignOut() {
  const words = useWords().frame
  const queries = useQueryClient()
  const leave = async (): Promise<void> => {
    await signOut().catch(() => null)
    queries.clear()
    location.assign('/')
  }
  return (
    <button type="button" className="bare" onClick={() => void leave()} title={words.signOut}>
      <Icon name="out" />
      <span className="unseen">{words.signOut}</span>
    </button>
  )
}
