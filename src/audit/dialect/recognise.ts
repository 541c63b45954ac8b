// Which make wrote this, judged from what is written and never from a file's name.

import type { Form } from '../tree/config-tree.ts'
import { isJson } from '../tree/json.ts'
import type { Cue, Dialect } from './dialect.ts'

export type Recognised =
  | {
      readonly kind: 'known'
      readonly dialect: Dialect
      /** False: nothing speaks for another make than the one that many imitate. */
      readonly isSure: boolean
      readonly form: Form
      /** What gave it away: lines of the text, strongest first. */
      readonly because: readonly Evidence[]
    }
  | {
      readonly kind: 'unknown'
      /** `nothing`: no cue at all. `close`: two makes write like this. */
      readonly why: 'nothing' | 'close'
      readonly nearest: readonly string[]
      readonly form: Form
    }

export type Evidence = { readonly line: number; readonly text: string; readonly weight: number }

/** How a text of a known make is written. */
export function formIn(dialect: Dialect, lines: readonly string[]): Form {
  return formOf(dialect, shapeOf(sampleOf(lines)))
}

export type Score = {
  readonly dialect: Dialect
  readonly points: number
  /** Weight of its strongest cue. */
  readonly strongest: number
  readonly because: readonly Evidence[]
}

/** Points a make must have. */
const ENOUGH = 3
/** The same, for the make that is taken when nothing speaks for another. */
const ENOUGH_TO_IMITATE = 2
/** Weight of a cue that hardly another make writes: without one, only the make that others imitate is named. */
const STRONG = 3
/** Weight of a cue by which a make says its name. */
export const NAMED = 10
/** A cue counts this often at most, so that a thousand equal lines do not outvote a version line. */
const CUE_CAP = 3
const EVIDENCE_SHOWN = 3

/** Says `unknown` rather than guess. */
export function recognise(lines: readonly string[], dialects: readonly Dialect[]): Recognised {
  const sample = sampleOf(lines)
  const shape = shapeOf(sample)
  const byLetter = new ByLetter(sample)
  const fitting = dialects.filter((dialect) => fits(dialect, shape))
  const ranked = rankedBy(byLetter, fitting)
  const named = ranked.filter(({ strongest }) => strongest >= NAMED)
  const sure = named.length > 0 ? named : ranked.filter(({ strongest }) => strongest >= STRONG)
  const isSure = sure.length > 0
  const [best, second] = isSure ? sure : ranked.filter(isImitated)
  if (best === undefined || best.points < (isSure ? ENOUGH : ENOUGH_TO_IMITATE))
    return { kind: 'unknown', why: 'nothing', nearest: [], form: plainForm(shape) }
  if (second !== undefined && second.points === best.points)
    return {
      kind: 'unknown',
      why: 'close',
      nearest: [best.dialect.title, second.dialect.title],
      form: plainForm(shape),
    }
  return {
    kind: 'known',
    dialect: best.dialect,
    isSure,
    form: formOf(best.dialect, shape),
    because: best.because.toSorted((a, b) => b.weight - a.weight).slice(0, EVIDENCE_SHOWN),
  }
}

/** Makes that more than imitation speaks for, however the text is written; strongest first. */
export function contenders(
  lines: readonly string[],
  dialects: readonly Dialect[],
): readonly Score[] {
  return rankedBy(new ByLetter(sampleOf(lines)), dialects).filter(isStrong)
}

function isStrong({ strongest, points }: Score): boolean {
  return strongest >= STRONG && points >= 2 * ENOUGH
}

function rankedBy(sample: ByLetter, dialects: readonly Dialect[]): readonly Score[] {
  return dialects
    .map((dialect) => scoreOf(dialect, sample))
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
}

function isImitated({ dialect }: Score): boolean {
  return dialect.fallback
}

type Sample = {
  readonly text: string
  readonly starts: readonly number[]
  readonly numbers: readonly number[]
}

const HEAD_LINES = 500
const FURTHER_LINES = 500

/** The head, and lines taken evenly from the rest: a long text is not read whole to be recognised. */
function sampleOf(lines: readonly string[]): Sample {
  const step = Math.max(1, Math.ceil((lines.length - HEAD_LINES) / FURTHER_LINES))
  const numbers: number[] = []
  const parts: string[] = []
  for (let index = 0; index < lines.length; index += index < HEAD_LINES ? 1 : step) {
    numbers.push(index + 1)
    parts.push((lines[index] ?? '').slice(0, LINE_SHOWN).trimEnd())
  }
  return joined(parts, numbers)
}

function joined(lines: readonly string[], numbers: readonly number[]): Sample {
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += line.length + 1
  }
  return { text: lines.join('\n'), starts, numbers }
}

