// The time range in the top bar: its name opens presets and two exact times; beside it earlier, later and zoom out.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useFormat } from '../format.ts'
import { useKeys } from '../keys.ts'
import { useWords } from '../language.ts'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { parseRange, rangeParams, slideRange, zoomOut } from '../time-range.ts'
import type { TimeRange } from '../time-range.ts'
import styles from './frame.module.css'
import { TimeRangePicker } from './time-range-picker.tsx'

type Props = {
  /** What the screen shows when the address says nothing. */
  fallback: TimeRange
  /** No “all time”: the screen would read everything stored. */
  isBounded?: boolean
}

export function TimeRangeBar({ fallback, isBounded = false }: Props) {
  const words = useWords().time
  const { range, choose } = useRange(fallback)
  const moves = useMoves(range, choose)
  const name = useRangeName(range)
  return (
    <div className={styles.range} role="group" aria-label={words.label}>
      {range.kind !== 'all' && <Move {...moves.earlier} />}
      <button type="button" popoverTarget="range" className={styles.rangeName}>
        <span>{name}</span>
        <Icon name="opened" />
      </button>
      {range.kind !== 'all' && <Move {...moves.later} />}
      {range.kind !== 'all' && <Move {...moves.zoomOut} />}
      <TimeRangePicker range={range} choose={choose} isBounded={isBounded} />
    </div>
  )
}

function useRange(fallback: TimeRange) {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const asked = parseRange(search, fallback)
  const range = asked.kind === 'all' ? fallback : asked
  const choose = (next: TimeRange): void => {
    void navigate({ to: '.', search: (before) => ({ ...before, ...rangeParams(next) }) })
  }
  return { range, choose }
}

type MoveProps = { icon: IconName; label: string; keys: string; run: () => void }

function useMoves(range: TimeRange, choose: (next: TimeRange) => void) {
  const words = useWords().time
  const move = (icon: IconName, keys: string, next: () => TimeRange): MoveProps => ({
    icon,
    keys,
    label: words[icon === 'earlier' || icon === 'later' ? icon : 'zoomOut'],
    run: () => choose(next()),
  })
  const moves = {
    earlier: move('earlier', '[', () => slideRange(range, -1, Date.now())),
    later: move('later', ']', () => slideRange(range, 1, Date.now())),
    zoomOut: move('zoomOut', '-', () => zoomOut(range, Date.now())),
  }
  useKeys(range.kind === 'all' ? [] : Object.values(moves))
  return moves
}

function Move({ icon, label, keys, run }: MoveProps) {
  return (
    <button
      type="button"
      className="bare small"
      onClick={run}
      title={label}
      aria-keyshortcuts={keys}
    >
      <Icon name={icon} />
      <span className="unseen">{label}</span>
    </button>
  )
}

function useRangeName(range: TimeRange): string {
  const words = useWords().time
  const format = useFormat()
  if (range.kind === 'last') return words.spans[range.span]
  if (range.kind === 'all') return words.all
  return words.between(format.time(range.from), format.full(range.to))
}
