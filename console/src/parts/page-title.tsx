// The heading of a screen, which also names the tab (WCAG 2.4.2).

import { useEffect } from 'react'
import type { ReactNode } from 'react'

export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Vigie`
  }, [title])
  return (
    <div className="row spread">
      <h1>{title}</h1>
      {children}
    </div>
  )
}
