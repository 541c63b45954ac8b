// Talks with a device at its prompt: reads, and types nothing but the commands of its platform. An answer is whole when the
// prompt comes back, and where the platform has one, its last line stands before it.

import type { PullProblem } from '../../core/index.ts'
import { LIMITS } from '../tree/node-builder.ts'
import type { Platform } from './platform-content.ts'
import { lastLine, shownText } from './screen.ts'

/** Both ends of a terminal on the device. */
export type Terminal = {
  readonly write: (text: string) => void
  /** Pieces as they come; ends when the device closes. */
  readonly pieces: AsyncIterator<string>
}
export type DialogueLimits = {
  /** No byte for so long: it stopped. */
  readonly idleMs: number
  /** It is quiet for so long: what stands last is a prompt. */
  readonly quietMs: number
  readonly mostBytes: number
  /** The whole of it. */
  readonly totalMs: number
}
export const DIALOGUE_LIMITS: DialogueLimits = {
  idleMs: 30_000,
  quietMs: 250,
  mostBytes: LIMITS.size,
  totalMs: 10 * 60_000,
}

export class PullTrouble extends Error {
  readonly problem: PullProblem
  readonly met: string
  constructor(problem: PullProblem, met: string) {
    super(problem)
    this.problem = problem
    this.met = met
      .replaceAll(/[^\x20-\x7E]/g, '?')
      .trim()
      .slice(0, 120)
  }
}

type Talk = {
  readonly terminal: Terminal
  readonly platform: Platform
  readonly limits: DialogueLimits
  readonly startMs: number
  /** A read that was asked for and did not come yet. */
  next: Promise<IteratorResult<string>> | undefined
  /** The prompt, once it is known. */
  prompt: string | undefined
}

/** The configuration. Throws PullTrouble. */
export async function readByPrompt(
  terminal: Terminal,
  platform: Platform,
  options: { readonly limits?: Partial<DialogueLimits>; readonly enable?: string | undefined } = {},
): Promise<string> {
  const limits = { ...DIALOGUE_LIMITS, ...options.limits }
  const talk: Talk = {
    terminal,
    platform,
    limits,
    startMs: Date.now(),
    next: undefined,
    prompt: undefined,
  }
  await firstPrompt(talk)
  await seeAll(talk, options.enable)
  for (const command of platform.before) await ask(talk, command)
  const answers: string[] = []
  for (const command of platform.show) answers.push(answerOf(await ask(talk, command), platform))
  if (platform.after !== undefined) terminal.write(`${platform.after}\n`)
  return answers.join('\n')
}

async function firstPrompt(talk: Talk): Promise<void> {
  const { prompt } = talk.platform
  const text = await readUntil(talk, (line) => prompt?.test(line) === true)
  talk.prompt = lastLine(text)
}

/** Where the prompt sees a part only: enable, with the password that somebody gave for it; else it says so. */
async function seeAll(talk: Talk, password: string | undefined): Promise<void> {
  const { enable } = talk.platform
  if (enable === undefined || !enable.sees_part.test(talk.prompt ?? '')) return
  if (password === undefined) throw new PullTrouble('needs_enable', talk.prompt ?? '')
  talk.prompt = undefined
  talk.terminal.write(`${enable.command}\n`)
  await readUntil(talk, (line) => enable.asks.test(line))
  talk.terminal.write(`${password}\n`)
  const text = await readUntil(
    talk,
    (line) => talk.platform.prompt?.test(line) === true || enable.asks.test(line),
  )
  if (!enable.prompt.test(lastLine(text))) throw new PullTrouble('needs_enable', lastLine(text))
  talk.prompt = lastLine(text)
}

/** What stands between the command and the prompt that comes back. */
async function ask(talk: Talk, command: string): Promise<string> {
  talk.terminal.write(`${command}\n`)
  const text = await readUntil(talk, (line) => line === talk.prompt)
  const lines = text.split('\n').slice(0, -1)
  // The device shows what was typed, behind its prompt or alone.
  const echo = lines.findIndex((line) => line.trim() !== '')
  if (lines[echo]?.endsWith(command) === true) lines.splice(0, echo + 1)
  return lines.join('\n')
}

/** Pages are turned; their mark goes with them. */
async function readUntil(talk: Talk, isEnd: (line: string) => boolean): Promise<string> {
  const { platform, limits, terminal } = talk
  const lines: string[] = []
  let bytes = 0
  /** The line that is being written. */
  let raw = ''
  for (;;) {
    const waitMs = isWaiting(raw, platform, isEnd) ? limits.quietMs : limits.idleMs
    const piece = await nextPiece(talk, waitMs)
    if (piece === 'quiet') {
      const line = shownText(raw)
      if (isEnd(line)) return shownText([...lines, raw].join(''))
      if (platform.more.test(line)) {
        // Its mark is wiped away: by the device, or here.
        raw = ''
        terminal.write(' ')
        continue
      }
      throw new PullTrouble(talk.prompt === undefined ? 'no_prompt' : 'stalled', line)
    }
    if (piece === 'closed')
      throw new PullTrouble(
        talk.prompt === undefined ? 'no_prompt' : 'closed',
        lastLine(shownText(raw)),
      )
    raw += piece
    const end = raw.lastIndexOf('\n') + 1
    if (end > 0) lines.push(raw.slice(0, end))
    raw = raw.slice(end)
    bytes += piece.length
    if (bytes > limits.mostBytes) throw new PullTrouble('too_large', '')
    if (Date.now() - talk.startMs > limits.totalMs)
      throw new PullTrouble('stalled', raw.slice(-500))
  }
}

const LONGEST_PROMPT = 1000

/** Whether the end of what came is where a device waits for somebody. */
function isWaiting(raw: string, { more }: Platform, isEnd: (line: string) => boolean): boolean {
  if (raw.length > LONGEST_PROMPT) return false
  const line = shownText(raw)
  return isEnd(line) || more.test(line)
}

async function nextPiece(talk: Talk, waitMs: number): Promise<string> {
  talk.next ??= talk.terminal.pieces.next()
  const { promise: quiet, resolve } = Promise.withResolvers<'quiet'>()
  const timer = setTimeout(() => resolve('quiet'), waitMs)
  const met = await Promise.race([talk.next, quiet])
  clearTimeout(timer)
  if (met === 'quiet') return 'quiet'
  talk.next = undefined
  return met.done === true ? 'closed' : met.value
}

const FIRST_LINES = 10

/** Throws where the answer is a refusal, or has no end. */
export function answerOf(text: string, { refused, end }: Platform): string {
  const lines = text.split('\n').map((line) => line.trimEnd())
  const refusal = lines
    .filter((line) => line !== '')
    .slice(0, FIRST_LINES)
    .find((line) => refused.test(line))
  if (refusal !== undefined) throw new PullTrouble('command_refused', refusal)
  while (lines.length > 0 && lines.at(-1) === '') lines.pop()
  const last = lines.at(-1) ?? ''
  if (lines.length === 0 || (end !== undefined && !end.test(last)))
    throw new PullTrouble('no_end', last)
  return `${lines.join('\n')}\n`
}
