// Zones as rows and columns, one tab stop; each cell is a way with what may pass it.

import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { PairState, ZoneEntry } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import { TONES, cellState } from './cell-state.ts'
import styles from './zones.module.css'

type Props = {
  zones: readonly ZoneEntry[]
  pairs: readonly PairState[]
  open: { from: string | undefined; to: string | undefined }
  show: (from: string, to: string) => void
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

export function ZoneMatrix({ zones, pairs, open, show }: Props) {
  const words = useRoomWords().zones
  const { table, active, setActive, move } = useCells(zones.length)
  const byWay = new Map(pairs.map((pair) => [`${pair.from} ${pair.to}`, pair]))
  return (
    <div className={styles.region} role="region" aria-label={words.matrix} tabIndex={-1}>
      <table ref={table} className={styles.matrix} onKeyDown={move}>
        <caption>
          <p>
            {words.matrix}. <span className="quiet">{words.matrixHow}</span>
          </p>
        </caption>
        <thead>
          <tr>
            <td />
            {zones.map((zone) => (
              <th key={zone.id} scope="col">
                <ZoneName zone={zone} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {zones.map((from, row) => (
            <tr key={from.id}>
              <th scope="row">
                <ZoneName zone={from} />
              </th>
              {zones.map((to, column) => (
                <Cell
                  key={to.id}
                  {...{ from, to, show }}
                  pair={byWay.get(`${from.id} ${to.id}`)}
                  place={[row, column]}
                  isActive={active[0] === row && active[1] === column}
                  isOpen={open.from === from.id && open.to === to.id}
                  onFocus={() => setActive([row, column])}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type CellPlace = readonly [row: number, column: number]

/** One cell is in the tab order; arrows go on to the next that holds a way. */
function useCells(count: number) {
  const table = useRef<HTMLTableElement>(null)
  const [active, setActive] = useState<CellPlace>([0, 1])
  const move = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    let [row, column] = active
    // Over the diagonal, where nothing is asked.
    for (let tries = 0; tries < count; tries += 1) {
      row += step[0]
      column += step[1]
      const cell = table.current?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)
      if (cell === null || cell === undefined) continue
      setActive([row, column])
      cell.focus()
      return
    }
  }
  return { table, active, setActive, move }
}

type CellProps = {
  from: ZoneEntry
  to: ZoneEntry
  pair: PairState | undefined
  place: CellPlace
  isActive: boolean
  isOpen: boolean
  onFocus: () => void
  show: Props['show']
}

function Cell({ from, to, pair, place, isActive, isOpen, onFocus, show }: CellProps) {
  const words = useRoomWords().zones
  if (pair === undefined) return <td className={styles.same} />
  const state = cellState(pair)
  const said = words.cells[state]
  return (
    <td>
      <button
        type="button"
        data-cell={place.join(' ')}
        tabIndex={isActive ? 0 : -1}
        aria-pressed={isOpen}
        aria-label={words.cell(from.name, to.name, said)}
        onFocus={onFocus}
        onClick={() => show(from.id, to.id)}
      >
        <StateMark tone={TONES[state]}>{said}</StateMark>
      </button>
    </td>
  )
}

function ZoneName({ zone: { name, kind } }: { zone: ZoneEntry }) {
  const kinds: Readonly<Record<string, string>> = useRoomWords().zones.kinds
  return (
    <>
      {name} <span className="quiet">{kinds[kind] ?? kind}</span>
    </>
  )
}
