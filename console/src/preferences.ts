// What a person chose, kept in this browser: language, look, keys and clock. Never forgotten on reload.

import { useSyncExternalStore } from 'react'

export type Language = 'en' | 'fr'

export type Preferences = {
  readonly language: Language | null
  readonly theme: 'auto' | 'light' | 'dark'
  readonly density: 'compact' | 'roomy'
  /** WCAG 2.1, 2.1.4: single-letter keys can be switched off. */
  readonly keys: 'hints' | 'plain' | 'none'
  readonly clock: 'local' | 'utc'
}

const PLACE = 'vigie.preferences'
const FIRST: Preferences = {
  language: null,
  theme: 'auto',
  density: 'compact',
  keys: 'hints',
  clock: 'local',
}
const CHOICES: { readonly [K in keyof Preferences]: readonly Preferences[K][] } = {
  language: [null, 'en', 'fr'],
  theme: ['auto', 'light', 'dark'],
  density: ['compact', 'roomy'],
  keys: ['hints', 'plain', 'none'],
  clock: ['local', 'utc'],
}

let current = read()
const listeners = new Set<() => void>()

function read(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '{}')
    return typeof kept === 'object' && kept !== null ? { ...FIRST, ...onlyKnown(kept) } : FIRST
  } catch {
    return FIRST
  }
}

/** Values of an older or hand-edited record that are no longer choices are left out. */
function onlyKnown(kept: object): Partial<Preferences> {
  const known = Object.entries(kept).filter(([name, value]) => {
    const choices: readonly unknown[] =
      new Map<string, readonly unknown[]>(Object.entries(CHOICES)).get(name) ?? []
    return choices.includes(value)
  })
  return Object.fromEntries(known)
}

export function getPreferences(): Preferences {
  return current
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(PLACE, JSON.stringify(current))
  } catch {
    // Storage can be switched off; the choice then lasts until reload.
  }
  applyLook()
  for (const listener of listeners) listener()
}

/** Puts theme and density on the root element, where the style sheets read them. */
export function applyLook(): void {
  const { dataset } = document.documentElement
  dataset['theme'] = current.theme
  dataset['density'] = current.density
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, getPreferences)
}
