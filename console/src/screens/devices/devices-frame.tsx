// What stands above every view of devices.

import type { ComponentProps } from 'react'
import { useRoomWords, useWords } from '../../language.ts'
import { RoomFrame } from '../../parts/room-frame.tsx'

export function DevicesFrame(props: Omit<ComponentProps<typeof RoomFrame>, 'title' | 'links'>) {
  const words = useWords()
  const rooms = useRoomWords()
  const { views } = rooms.devices
  const { view: zones } = rooms.zones
  return (
    <RoomFrame
      {...props}
      title={words.places.devices}
      links={[
        { to: '/devices', label: views.devices },
        { to: '/devices/changes', label: views.changes },
        { to: '/devices/zones', label: zones },
        { to: '/devices/records', label: views.records },
        { to: '/devices/collection', label: views.collection },
      ]}
    />
  )
}
