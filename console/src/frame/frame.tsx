// What stands around every screen: skip link, top bar, rail, and the keys that work everywhere.

import { useNavigate } from '@tanstack/react-router'
import { Suspense, lazy, useState } from 'react'
import type { ReactNode } from 'react'
import type { Session } from '../api-types.ts'
import { useKeys } from '../keys.ts'
import { useWords } from '../language.ts'
import styles from './frame.module.css'
import { PLACES } from './places.ts'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const KeysHelp = lazy(async () => ({ default: (await import('./keys-help.tsx')).KeysHelp }))

type Open = 'palette' | 'keys' | null

export function Frame({ session, children }: { session: Session; children: ReactNode }) {
  const words = useWords()
  const [open, setOpen] = useState<Open>(null)
  useFrameKeys(setOpen)
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {words.frame.skip}
      </a>
      <TopBar session={session} onOpen={setOpen} />
      <Rail />
      <main id="content" tabIndex={-1} className={styles.main}>
        <Suspense fallback={<p className="quiet">{words.frame.loading}</p>}>{children}</Suspense>
      </main>
      <Suspense fallback={null}>
        {open === 'palette' && <Palette onClose={() => setOpen(null)} />}
        {open === 'keys' && <KeysHelp onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  )
}

function useFrameKeys(open: (what: Open) => void): void {
  const words = useWords()
  const navigate = useNavigate()
  useKeys([
    { keys: '?', label: words.keys.help, run: () => open('keys') },
    { keys: 'mod+k', label: words.keys.palette, run: () => open('palette') },
    ...PLACES.map(({ to, letter, name }) => ({
      keys: `g ${letter}`,
      label: words.keys.goTo(words.places[name]),
      run: () => void navigate({ to }),
    })),
  ])
}
