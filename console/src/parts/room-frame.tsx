// What stands above every view of a room: its name, when it was so, its views, and what went wrong.

import type { ReactNode } from 'react'
import { AsOf } from './as-of.tsx'
import layout from './layout.module.css'
import { Loading } from './loading.tsx'
import { PageTitle } from './page-title.tsx'
import { Problem } from './problem.tsx'
import { RoomLinks } from './room-links.tsx'
import type { RoomLink } from './room-links.tsx'

type Props = {
  title: string
  links: readonly RoomLink[]
  /** Undefined while it is waited for. */
  asOf: string | undefined
  error: unknown
  retry: () => void
  children: ReactNode
}

export function RoomFrame({ title, links, asOf, error, retry, children }: Props) {
  return (
    <div className={layout.fill}>
      <PageTitle title={title}>{asOf !== undefined && <AsOf at={asOf} />}</PageTitle>
      {links.length > 0 && <RoomLinks links={links} />}
      {error !== null && <Problem error={error} retry={retry} />}
      {asOf === undefined && error === null && <Loading />}
      {children}
    </div>
  )
}

/** What a query says of itself, for the frame. */
export function stateOf(query: {
  data: { asOf: string } | undefined
  error: unknown
  refetch: () => unknown
}): Pick<Props, 'asOf' | 'error' | 'retry'> {
  return { asOf: query.data?.asOf, error: query.error, retry: () => void query.refetch() }
}
