// One tab stop in the table, arrows between its cells (ARIA Authoring Practices, grid pattern). The active row is known by
// its key, so that rows which come and go above it do not move it.

import { useLayoutEffect, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent, RefObject } from 'react'
import type { GridColumn, GridHandle } from './grid-props.ts'

type Given<Row> = {
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly columns: readonly GridColumn<Row>[]
  readonly region: RefObject<HTMLDivElement | null>
  readonly canOpenCells: boolean
}
type Place = { readonly row: number; readonly column: number }

const PAGE_ROWS = 20
const CONTROL = 'a[href], button, input, select'

export function useGridFocus<Row>({ rows, rowKey, columns, region, canOpenCells }: Given<Row>) {
  const [place, setPlace] = useState({ key: '', row: 0, column: 0 })
  const wanted = useRef(false)
  const scrollTo = useRef<((row: number) => void) | null>(null)
  const active = resolve(place, rows, rowKey, columns.length)

  const keep = ({ row, column }: Place): string | null => {
    const at = clamp(row, rows.length)
    const target = rows[at]
    if (target === undefined) return null
    setPlace({ key: rowKey(target), row: at, column: clamp(column, columns.length) })
    return rowKey(target)
  }
  const go = (to: Place): string | null => {
    wanted.current = true
    scrollTo.current?.(clamp(to.row, rows.length))
    return keep(to)
  }

  useWantedFocus(wanted, active, region)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const to = isOurs(event) ? moved(event, active, rows.length, columns.length) : null
    if (to !== null) {
      event.preventDefault()
      go(to)
    } else if (canOpenCells && event.key === 'Enter' && isBareCell(event.target)) {
      event.preventDefault()
      event.target.click()
    }
  }
  const onFocus = (event: FocusEvent<HTMLElement>): void => {
    const cell = event.target.closest<HTMLElement>('[data-row]')
    if (cell === null) return
    const at = { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) }
    if (at.row !== active.row || at.column !== active.column) keep(at)
    else if (place.key === '') keep(at)
  }
  const handle: GridHandle = {
    focusRow: (key) => {
      const row = rows.findIndex((one) => rowKey(one) === key)
      if (row >= 0) go({ row, column: active.column })
    },
    step: (by) => go({ row: place.key === '' ? 0 : active.row + by, column: active.column }),
    activeKey: () => (place.key === '' ? null : place.key),
  }
  return { active, onKeyDown, onFocus, handle, scrollTo }
}

/** Moves the focus to the active cell, or to the control in it, once that is in the page. */
function useWantedFocus(
  wanted: RefObject<boolean>,
  { row, column }: Place,
  region: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    if (!wanted.current) return
    const cell = region.current?.querySelector<HTMLElement>(
      `[data-row="${row}"][data-column="${column}"]`,
    )
    if (!cell) return
    wanted.current = false
    const target = cell.querySelector<HTMLElement>(CONTROL) ?? cell
    target.focus({ preventScroll: true })
  })
}

/** The row of the kept key; if it is gone, whichever stands where it stood. */
function resolve<Row>(
  place: Place & { key: string },
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  columns: number,
): Place {
  const same = rows[place.row]
  const isThere = same !== undefined && rowKey(same) === place.key
  const found = isThere ? place.row : rows.findIndex((row) => rowKey(row) === place.key)
  return {
    row: clamp(found < 0 ? place.row : found, rows.length),
    column: clamp(place.column, columns),
  }
}

function moved(
  event: KeyboardEvent,
  { row, column }: Place,
  rows: number,
  columns: number,
): Place | null {
  const isCtrl = event.ctrlKey || event.metaKey
  switch (event.key) {
    case 'ArrowDown':
      return { row: row + 1, column }
    case 'ArrowUp':
      return { row: row - 1, column }
    case 'ArrowRight':
      return { row, column: column + 1 }
    case 'ArrowLeft':
      return { row, column: column - 1 }
    case 'PageDown':
      return { row: row + PAGE_ROWS, column }
    case 'PageUp':
      return { row: row - PAGE_ROWS, column }
    case 'Home':
      return isCtrl ? { row: 0, column: 0 } : { row, column: 0 }
    case 'End':
      return isCtrl ? { row: rows - 1, column: columns - 1 } : { row, column: columns - 1 }
    default:
      return null
  }
}

/** A select keeps its arrows; headings and what is unfolded are not cells. */
function isOurs({ target, altKey }: KeyboardEvent): boolean {
  if (altKey || !(target instanceof Element)) return false
  return target.closest('[data-row]') !== null && !target.matches('select, input[type=text]')
}

function isBareCell(target: EventTarget): target is HTMLElement {
  return target instanceof HTMLElement && target.matches('[data-row]')
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(value, count - 1))
}
