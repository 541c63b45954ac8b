// The keys of a list with details beside it: on, back, open, close.

import { useRef } from 'react'
import type { RefObject } from 'react'
import { useKeys } from '../keys.ts'
import { useWords } from '../language.ts'
import type { GridHandle } from './grid-props.ts'

/** `show` opens the details of a row, or closes them. While they are open they follow the rows. */
export function useRowKeys(
  open: string | undefined,
  show: (key: string | undefined) => void,
): RefObject<GridHandle | null> {
  const words = useWords().alerts.keys
  const grid = useRef<GridHandle>(null)
  const step = (by: 1 | -1): void => {
    const key = grid.current?.step(by) ?? null
    if (open !== undefined && key !== null) show(key)
  }
  const enter = (): void => {
    const key = grid.current?.activeKey() ?? null
    if (key !== null) show(key)
  }
  useKeys([
    { keys: 'j', label: words.next, run: () => step(1) },
    { keys: 'k', label: words.previous, run: () => step(-1) },
    { keys: 'Enter', label: words.open, run: enter },
    { keys: 'Escape', label: words.closePanel, run: () => show(undefined) },
  ])
  return grid
}
