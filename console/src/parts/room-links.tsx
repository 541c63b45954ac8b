// The views of one room, one link each.

import { Link } from '@tanstack/react-router'
import type { LinkProps } from '@tanstack/react-router'
import { useWords } from '../language.ts'
import layout from './layout.module.css'

export type RoomLink = { readonly to: NonNullable<LinkProps['to']>; readonly label: string }

export function RoomLinks({ links }: { links: readonly RoomLink[] }) {
  return (
    <nav aria-label={useWords().frame.views}>
      <ul className={layout.links}>
        {links.map(({ to, label }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: true, includeSearch: false }}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
