// A small map: zones from outside (left) to the process (right), and the ways that are open between them. The matrix says the same.

import type { PairState, ZoneEntry } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { cellState } from './cell-state.ts'
import styles from './zones.module.css'

const LANES: readonly (readonly string[])[] = [
  ['internet', 'vendor'],
  ['it', 'undecided'],
  ['dmz', 'management'],
  ['ot', 'safety'],
]
const [LANE, ROW, BOX_WIDTH, BOX_HEIGHT] = [200, 64, 150, 34]
/** Room for what goes over the boxes of the first row. */
const TOP = 30
/** How far a way that crosses a lane goes round the boxes in it. */
const ROUND = 52
/** More would be a hairball. */
const MOST_ZONES = 24
const LONGEST_NAME = 20

type Placed = { readonly zone: ZoneEntry; readonly x: number; readonly y: number }

export function ZoneMap({
  zones,
  pairs,
  open,
}: {
  zones: readonly ZoneEntry[]
  pairs: readonly PairState[]
  open: { from: string | undefined; to: string | undefined }
}) {
  const words = useRoomWords().zones
  if (zones.length > MOST_ZONES) return null
  const placed = LANES.flatMap((kinds, lane) =>
    zones
      .filter(({ kind }) => kinds.includes(kind))
      .map((zone, row): Placed => ({ zone, x: lane * LANE + 4, y: row * ROW + TOP })),
  )
  const at = new Map(placed.map((one) => [one.zone.id, one]))
  const height = Math.max(...placed.map(({ y }) => y), 0) + ROW + TOP / 2
  const ways = pairs.filter((pair) => cellState(pair) !== 'blocked')
  return (
    <div className={styles.region} role="region" aria-label={words.map} tabIndex={0}>
      <svg
        className={styles.map}
        viewBox={`0 0 ${LANE * LANES.length} ${height}`}
        role="img"
        aria-label={words.map}
      >
        {ways.map((pair) => {
          const [from, to] = [at.get(pair.from), at.get(pair.to)]
          if (from === undefined || to === undefined) return null
          const isChosen = pair.from === open.from && pair.to === open.to
          return (
            <path
              key={`${pair.from} ${pair.to}`}
              d={curve(from, to)}
              className={`${styles.way} ${styles[cellState(pair)]} ${isChosen ? styles.chosen : ''}`}
            />
          )
        })}
        {placed.map((one) => (
          <Box key={one.zone.id} {...one} />
        ))}
      </svg>
    </div>
  )
}

function Box({ zone: { name }, x, y }: Placed) {
  return (
    <g>
      <rect x={x} y={y} width={BOX_WIDTH} height={BOX_HEIGHT} rx="4" className={styles.box} />
      <text x={x + 8} y={y + 22} className={styles.name}>
        {name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name}
      </text>
    </g>
  )
}

/** Out at one side and in at the other; ways back run below. What crosses a lane goes round its boxes. */
function curve(from: Placed, to: Placed): string {
  const isForward = from.x < to.x
  const side = (one: Placed, isRight: boolean) => one.x + (isRight ? BOX_WIDTH : 0)
  const shift = isForward ? -5 : 5
  const y1 = from.y + BOX_HEIGHT / 2 + shift
  const y2 = to.y + BOX_HEIGHT / 2 + shift
  if (from.x === to.x) {
    const x = side(from, true)
    return `M${x} ${y1}C${x + 40} ${y1} ${x + 40} ${y2} ${x} ${y2}`
  }
  const [x1, x2] = [side(from, isForward), side(to, !isForward)]
  const bend = (x2 - x1) / 2
  const isOver = Math.abs(to.x - from.x) > LANE
  const round = !isOver ? 0 : isForward ? -ROUND : ROUND
  return `M${x1} ${y1}C${x1 + bend} ${y1 + round} ${x2 - bend} ${y2 + round} ${x2} ${y2}`
}
