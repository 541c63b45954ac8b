// The text of `nft list ruleset` as tables of chains, sets and maps; a rule is its words with the line it stands on.

export type Word = { readonly text: string; readonly line: number; readonly isQuoted: boolean }
export type Words = readonly Word[]

export type NftChain = {
  readonly name: string
  /** `null`: of a person's own, which is called. */
  readonly base: {
    readonly type: string
    readonly hook: string
    readonly priority: number
    readonly policy: string
    readonly devices: readonly string[]
  } | null
  readonly rules: readonly Words[]
  readonly line: number
}

/** Each element as written between commas; of a map with what it leads to. */
export type NftSet = { readonly elements: readonly Words[]; readonly hasElements: boolean }

export type NftTable = {
  readonly family: string
  readonly name: string
  readonly isDormant: boolean
  readonly chains: ReadonlyMap<string, NftChain>
  readonly sets: ReadonlyMap<string, NftSet>
}

export type Ruleset = {
  readonly tables: readonly NftTable[]
  /** Words that belong to a script and not to a listing: what they do is not worked out. */
  readonly strange: readonly string[]
}

const TOKEN = /"([^"\n]*)"|(#[^\n]*)|(\n)|([{},;])|([^\s{},;"#]+)/g

function wordsOf(lines: readonly string[]): Words {
  const words: Word[] = []
  lines.forEach((text, at) => {
    for (const [, quoted, comment, , mark, plain] of text.matchAll(TOKEN)) {
      if (comment !== undefined) break
      const said = quoted ?? mark ?? plain
      if (said !== undefined)
        words.push({ text: said, line: at + 1, isQuoted: quoted !== undefined })
    }
    words.push({ text: '\n', line: at + 1, isQuoted: false })
  })
  return words
}

/** A block with the words before it, or one statement. */
type Part = { readonly head: Words; readonly body: Words | null }

/** Statements end with their line or a semicolon; braces in a rule hold a set and belong to it. */
function* partsOf(words: Words): Generator<Part> {
  let head: Word[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]
    if (word === undefined) break
    const { text, isQuoted } = word
    if (!isQuoted && (text === '\n' || text === ';')) {
      if (head.length > 0) yield { head, body: null }
      head = []
    } else if (!isQuoted && text === '{') {
      const end = closing(words, at)
      const inner = words.slice(at + 1, end)
      if (opensBlock(head)) {
        yield { head, body: inner }
        head = []
      } else head.push(word, ...inner.filter((one) => one.isQuoted || one.text !== '\n'), BRACE)
      at = end
    } else head.push(word)
  }
  if (head.length > 0) yield { head, body: null }
}

const BRACE: Word = { text: '}', line: 0, isQuoted: false }
const BLOCKS = new Set([
  'table',
  'chain',
  'set',
  'map',
  'flowtable',
  'counter',
  'quota',
  'limit',
  'secmark',
  'synproxy',
])

function opensBlock([first, , , fourth]: Words): boolean {
  return first !== undefined && BLOCKS.has(first.text) && fourth === undefined
}

function closing(words: Words, open: number): number {
  let depth = 0
  for (let at = open; at < words.length; at += 1) {
    const word = words[at]
    if (word === undefined || word.isQuoted) continue
    if (word.text === '{') depth += 1
    else if (word.text === '}') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return words.length
}

export function rulesetIn(lines: readonly string[]): Ruleset {
  const tables: NftTable[] = []
  const strange: string[] = []
  for (const { head, body } of partsOf(wordsOf(lines))) {
    const [kind, second, third] = head.map(({ text }) => text)
    if (kind === 'table' && body !== null)
      tables.push(
        third === undefined
          ? tableFrom('ip', second ?? '', body)
          : tableFrom(second ?? '', third, body),
      )
    else if (kind !== 'flush' && kind !== 'metainfo') strange.push(kind ?? '')
  }
  return { tables, strange }
}

function tableFrom(family: string, name: string, body: Words): NftTable {
  const chains = new Map<string, NftChain>()
  const sets = new Map<string, NftSet>()
  let isDormant = false
  for (const { head, body: inner } of partsOf(body)) {
    const [kind, own] = head
    if (kind?.text === 'flags') isDormant ||= head.some(({ text }) => text === 'dormant')
    if (inner === null || own === undefined) continue
    if (kind?.text === 'chain') chains.set(own.text, chainFrom(own, inner))
    if (kind?.text === 'set' || kind?.text === 'map') sets.set(own.text, setFrom(inner))
  }
  return { family, name, isDormant, chains, sets }
}

function chainFrom({ text: name, line }: Word, body: Words): NftChain {
  const rules: Words[] = []
  let base: NftChain['base'] = null
  for (const { head } of partsOf(body)) {
    const words = head.map(({ text }) => text)
    const [first] = words
    if (first === 'type') base = { ...(base ?? NO_BASE), ...baseFrom(words) }
    else if (first === 'policy') base = { ...(base ?? NO_BASE), policy: words[1] ?? '' }
    else if (first !== 'comment') rules.push(head)
  }
  return { name, base, rules, line }
}

const NO_BASE = { type: '', hook: '', priority: 0, policy: 'accept', devices: [] }

function baseFrom(words: readonly string[]): Partial<NonNullable<NftChain['base']>> {
  const after = (name: string) => words[words.indexOf(name) + 1] ?? ''
  const devices = words.includes('devices')
    ? words.slice(words.indexOf('{') + 1, words.indexOf('}')).filter((word) => word !== ',')
    : words.includes('device')
      ? [after('device')]
      : []
  const at = words.indexOf('priority')
  return {
    type: after('type'),
    hook: after('hook'),
    priority: priorityOf(words.slice(at + 1)),
    devices,
  }
}

const PRIORITIES: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
}

/** `0`, `filter`, `filter + 10`, `mangle - 5`. */
function priorityOf([name = '0', sign, by]: readonly string[]): number {
  const base = /^-?\d+$/.test(name) ? Number(name) : (PRIORITIES[name] ?? 0)
  if (sign !== '+' && sign !== '-') return base
  return base + (sign === '+' ? 1 : -1) * Number(by ?? 0)
}

function setFrom(body: Words): NftSet {
  for (const { head } of partsOf(body))
    if (head[0]?.text === 'elements') return { elements: elementsIn(head), hasElements: true }
  return { elements: [], hasElements: !isDynamic(body) }
}

/** Filled while packets pass: what is in it now is not in it for ever. */
function isDynamic(body: Words): boolean {
  return body.some(({ text }) => text === 'dynamic' || text === 'timeout')
}

/** What stands between braces, parted by commas. */
export function elementsIn(words: Words): readonly Words[] {
  const open = words.findIndex(({ text, isQuoted }) => text === '{' && !isQuoted)
  const elements: Word[][] = []
  let own: Word[] = []
  for (const word of words.slice(open + 1)) {
    if (!word.isQuoted && (word.text === ',' || word.text === '}')) {
      if (own.length > 0) elements.push(own)
      own = []
      if (word.text === '}') break
    } else own.push(word)
  }
  return elements
}
