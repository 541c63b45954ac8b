// The conditions of the query that is shown, each to be turned around or removed.

import { useWords } from '../../language.ts'
import { Icon } from '../../parts/icon.tsx'
import { chipsOf, invertedChip, withoutChip } from '../../query-chips.ts'
import type { Chip } from '../../query-chips.ts'
import styles from './hunt.module.css'
import type { HuntProps } from './use-hunt.ts'

export function Chips({ state }: HuntProps) {
  const words = useWords().hunt
  const q = state.search.q ?? ''
  const chips = chipsOf(q)
  if (chips.length === 0) return null
  const change = (next: string): void => state.set({ q: next || undefined, event: undefined })
  return (
    <ul className={styles.chips} aria-label={words.conditions}>
      {chips.map((chip, index) => (
        <ChipView
          key={`${index}${chip.text}`}
          chip={chip}
          invert={() => change(invertedChip(q, index))}
          remove={() => change(withoutChip(q, index))}
        />
      ))}
    </ul>
  )
}

function ChipView({
  chip,
  invert,
  remove,
}: {
  chip: Chip
  invert: () => void
  remove: () => void
}) {
  const words = useWords().hunt
  const { kind, field, value, isExcluded, text } = chip
  const content = (
    <>
      {isExcluded && <strong>{words.excluded} </strong>}
      {field !== '' && <span className="quiet">{field}: </span>}
      {value}
    </>
  )
  return (
    <li className={isExcluded ? styles.excluded : undefined}>
      {kind === 'expression' ? (
        <span>{content}</span>
      ) : (
        <button
          type="button"
          className="bare small"
          onClick={invert}
          title={words.invertCondition(text)}
        >
          {content}
        </button>
      )}
      <button type="button" className="bare small" onClick={remove}>
        <Icon name="close" />
        <span className="unseen">{words.removeCondition(text)}</span>
      </button>
    </li>
  )
}
