// A box to find by. It keeps what is typed and tells the address a moment later: the address comes back too late to type by.

import { useEffect, useRef, useState } from 'react'

const PAUSE_MS = 150
/** The station takes no longer text to find by. */
const LONGEST = 200

type Props = {
  id: string
  label: string
  value: string | undefined
  find: (text: string | undefined) => void
  size: number
}

export function FindBox({ id, label, value = '', find, size }: Props) {
  const [draft, setDraft] = useState(value)
  const told = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setDraft(value)
  }, [value])
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
      id={id}
      type="search"
      size={size}
      maxLength={LONGEST}
      aria-label={label}
      placeholder={label}
      value={draft}
      onChange={({ target }) => type(target.value)}
    />
  )
}
