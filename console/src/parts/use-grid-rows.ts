// Which rows are in view. The active row is always kept, so that scrolling never throws the focus away.

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo } from 'react'
import type { RefObject } from 'react'
import { usePreferences } from '../preferences.ts'
import type { GridProps } from './grid-props.ts'

export type GridItem<Row> = {
  readonly id: string
  readonly row: Row
  /** Among all rows. */
  readonly index: number
  /** Among all items in the list: rows and what is unfolded. */
  readonly at: number
  readonly isUnder: boolean
  /** Space above, in px. */
  readonly gap: number
}

type Focus = {
  readonly active: { readonly row: number }
  readonly scrollTo: RefObject<((row: number) => void) | null>
}

const ROW_REM = { compact: 1.75, roomy: 2.25 }
/** What unfolds, before it is measured. */
const UNDER_PX = 320

export function useGridRows<Row>(
  region: RefObject<HTMLDivElement | null>,
  { rows, rowKey, unfolded }: GridProps<Row>,
  focus: Focus,
) {
  const rowPx = useRowPx()
  const underAt = useMemo(() => {
    const index = unfolded ? rows.findIndex((row) => rowKey(row) === unfolded.key) : -1
    return index < 0 ? -1 : index + 1
  }, [rows, rowKey, unfolded])
  const toItem = (row: number): number => (underAt >= 0 && row >= underAt ? row + 1 : row)
  const toRow = (item: number): number => (underAt >= 0 && item >= underAt ? item - 1 : item)
  // oxlint-disable-next-line react-hooks/incompatible-library -- the virtualizer is meant to be read during render
  const virtual = useVirtualizer({
    count: rows.length + (underAt >= 0 ? 1 : 0),
    getScrollElement: () => region.current,
    estimateSize: (item) => (item === underAt ? UNDER_PX : rowPx),
    overscan: 12,
    paddingStart: rowPx,
    scrollPaddingStart: rowPx,
    rangeExtractor: (range) =>
      withItem(defaultRangeExtractor(range), toItem(focus.active.row), range.count),
  })
  useEffect(() => virtual.measure(), [virtual, rowPx, underAt])
  useEffect(() => {
    focus.scrollTo.current = (row) => virtual.scrollToIndex(toItem(row))
  })
  const items: GridItem<Row>[] = []
  let bottom = rowPx
  for (const { index: at, start, end } of virtual.getVirtualItems()) {
    const index = toRow(at)
    const row = rows[index]
    if (row === undefined) continue
    const isUnder = at === underAt
    items.push({
      id: `${rowKey(row)}${isUnder ? '/' : ''}`,
      row,
      index,
      at,
      isUnder,
      gap: start - bottom,
    })
    bottom = end
  }
  return { items, end: virtual.getTotalSize() - bottom, measure: virtual.measureElement }
}

function useRowPx(): number {
  const { density } = usePreferences()
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return ROW_REM[density] * rem
}

function withItem(shown: number[], item: number, count: number): number[] {
  if (item >= count || shown.includes(item)) return shown
  return [...shown, item].toSorted((a, b) => a - b)
}
