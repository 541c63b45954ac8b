// What stands above every view of exposure.

import type { ReactNode } from 'react'
import { useWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { RoomLinks } from '../../parts/room-links.tsx'

type Props = {
  /** Undefined while it is waited for. */
  asOf: string | undefined
  error: unknown
  retry: () => void
  children: ReactNode
}

export function ExposureFrame({ asOf, error, retry, children }: Props) {
  const words = useWords()
  const { views } = words.exposure
  return (
    <div className={layout.fill}>
      <PageTitle title={words.places.exposure}>{asOf && <AsOf at={asOf} />}</PageTitle>
      <RoomLinks
        links={[
          { to: '/exposure', label: views.advisories },
          { to: '/exposure/assets', label: views.assets },
          { to: '/exposure/files', label: views.files },
        ]}
      />
      {error !== null && <Problem error={error} retry={retry} />}
      {asOf === undefined && error === null && <Loading />}
      {children}
    </div>
  )
}
