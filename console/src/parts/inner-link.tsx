// A link to a place of this console that the station named.

import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/** Anything but a path of this console stays text. */
export function InnerLink({ to, children }: { to: string; children: ReactNode }) {
  const { history } = useRouter()
  if (!/^\/(?!\/)/u.test(to)) return <>{children}</>
  const go = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    history.push(to)
  }
  return (
    <a href={to} onClick={go}>
      {children}
    </a>
  )
}
