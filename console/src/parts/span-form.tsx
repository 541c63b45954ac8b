// The span of stored events to look at, and the button that starts it.

import { useState } from 'react'
import type { FormEvent } from 'react'
import { useWords } from '../language.ts'
import { SPANS, isSpan, resolveRange } from '../time-range.ts'
import type { Span } from '../time-range.ts'
type Props = {
  /** What the button says. */
  action: string
  isBusy: boolean
  start: (span: { from: string; to: string }) => void
}

const ALL = 'all'
const EPOCH = '1970-01-01T00:00:00.000Z'
/** Devices whose clocks run ahead are part of it. */
const AHEAD_MS = 86_400_000

export function SpanForm({ action, isBusy, start }: Props) {
  const words = useWords()
  const [span, setSpan] = useState<Span | typeof ALL>('7d')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    start(instants(span))
  }
  return (
    <form className="row" onSubmit={submit}>
      <select
        aria-label={words.rules.runs.span}
        value={span}
        onChange={({ target }) => setSpan(isSpan(target.value) ? target.value : ALL)}
      >
        {SPANS.map((one) => (
          <option key={one} value={one}>
            {words.time.spans[one]}
          </option>
        ))}
        <option value={ALL}>{words.time.all}</option>
      </select>
      <button type="submit" disabled={isBusy}>
        {action}
      </button>
    </form>
  )
}

function instants(span: Span | typeof ALL): { from: string; to: string } {
  const now = Date.now()
  const range = span === ALL ? null : resolveRange({ kind: 'last', span }, now)
  const iso = (ms: number): string => new Date(ms).toISOString()
  return range === null
    ? { from: EPOCH, to: iso(now + AHEAD_MS) }
    : { from: iso(range.from), to: iso(range.to) }
}
