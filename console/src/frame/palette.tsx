// Ctrl+K: a screen by its name, or a hunt for whatever was typed.

import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useWords } from '../language.ts'
import { Modal } from '../parts/modal.tsx'
import { OptionList } from '../parts/option-list.tsx'
import { plainText } from '../parts/plain-text.ts'
import { useOptionList } from '../parts/use-option-list.ts'
import { quoted } from '../query-chips.ts'
import styles from './palette.module.css'
import { PLACES } from './places.ts'

type Choice = { readonly id: string; readonly label: string; readonly run: () => void }

export function Palette({ onClose }: { onClose: () => void }) {
  const words = useWords().palette
  const [text, setText] = useState('')
  const list = useId()
  const choices = useChoices(text.trim())
  const { at, onArrow, reset } = useOptionList(choices.length, 0)
  const take = (choice: Choice | undefined): void => {
    onClose()
    choice?.run()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') take(choices[at])
    else if (!onArrow(event.key)) return
    event.preventDefault()
  }
  return (
    <Modal title={words.title} onClose={onClose}>
      <input
        className={styles.input}
        role="combobox"
        autoFocus
        aria-label={words.prompt}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={at < 0 ? undefined : `${list}-${at}`}
        placeholder={words.prompt}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          reset()
        }}
        onKeyDown={onKeyDown}
      />
      <OptionList
        id={list}
        label={words.title}
        options={choices}
        at={at}
        take={take}
        className={styles.list}
      />
    </Modal>
  )
}

function useChoices(text: string): readonly Choice[] {
  const words = useWords()
  const navigate = useNavigate()
  const places = PLACES.filter(({ name }) =>
    plainText(words.places[name]).includes(plainText(text)),
  ).map(({ name, to }) => ({
    id: name,
    label: words.palette.goTo(words.places[name]),
    run: () => void navigate({ to }),
  }))
  if (text === '') return places
  const q = text.includes(':') ? text : quoted(text)
  const hunt = {
    id: 'find',
    label: words.palette.huntFor(text),
    run: () => void navigate({ to: '/hunt', search: { q } }),
  }
  return [...places, hunt]
}