const LINE_SHOWN = 200

/** Where a cue is met: the line's number, and its place in the text it was found in. */
type Meeting = { readonly sample: Sample; readonly index: number; readonly number: number }

/** The lines of a sample put together by how they begin: a cue is looked for where it can stand. */
class ByLetter {
  readonly #whole: Sample
  readonly #parts = new Map<string, Sample>()

  constructor(whole: Sample) {
    this.#whole = whole
    const lines = Map.groupBy(
      whole.text.split('\n').map((text, at) => ({ text, number: whole.numbers[at] ?? 0 })),
      ({ text }) => text.charAt(0),
    )
    for (const [letter, own] of lines)
      this.#parts.set(
        letter,
        joined(
          own.map(({ text }) => text),
          own.map(({ number }) => number),
        ),
      )
  }

  /** As many as count, in the order of their lines. */
  meetings(cue: Cue): readonly Meeting[] {
    if (cue.letters === null) return found(cue, this.#whole)
    const parts = [...cue.letters].flatMap((letter) => this.#parts.get(letter) ?? [])
    const all = parts.flatMap((part) => found(cue, part))
    return parts.length < 2 ? all : all.toSorted((a, b) => a.number - b.number).slice(0, CUE_CAP)
  }
}

function found(cue: Cue, sample: Sample): readonly Meeting[] {
  return meetings(cue, sample.text).map((index) => ({
    sample,
    index,
    number: sample.numbers[lineAt(index, sample)] ?? 0,
  }))
}

function lineAt(index: number, { starts }: Sample): number {
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= index),
  )
}

function scoreOf(dialect: Dialect, sample: ByLetter): Score {
  let points = 0
  const because: Evidence[] = []
  for (const cue of dialect.cues) {
    const met = sample.meetings(cue)
    points += cue.weight * met.length
    const [first] = met
    if (first !== undefined) because.push(evidence(cue, first))
  }
  const strongest = Math.max(0, ...because.map(({ weight }) => weight))
  return { dialect, points, strongest, because }
}

function meetings({ is }: Cue, text: string): readonly number[] {
  const places: number[] = []
  is.lastIndex = 0
  for (
    let match = is.exec(text);
    match !== null && places.length < CUE_CAP;
    match = is.exec(text)
  ) {
    places.push(match.index)
    if (match[0] === '') is.lastIndex += 1
  }
  return places
}

function evidence({ weight }: Cue, { sample, index, number }: Meeting): Evidence {
  const start = sample.starts[lineAt(index, sample)] ?? 0
  const end = sample.text.indexOf('\n', start)
  return {
    line: number,
    text: sample.text.slice(start, end === -1 ? undefined : end).trim(),
    weight,
  }
}

type Shape = {
  readonly isJson: boolean
  readonly isXml: boolean
  readonly braces: number
  readonly sets: number
  readonly edits: number
  readonly contexts: number
  readonly lines: number
}

function shapeOf({ text, starts }: Sample): Shape {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  return {
    isJson: isJson(text),
    isXml: /^\s*(?:[#!].*\n\s*)*</.test(text),
    braces: count(/(?:[{;]|^\s*\})\s*(?:##.*)?$/gm),
    sets: count(/^(?:set|deactivate|delete|add|net add|\/configure) \S/gm),
    edits: count(/^\s*(?:edit \S|next$)/gm),
    contexts: count(/^\/[a-z]/gm),
    lines: starts.length,
  }
}

function fits({ forms }: Dialect, shape: Shape): boolean {
  if (forms.includes('json') !== shape.isJson) return false
  return forms.includes('xml') === shape.isXml || (!shape.isXml && forms.length > 1)
}

function formOf({ forms }: Dialect, shape: Shape): Form {
  const [first] = forms
  if (forms.length === 1 && first !== undefined) return first
  if (shape.isXml && forms.includes('xml')) return 'xml'
  const isBraced = shape.braces > shape.sets && shape.braces * 5 > shape.lines
  if (forms.includes('brace') && isBraced) return 'brace'
  if (forms.includes('set') && (shape.sets > 0 || !forms.includes('indent'))) return 'set'
  return (
    forms.find((form) => form === 'indent') ?? forms.find((form) => form === 'brace') ?? 'indent'
  )
}

/** How an unknown text is read: by what it looks like. */
function plainForm(shape: Shape): Form {
  if (shape.isXml) return 'xml'
  if (shape.isJson) return 'json'
  if (shape.edits * 4 > shape.lines) return 'edit'
  if (shape.braces * 2 > shape.lines) return 'brace'
  return 'indent'
}
