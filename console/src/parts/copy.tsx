// Copies a text and says so.

import { useState } from 'react'
import { useWords } from '../language.ts'
import { Icon } from './icon.tsx'

export function Copy({ text }: { text: string }) {
  const words = useWords().frame
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <button type="button" className="bare small" onClick={() => void copy()}>
      <Icon name="copy" />
      <span aria-live="polite">{isCopied ? words.copied : words.copy}</span>
    </button>
  )
}
