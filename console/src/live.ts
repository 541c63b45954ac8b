// The station's counters over server-sent events. They say that something changed; screens decide what to fetch again, and
// never move what is being read.

import { useSyncExternalStore } from 'react'
import type { Live } from './api-types.ts'

export type LiveState = { readonly counters: Live | null; readonly isConnected: boolean }

/** People cannot follow more than one change a second; the engine need not either. */
const AT_MOST_EVERY_MS = 1000

let state: LiveState = { counters: null, isConnected: true }
let stream: EventSource | null = null
let waiting: ReturnType<typeof setTimeout> | null = null
let pending: LiveState = state
const listeners = new Set<() => void>()

export function useLive(): LiveState {
  return useSyncExternalStore(subscribe, () => state)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  stream ??= open()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stream?.close()
    stream = null
  }
}

function open(): EventSource {
  const source = new EventSource('/api/live')
  source.addEventListener('open', () => later({ ...pending, isConnected: true }))
  source.addEventListener('error', () => later({ ...pending, isConnected: false }))
  source.addEventListener('message', ({ data }) => {
    const counters = read(data)
    if (counters !== null) later({ counters, isConnected: true })
  })
  return source
}

function read(data: unknown): Live | null {
  try {
    const json: unknown = JSON.parse(String(data))
    return isLive(json) ? json : null
  } catch {
    return null
  }
}

function isLive(json: unknown): json is Live {
  return typeof json === 'object' && json !== null && 'alerts' in json && 'events' in json
}

function later(next: LiveState): void {
  pending = next
  waiting ??= setTimeout(() => {
    waiting = null
    state = pending
    for (const listener of listeners) listener()
  }, AT_MOST_EVERY_MS)
}
