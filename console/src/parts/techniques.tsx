// Techniques of ATT&CK with their names, which are fetched when they are first shown.

import { Suspense, lazy } from 'react'
import type { Fact } from './facts.tsx'

type Props = { of: readonly string[] }

const Named = lazy(async () => ({
  default: (await import('./named-techniques.tsx')).NamedTechniques,
}))

export function Techniques({ of: ids }: Props) {
  return (
    <Suspense fallback={ids.join(', ')}>
      <Named of={ids} />
    </Suspense>
  )
}

export function techniquesFact(name: string, ids: readonly string[]): Fact {
  return [name, ids.length === 0 ? null : <Techniques of={ids} />]
}
