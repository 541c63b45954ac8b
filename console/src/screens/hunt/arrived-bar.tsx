// Events that arrived since the question was asked: counted, never pushed in between rows being read.

import { useState } from 'react'
import { useFormat } from '../../format.ts'
import { useWords } from '../../language.ts'
import { useLive } from '../../live.ts'
import type { HuntProps } from './use-hunt.ts'

export function ArrivedBar({ state }: HuntProps) {
  const words = useWords().hunt
  const format = useFormat()
  const events = useLive().counters?.events ?? null
  const [asked, setAsked] = useState({ hunt: state.hunt, events })
  if (asked.hunt !== state.hunt || asked.events === null) {
    if (asked.hunt !== state.hunt || events !== null) setAsked({ hunt: state.hunt, events })
  }
  const arrived = events === null || asked.events === null ? 0 : events - asked.events
  if (!state.isRelative || arrived <= 0) return null
  return (
    <div>
      <button type="button" className="bare" onClick={state.rerun}>
        {words.arrived(format.number(arrived))}
      </button>
    </div>
  )
}
