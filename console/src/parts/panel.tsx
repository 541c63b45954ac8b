// Details at the right of a list. Never modal: the list stays in reach.

import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useWords } from '../language.ts'
import { Icon } from './icon.tsx'
import layout from './layout.module.css'

type Props = {
  label: string
  onClose: () => void
  /** More buttons beside the one that closes. */
  actions?: ReactNode
  /** Changes when the panel shows something else: it then scrolls back to its top. */
  of: string
  children: ReactNode
}

export function Panel({ label, onClose, actions, of, children }: Props) {
  const words = useWords().frame
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    // In braces: newer browsers give a promise here, which an effect may not.
    panel.current?.scrollTo(0, 0)
  }, [of])
  return (
    <aside ref={panel} className={layout.panel} aria-label={label} tabIndex={0}>
      <div className="row spread">
        <div className="row">{actions}</div>
        <button type="button" className="bare" onClick={onClose} aria-keyshortcuts="Escape">
          <Icon name="close" />
          <span className="unseen">{words.close}</span>
        </button>
      </div>
      {children}
    </aside>
  )
}
