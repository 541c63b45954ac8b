// What stands above every view of exposure.

import type { ComponentProps } from 'react'
import { useRoomWords, useWords } from '../../language.ts'
import { RoomFrame } from '../../parts/room-frame.tsx'

export function ExposureFrame(props: Omit<ComponentProps<typeof RoomFrame>, 'title' | 'links'>) {
  const words = useWords()
  const rooms = useRoomWords()
  const { views } = rooms.exposure
  return (
    <RoomFrame
      {...props}
      title={words.places.exposure}
      links={[
        { to: '/exposure/week', label: views.week },
        { to: '/exposure', label: views.advisories },
        { to: '/exposure/assets', label: views.assets },
        { to: '/exposure/files', label: views.files },
      ]}
    />
  )
}
