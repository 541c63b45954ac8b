// The keyboard. Screens and the frame register bindings; the one mounted last wins. The help dialog lists what is
// registered, so that it can never be wrong.

import { useEffect, useRef } from 'react'
import { getPreferences, usePreferences } from './preferences.ts'

export type Binding = {
  /** `j`, `Escape`, `g a` (one after the other), `mod+k` (Ctrl, or Command on a Mac). */
  readonly keys: string
  readonly label: string
  readonly run: () => void
}

const SEQUENCE_MS = 1200
const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]'
/** What Enter presses by itself. In a row of a list it opens the row. */
const PRESSABLE = 'a[href], button, summary'
const OWN_KEYS = '[role=menu], [role=dialog], [role=listbox], dialog, [popover]'

type Registered = { readonly current: readonly Binding[] }
const stack: Registered[] = []
let prefix: { key: string; until: number } | null = null

/** Registers bindings while the calling part is mounted. */
export function useKeys(bindings: readonly Binding[]): void {
  const latest = useRef(bindings)
  useEffect(() => {
    latest.current = bindings
  })
  useEffect(() => {
    stack.push(latest)
    if (stack.length === 1) document.addEventListener('keydown', onKeyDown)
    return () => {
      stack.splice(stack.indexOf(latest), 1)
      if (stack.length === 0) document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

/** What works now, the last registered first, each key once. */
export function activeBindings(): readonly Binding[] {
  const seen = new Set<string>()
  return stack
    .toReversed()
    .flatMap(({ current }) => current)
    .filter(({ keys }) => !seen.has(keys) && seen.add(keys))
}

/** `aria-keyshortcuts` and the hint beside a label; nothing where the person switched them off. */
export function useHint(key: string): string | null {
  const { keys } = usePreferences()
  return keys === 'hints' ? key : null
}

/** WCAG 2.1, 2.1.4 speaks of keys that are a letter, digit, punctuation or symbol alone. */
export function isCharacterKey(keys: string): boolean {
  return keys.split(' ').some((key) => key.length === 1)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return
  const pressed = nameOf(event)
  if (pressed === null || isTakenByTarget(event, pressed)) return
  const binding = find(pressed)
  if (binding === undefined) return
  event.preventDefault()
  binding.run()
}

function nameOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string | null {
  if (['Control', 'Shift', 'Meta'].includes(key)) return null
  const base = key.length === 1 ? key.toLowerCase() : key
  if (ctrlKey || metaKey) return `mod+${base}`
  return shiftKey && /^[a-z]$/u.test(base) ? `Shift+${base}` : base
}

/** Someone types, presses a button, or a menu or dialog is open: only combined keys are ours. */
function isTakenByTarget({ target }: KeyboardEvent, pressed: string): boolean {
  if (pressed.startsWith('mod+') || !(target instanceof Element)) return false
  if (pressed === 'Enter' && target.matches(PRESSABLE) && !target.closest('[data-row]')) return true
  return target.matches(TYPING) || target.closest(OWN_KEYS) !== null
}

function find(pressed: string): Binding | undefined {
  const now = Date.now()
  const sequence = prefix !== null && prefix.until > now ? `${prefix.key} ${pressed}` : null
  prefix = null
  const usable = activeBindings().filter(
    ({ keys }) => getPreferences().keys !== 'none' || !isCharacterKey(keys),
  )
  const exact = usable.find(({ keys }) => keys === (sequence ?? pressed))
  if (exact === undefined && usable.some(({ keys }) => keys.startsWith(`${pressed} `))) {
    prefix = { key: pressed, until: now + SEQUENCE_MS }
  }
  return exact
}
