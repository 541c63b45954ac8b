// XML of PAN-OS, pfSense and OPNsense. Entities are never expanded and a document type is never read: both stay text.

import { LIMITS, LimitReached, NodeBuilder } from './node-builder.ts'
import type { OpenNode } from './node-builder.ts'

/** Attributes that say who touched an element and when, or how it is stored; they are kept in the lines alone. */
const ASIDE = new Set([
  'admin',
  'time',
  'dirtyId',
  'version',
  'urldb',
  'detail-version',
  'src',
  'ptemplate',
  'loc',
  'uuid',
  'persisted_at',
  'description',
])

export function buildXml(lines: readonly string[]): NodeBuilder {
  return new XmlReader(lines).read()
}

type Element = { readonly node: OpenNode; readonly name: string; text: string }

class XmlReader {
  readonly #source: string
  readonly #builder = new NodeBuilder()
  readonly #open: Element[] = []
  #at = 0
  #line = 1
  #ownedTo = 0
  #hasType = false

  constructor(lines: readonly string[]) {
    this.#source = lines.join('\n')
  }

  read(): NodeBuilder {
    const source = this.#source
    while (this.#at < source.length) {
      const next = source.indexOf('<', this.#at)
      this.#text(source.slice(this.#at, next === -1 ? source.length : next))
      if (next === -1) break
      this.#markup()
    }
    this.#builder.unclosed = this.#open.length
    return this.#builder
  }

  #text(text: string): void {
    const above = this.#open.at(-1)
    if (above === undefined) {
      if (text.trim() !== '') this.#stray(text)
      this.#pass(text)
      return
    }
    // What stands between elements is nobody's value.
    if (text.trim() !== '' && above.node.children.some(({ kind }) => kind === 'statement'))
      this.#stray(text)
    else above.text += text
    this.#pass(text)
  }

  #stray(text: string): void {
    const blank = text.length - text.trimStart().length
    const line = this.#line + count(text.slice(0, blank))
    this.#own(this.#holder(), 'unparsed', text.trim(), line, line + count(text.trim()))
  }

  #markup(): void {
    const source = this.#source
    if (source.startsWith('<!--', this.#at)) this.#aside('-->', 'comment')
    else if (source.startsWith('<![CDATA[', this.#at)) this.#characters()
    else if (source.startsWith('<?', this.#at)) this.#aside('?>', 'comment')
    else if (source.startsWith('<!', this.#at)) this.#documentType()
    else if (source.startsWith('</', this.#at)) this.#end()
    else this.#start()
  }

  #aside(ends: string, kind: 'comment' | 'unparsed'): void {
    const end = this.#source.indexOf(ends, this.#at)
    const text = this.#source.slice(this.#at, end === -1 ? this.#source.length : end + ends.length)
    this.#own(
      this.#holder(),
      end === -1 ? 'unparsed' : kind,
      text,
      this.#line,
      this.#line + count(text),
    )
    this.#pass(text)
  }

  /** Kept as it is written, and not understood on purpose. A document has one; what looks like more is a tag. */
  #documentType(): void {
    const rest = this.#source.slice(this.#at)
    const first = this.#hasType ? undefined : /^<![^>[]*\[[\s\S]*?\]\s*>/.exec(rest)?.[0]
    this.#hasType = true
    const inner = first ?? /^<![^>]*>/.exec(rest)?.[0] ?? rest
    this.#own(this.#holder(), 'unparsed', inner, this.#line, this.#line + count(inner))
    this.#pass(inner)
  }

  #characters(): void {
    const end = this.#source.indexOf(']]>', this.#at)
    const text = this.#source.slice(this.#at, end === -1 ? this.#source.length : end + 3)
    const above = this.#open.at(-1)
    if (above === undefined || end === -1) this.#stray(text)
    else above.text += text.slice('<![CDATA['.length, -3)
    this.#pass(text)
  }

  #start(): void {
    const tag = /^<([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/.exec(
      this.#source.slice(this.#at, this.#at + MOST_OF_A_TAG),
    )
    if (tag === null) {
      this.#stray('<')
      this.#pass('<')
      return
    }
    const [whole, name = '', attributes = '', empty = ''] = tag
    if (this.#open.length >= LIMITS.depth)
      throw new LimitReached('too_deep', this.#line, LIMITS.depth)
    const node = this.#own(
      this.#holder(),
      'statement',
      labelOf(name, attributes),
      this.#line,
      this.#line + count(whole),
    )
    this.#pass(whole)
    if (empty === '') this.#open.push({ node, name, text: '' })
  }

  #end(): void {
    const stop = this.#source.indexOf('>', this.#at)
    const text = this.#source.slice(this.#at, stop === -1 ? this.#source.length : stop + 1)
    const name = text.slice(2, -1).trim()
    const at = this.#open.findLastIndex((element) => element.name === name)
    if (at === -1) {
      this.#own(this.#holder(), 'unparsed', text, this.#line, this.#line)
      this.#pass(text)
      return
    }
    for (const element of this.#open.splice(at)) this.#settle(element)
    this.#pass(text)
  }

  /** An element that holds no other is its name and its value. */
  #settle({ node, text }: Element): void {
    const value = text.trim()
    const isLeaf = !node.children.some(({ kind }) => kind === 'statement')
    if (isLeaf && value !== '') {
      node.text = node.text === 'member' ? word(value) : `${node.text} ${word(value)}`
      node.ownLast = Math.max(node.ownLast, this.#line)
      node.last = node.ownLast
      this.#ownedTo = Math.max(this.#ownedTo, this.#line)
    } else if (this.#line > this.#ownedTo) this.#own(node, 'closer', '</>', this.#line, this.#line)
  }

  // oxlint-disable-next-line max-params
  #own(
    parent: OpenNode,
    kind: OpenNode['kind'],
    text: string,
    line: number,
    last: number,
  ): OpenNode {
    this.#ownedTo = Math.max(this.#ownedTo, last)
    return this.#builder.put(parent, kind, text, line, last)
  }

  #holder(): OpenNode {
    return this.#open.at(-1)?.node ?? this.#builder.root
  }

  #pass(text: string): void {
    this.#at += text.length
    this.#line += count(text)
  }
}

const MOST_OF_A_TAG = 8192

const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** `<entry name="x">` is called x, as in the `set` form; other names keep their attributes. */
function labelOf(name: string, attributes: string): string {
  const found = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', double, single]) => ({
    key,
    value: double ?? single ?? '',
  }))
  const given = found.find(({ key }) => key === 'name')
  if (name === 'entry' && given !== undefined) return word(given.value)
  const kept = found
    .filter(({ key }) => !ASIDE.has(key) && !key.startsWith('xmlns'))
    .map(({ key, value }) => `@${key}=${word(value)}`)
  return [name, ...kept].join(' ')
}

/** One word, quoted where it holds blanks. */
function word(value: string): string {
  return /\s/.test(value) ? `"${value.replaceAll('"', "'")}"` : value
}

function count(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}
