// Presets, and two exact times in the clock the person reads.

import { useId, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { useFormat } from '../format.ts'
import { useWords } from '../language.ts'
import { formText } from '../parts/form-text.ts'
import { usePreferences } from '../preferences.ts'
import { SPANS, between, instant, resolveRange } from '../time-range.ts'
import type { TimeRange } from '../time-range.ts'
import styles from './frame.module.css'

type Props = { range: TimeRange; choose: (next: TimeRange) => void; isBounded: boolean }

export function TimeRangePicker({ range, choose, isBounded }: Props) {
  const words = useWords().time
  const popover = useRef<HTMLDivElement>(null)
  const pick = (next: TimeRange): void => {
    popover.current?.hidePopover()
    choose(next)
  }
  return (
    <div
      id="range"
      popover="auto"
      ref={popover}
      className={styles.picker}
      role="group"
      aria-label={words.label}
    >
      <ul>
        {SPANS.map((span) => (
          <li key={span}>
            <button
              type="button"
              aria-pressed={range.kind === 'last' && range.span === span}
              onClick={() => pick({ kind: 'last', span })}
            >
              {words.spans[span]}
            </button>
          </li>
        ))}
        {isBounded ? null : (
          <li>
            <button
              type="button"
              aria-pressed={range.kind === 'all'}
              onClick={() => pick({ kind: 'all' })}
            >
              {words.all}
            </button>
          </li>
        )}
      </ul>
      <Custom key={JSON.stringify(range)} range={range} pick={pick} />
    </div>
  )
}

function Custom({ range, pick }: { range: TimeRange; pick: (next: TimeRange) => void }) {
  const words = useWords().time
  const { zone, time } = useFormat()
  const { clock } = usePreferences()
  const [now] = useState(() => Date.now())
  const window = resolveRange(range, now) ?? { from: now - 86_400_000, to: now }
  const [isWrong, setWrong] = useState(false)
  const error = useId()
  const read = (form: HTMLFormElement, name: string): number | null =>
    instant(`${formText(form, name)}${clock === 'utc' ? 'Z' : ''}`)
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const from = read(event.currentTarget, 'from')
    const to = read(event.currentTarget, 'to')
    if (from === null || to === null || to <= from) setWrong(true)
    else pick(between(from, to))
  }
  return (
    <form onSubmit={submit} aria-label={words.custom} aria-describedby={error}>
      <Moment name="from" label={words.from(zone)} value={time(window.from)} />
      <Moment name="to" label={words.to(zone)} value={time(window.to)} />
      <span id={error} role="alert">
        {isWrong ? words.wrong : null}
      </span>
      <button type="submit" className="main">
        {words.apply}
      </button>
    </form>
  )
}

function Moment({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <label className="field">
      {label}
      <input
        type="datetime-local"
        name={name}
        step={1}
        required
        defaultValue={value.replace(' ', 'T')}
      />
    </label>
  )
}
