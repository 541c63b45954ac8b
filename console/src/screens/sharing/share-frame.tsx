// What stands above every view of sharing.

import type { ComponentProps } from 'react'
import { useRoomWords, useWords } from '../../language.ts'
import { RoomFrame } from '../../parts/room-frame.tsx'

export function ShareFrame(props: Omit<ComponentProps<typeof RoomFrame>, 'title' | 'links'>) {
  const words = useWords()
  const rooms = useRoomWords()
  const { views } = rooms.sharing
  const more = rooms.notices.views
  return (
    <RoomFrame
      {...props}
      title={words.places.sharing}
      links={[
        { to: '/sharing', label: views.peers },
        { to: '/sharing/received', label: views.received },
        { to: '/sharing/outbox', label: views.outbox },
        { to: '/sharing/given', label: views.given },
        { to: '/sharing/content', label: views.content },
        { to: '/sharing/blind', label: views.blind },
        { to: '/sharing/told', label: more.told },
        { to: '/sharing/registration', label: more.registration },
        { to: '/sharing/notices', label: more.notices },
        { to: '/sharing/reports', label: views.reports },
        { to: '/sharing/campaigns', label: more.campaigns },
      ]}
    />
  )
}
