// Whether there is room for a list beside a table. Follows the window.

import { useSyncExternalStore } from 'react'

const wide = matchMedia('(width >= 64rem)')

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}

export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide.matches)
}
