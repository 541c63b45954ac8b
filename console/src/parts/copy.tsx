// Copies a text and says so.

import { useState } from 'react'
import { useWords } from '../language.ts'
import { Icon } from './icon.tsx'

/** A text that costs something to make is made when it is asked for. */
export function Copy({ text }: { text: string | (() => string) }) {
  const words = useWords().frame
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
    setCopied(true)
  }
  return (
    <button type="button" className="bare small" onClick={() => void copy()}>
      <Icon name="copy" />
      <span aria-live="polite">{isCopied ? words.copied : words.copy}</span>
    </button>
  )
}
