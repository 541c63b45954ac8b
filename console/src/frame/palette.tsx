// Ctrl+K: a screen by its name, or a hunt for whatever was typed.

import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useWords } from '../language.ts'
import { Modal } from '../parts/modal.tsx'
import { quoted } from '../query-chips.ts'
import styles from './palette.module.css'
import { PLACES } from './places.ts'

type Choice = { readonly id: string; readonly label: string; readonly run: () => void }

export function Palette({ onClose }: { onClose: () => void }) {
  const words = useWords().palette
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useId()
  const choices = useChoices(text.trim())
  const chosen = choices[Math.min(at, choices.length - 1)]
  const take = (choice: Choice | undefined): void => {
    onClose()
    choice?.run()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setAt((at + step + choices.length) % choices.length)
    else if (event.key === 'Enter') take(chosen)
    else return
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
        aria-activedescendant={chosen && `${list}-${chosen.id}`}
        placeholder={words.prompt}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={list} role="listbox" aria-label={words.title} className={styles.list}>
        {choices.map((choice) => (
          <li
            key={choice.id}
            id={`${list}-${choice.id}`}
            role="option"
            aria-selected={choice === chosen}
            onClick={() => take(choice)}
          >
            {choice.label}
          </li>
        ))}
      </ul>
    </Modal>
  )
}

function useChoices(text: string): readonly Choice[] {
  const words = useWords()
  const navigate = useNavigate()
  const places = PLACES.filter(({ name }) => matches(words.places[name], text)).map(
    ({ name, to }) => ({
      id: name,
      label: words.palette.goTo(words.places[name]),
      run: () => void navigate({ to }),
    }),
  )
  if (text === '') return places
  const q = text.includes(':') ? text : quoted(text)
  const hunt = {
    id: 'find',
    label: words.palette.huntFor(text),
    run: () => void navigate({ to: '/hunt', search: { q } }),
  }
  return [...places, hunt]
}

/** Without regard to case or accents, so that `regles` finds Règles. */
function matches(name: string, text: string): boolean {
  const plain = (one: string): string => one.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain(name).includes(plain(text))
}
