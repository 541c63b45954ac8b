// Which option of an open list is chosen, and the arrow keys that move the choice around.

import { useState } from 'react'

export function useOptionList(count: number, first: -1 | 0) {
  const [at, setAt] = useState<number>(first)
  /** True when the key was one of ours. */
  const onArrow = (key: string): boolean => {
    if (count === 0 || (key !== 'ArrowDown' && key !== 'ArrowUp')) return false
    const next = key === 'ArrowDown' ? at + 1 : Math.max(at, 0) - 1
    setAt((next + count) % count)
    return true
  }
  return { at: Math.min(at, count - 1), onArrow, reset: () => setAt(first) }
}
