// One configuration before and after one change, from a seed.

import { randomOf } from '../random.ts'
import type { Edit, Platform } from './kinds.ts'
import { valuesOf } from './values.ts'

export type Pair = { readonly before: string; readonly after: string }

/** Throws where the change leaves the configuration as it was: a kind that does nothing measures nothing. */
export function makeChange({ base }: Platform, edit: Edit, seed: number): Pair {
  const drawn = valuesOf(randomOf(seed))
  const before = base.map((piece) => filled(piece, drawn.fill)).join('')
  const { fill } = valuesOf(randomOf(seed + 1_000_003), drawn)
  const after = edited(before, edit, fill)
  if (after === before) throw new Error(`${JSON.stringify(edit)} changes nothing`)
  return { before, after }
}

function filled(piece: Platform['base'][number], fill: (text: string) => string): string {
  if (typeof piece === 'string') return fill(piece)
  return Array.from({ length: piece.times }, (_, at) =>
    fill(piece.text.replaceAll('{{i}}', String(at + 1)).replaceAll('{{word}}', `{{word:at${at}}}`)),
  ).join('')
}

function edited(before: string, edit: Edit, fill: (text: string) => string): string {
  let text = before
  if (edit.swapAll !== undefined) text = swapped(text, edit.swapAll, { fill, flags: 'gm' })
  if (edit.swap !== undefined) text = swapped(text, edit.swap, { fill, flags: 'm' })
  if (edit.dropAll !== undefined) text = text.replace(new RegExp(edit.dropAll, 'gm'), '')
  const { drop, dropBlock, moveLines, moveBlock, under, lines, add } = edit
  if (drop !== undefined)
    text = split(text)
      .filter((line) => !new RegExp(drop).test(line))
      .join('\n')
  if (dropBlock !== undefined) text = cutBlock(text, dropBlock).rest
  if (moveLines !== undefined) text = moved(text, moveLines)
  if (moveBlock !== undefined) {
    const { block, rest } = cutBlock(text, moveBlock[0])
    text = putBefore(rest, moveBlock[1], block)
  }
  if (under !== undefined && lines !== undefined)
    text = text.replace(new RegExp(`${under}.*$`, 'm'), (line) => `${line}\n${fill(lines)}`)
  return add === undefined ? text : withAtEnd(text, fill(add))
}

const split = (text: string): readonly string[] => text.split('\n')

type Swapping = { readonly fill: (text: string) => string; readonly flags: string }

function swapped(
  text: string,
  [pattern, by]: readonly [string, string],
  { fill, flags }: Swapping,
): string {
  return text.replace(new RegExp(fill(pattern), flags), fill(by))
}

function moved(text: string, [what, before]: readonly [string, string]): string {
  const is = new RegExp(what)
  const taken = split(text).filter((line) => is.test(line))
  const rest = split(text).filter((line) => !is.test(line))
  return putBefore(rest.join('\n'), before, taken)
}

function putBefore(text: string, before: string, block: readonly string[]): string {
  const lines = split(text)
  const at = lines.findIndex((line) => new RegExp(before).test(line))
  return [...lines.slice(0, at), ...block, ...lines.slice(at)].join('\n')
}

/** The first line that matches with what is indented below it, and the word that closes it. */
function cutBlock(text: string, from: string): { block: readonly string[]; rest: string } {
  const lines = split(text)
  const start = lines.findIndex((line) => new RegExp(from).test(line))
  if (start < 0) return { block: [], rest: text }
  const depth = indent(lines[start])
  let end = start + 1
  while (end < lines.length && indent(lines[end]) > depth) end += 1
  if (/^\s*(?:next|!)$/.test(lines[end] ?? '')) end += 1
  return {
    block: lines.slice(start, end),
    rest: [...lines.slice(0, start), ...lines.slice(end)].join('\n'),
  }
}

function indent(line: string | undefined): number {
  return /^ */.exec(line ?? '')?.[0].length ?? 0
}

function withAtEnd(text: string, lines: string): string {
  const end = /^(?:: )?end\n?$/m.exec(text)
  const isLast = end !== null && text.slice(end.index).trim().length <= 5
  return isLast
    ? `${text.slice(0, end.index)}${lines}\n${text.slice(end.index)}`
    : `${text.trimEnd()}\n${lines}\n`
}
