// A box to find by, which `/` goes to. It keeps what is typed and tells the address a moment later: the address comes back too late to type by.

import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../keys.ts'

const PAUSE_MS = 150
/** The station takes no longer text to find by. */
const LONGEST = 200

type Props = {
  label: string
  value: string | undefined
  find: (text: string | undefined) => void
  size: number
}

export function FindBox({ label, value = '', find, size }: Props) {
  const [draft, setDraft] = useState(value)
  const box = useRef<HTMLInputElement>(null)
  const told = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setDraft(value)
  }, [value])
  useKeys([{ keys: '/', label, run: () => box.current?.focus() }])
  useEffect(() => () => clearTimeout(timer.current), [])
  const type = (text: string): void => {
    setDraft(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      told.current = text
      find(text === '' ? undefined : text)
    }, PAUSE_MS)
  }
  return (
    <input
      ref={box}
      type="search"
      size={Math.max(size, label.length)}
      maxLength={LONGEST}
      aria-label={label}
      placeholder={label}
      value={draft}
      onChange={({ target }) => type(target.value)}
    />
  )
}
