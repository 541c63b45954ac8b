// What text must stand where a pattern matches: one of a few literals, which a scan finds far faster than it follows a
// hundred patterns. Understands the subset of RE2 that parsers and rules are written in; where it does not, it promises nothing.

/** A literal, or one in any case (in lower case here). */
export type RequiredText = string | { readonly anyCase: string }

/** Literals of which every text that the pattern matches holds at least one; undefined where the pattern says none. */
export function requiredText(pattern: string): readonly RequiredText[] | undefined {
  const reader: Reader = { pattern, at: 0, anyCase: false }
  const found = readAlternatives(reader)
  // A bracket too many: the pattern was not understood.
  return reader.at < pattern.length ? undefined : found
}

/** Where in the pattern reading stands, and whether case is ignored there. */
type Reader = { readonly pattern: string; at: number; anyCase: boolean }

type Texts = readonly RequiredText[] | undefined

type Part =
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'group'; readonly texts: Texts }
  | { readonly kind: 'other' }

const OTHER: Part = { kind: 'other' }

/** Alternatives up to the end or a closing bracket: each must require something, or the whole requires nothing. */
function readAlternatives(reader: Reader): Texts {
  const all = [readSequence(reader)]
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1
    all.push(readSequence(reader))
  }
  const texts = all.flatMap((one) => one ?? [])
  return all.includes(undefined) ? undefined : unique(texts)
}

function unique(texts: readonly RequiredText[]): readonly RequiredText[] {
  return [...new Map(texts.map((text) => [JSON.stringify(text), text])).values()]
}

function readSequence(reader: Reader): Texts {
  let best: Texts
  let run = ''
  const endRun = () => {
    if (run !== '') best = better(best, runText(run, reader))
    run = ''
  }
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    const part = readPart(reader)
    const times = readRepeat(reader)
    if (part.kind === 'letter' && times !== 'any') run += part.letter
    if (part.kind === 'letter' && times === 'once') continue
    endRun()
    if (part.kind === 'group' && times !== 'any') best = better(best, part.texts)
  }
  endRun()
  return best
}

/** Which letters are one another's other case is plain in ASCII alone. */
function runText(run: string, { anyCase }: Reader): Texts {
  if (!anyCase) return [run]
  return /^[ -~]+$/.test(run) ? [{ anyCase: run.toLowerCase() }] : undefined
}

/** The longer the shortest of the literals, the fewer lines hold one by chance. */
function better(a: Texts, b: Texts): Texts {
  if (a === undefined || b === undefined) return a ?? b
  return shortest(b) > shortest(a) ? b : a
}

/** Letters of the shortest text. */
export function shortest(texts: readonly RequiredText[]): number {
  return Math.min(...texts.map((text) => (typeof text === 'string' ? text : text.anyCase).length))
}

function readPart(reader: Reader): Part {
  const letter = reader.pattern[reader.at] ?? ''
  reader.at += 1
  if (letter === '\\') return readEscape(reader)
  if (letter === '[') return skipClass(reader)
  if (letter === '(') return readGroup(reader)
  return '.^$'.includes(letter) ? OTHER : { kind: 'letter', letter }
}

/** `\.` is a dot; `\d`, `\b`, `\x41`, `\pL` and their like are no literal. */
function readEscape(reader: Reader): Part {
  const letter = reader.pattern[reader.at] ?? ''
  reader.at += 1
  const rest = /^(?:\{[^}]*\}|..?)/.exec(reader.pattern.slice(reader.at))?.[0] ?? ''
  if ('pPx'.includes(letter) && letter !== '')
    reader.at += rest.startsWith('{') ? rest.length : letter === 'x' ? 2 : 1
  return /[A-Za-z0-9]/.test(letter) ? OTHER : { kind: 'letter', letter }
}

function skipClass(reader: Reader): Part {
  // A bracket that comes first is a member.
  const whole = /^\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]/s.exec(reader.pattern.slice(reader.at))
  reader.at += whole?.[0].length ?? reader.pattern.length
  return OTHER
}

/** `(?:…)` and `(…)` require what stands in them; flags may say that case is ignored there. */
function readGroup(reader: Reader): Part {
  const rest = reader.pattern.slice(reader.at)
  const flags = /^\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/.exec(rest)
  const opening = flags ?? /^(?:\?P?<\w+>)?(?!\?)/.exec(rest)
  reader.at += opening?.[0].length ?? 1
  const outside = reader.anyCase
  if (flags?.[1]?.includes('i') === true) reader.anyCase = true
  if (flags?.[2]?.includes('i') === true) reader.anyCase = false
  const texts = readAlternatives(reader)
  reader.anyCase = outside
  // `(?i)` stands for itself and changes all that follows, up to the bracket that closes what it stands in.
  if (flags?.[3] !== ')') reader.at += 1
  return opening === null ? OTHER : { kind: 'group', texts }
}

/** How often what stands before comes: once; at least once; or perhaps never. */
function readRepeat(reader: Reader): 'once' | 'some' | 'any' {
  const repeat = /^(?:[*+?]|\{(\d*)(?:,\d*)?\})[?+]?/.exec(reader.pattern.slice(reader.at))
  if (repeat === null) return 'once'
  reader.at += repeat[0].length
  const least = repeat[0].startsWith('{') ? Number(repeat[1]) : repeat[0].startsWith('+') ? 1 : 0
  return least > 0 ? 'some' : 'any'
}
