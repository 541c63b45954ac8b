// What commands over stored events share: instants as typed, and a line of progress.

import { VigieError } from '../core/index.ts'
import type { HistoryRun } from '../model/index.ts'
import { decimal, spanText } from '../words/index.ts'
import type { Context } from './context.ts'

/** A day alone is midnight UTC. */
export function instant(name: string, text: string): string {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) {
    throw new VigieError('SETTING_INVALID', { name, met: text, expected: '2026-11-23T14:05:00Z' })
  }
  return new Date(ms).toISOString()
}

type Under = Pick<HistoryRun, 'judged' | 'events' | 'reached' | 'secondsLeft' | 'waits'>

/** One line on a terminal, rewritten; nothing elsewhere. */
export function showProgress(
  { process: { stderr }, words: { cli }, language }: Context,
  run: Under,
): void {
  if (!stderr.isTTY) return
  const number = (value: number) => decimal(language, value, 0)
  const left = run.secondsLeft === null ? '…' : spanText(language, run.secondsLeft)
  const line = run.waits
    ? cli.rules.waits
    : cli.rules.progress(number(run.judged), number(run.events), minute(run.reached), left)
  stderr.write(`\r\u001B[K${line}`)
}

export function clearProgress({ process: { stderr } }: Context): void {
  if (stderr.isTTY) stderr.write('\r\u001B[K')
}

export function minute(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')}Z`
}
