// What stands above every view of identity.

import type { ComponentProps } from 'react'
import { useRoomWords, useWords } from '../../language.ts'
import { RoomFrame } from '../../parts/room-frame.tsx'

export function IdentityFrame(props: Omit<ComponentProps<typeof RoomFrame>, 'title' | 'links'>) {
  const words = useWords()
  const rooms = useRoomWords()
  const { views } = rooms.identity
  return (
    <RoomFrame
      {...props}
      title={words.places.identity}
      links={[
        { to: '/identity', label: views.checks },
        { to: '/identity/accounts', label: views.accounts },
        { to: '/identity/critical', label: views.critical },
        { to: '/identity/files', label: views.files },
      ]}
    />
  )
}
