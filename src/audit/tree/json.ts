// JSON as clouds and management servers export it: a member is a statement, an entry of a list a block known by its own name. Read
// with events, so that depth is held before anything is built.

import { visit as visitJson } from 'jsonc-parser'
import { LIMITS, LimitReached, NodeBuilder } from './node-builder.ts'
import type { OpenNode } from './node-builder.ts'

/** A text that could be nothing else: other forms do not begin with these. */
export function isJson(text: string): boolean {
  return /^\s*(?:\{\s*(?:"|\})|\[\s*(?:[[{"\]]|\d|null\b|true\b|false\b))/.test(text)
}

/** Members by which an entry of a list is known, best first. */
const NAMES = [
  'id',
  'uid',
  'GroupId',
  'NetworkInterfaceId',
  'SubnetId',
  'RouteTableId',
  'NetworkAclId',
  'VpcId',
  'name',
  'Name',
  'Key',
  'key',
]
const OTHER_NAMES = /(?:Id|Arn)$/
const LONGEST_NAME = 200

type Frame = { readonly node: OpenNode; readonly isList: boolean; readonly open: number }

export function buildJson(lines: readonly string[]): NodeBuilder {
  return new JsonTree(lines).read()
}

class JsonTree {
  readonly #source: string
  readonly #builder = new NodeBuilder()
  readonly #frames: Frame[] = []
  #member = ''
  #memberLine = 0
  #ownedTo = 0

  constructor(lines: readonly string[]) {
    this.#source = lines.join('\n')
  }

  read(): NodeBuilder {
    const closed = (_offset: number, _length: number, line: number) => this.#close(line + 1)
    visitJson(
      this.#source,
      {
        onObjectBegin: (_offset, _length, line) => this.#open(line + 1, false),
        onObjectEnd: closed,
        onArrayBegin: (_offset, _length, line) => this.#open(line + 1, true),
        onArrayEnd: closed,
        onObjectProperty: (name, _offset, _length, line) => {
          this.#member = name
          this.#memberLine = line + 1
        },
        onLiteralValue: (_value, offset, length, line) =>
          this.#say(this.#source.slice(offset, offset + length), line + 1),
        onError: (_error, offset, length, line) =>
          this.#strange(this.#source.slice(offset, offset + length), line + 1),
      },
      { disallowComments: true },
    )
    this.#builder.unclosed = this.#frames.length
    return this.#builder
  }

  #holder(): OpenNode {
    return this.#frames.at(-1)?.node ?? this.#builder.root
  }

  #isMember(): boolean {
    return this.#frames.at(-1)?.isList === false
  }

  #open(line: number, isList: boolean): void {
    if (this.#frames.length >= LIMITS.depth) throw new LimitReached('too_deep', line, LIMITS.depth)
    const first = this.#isMember() ? this.#memberLine : line
    const text = this.#isMember() ? this.#member : isList ? '[]' : '{}'
    const node = this.#builder.put(this.#holder(), 'statement', text, first, line)
    this.#frames.push({ node, isList, open: line })
    this.#ownedTo = line
  }

  #close(line: number): void {
    const frame = this.#frames.pop()
    if (frame === undefined) return
    const { node, isList } = frame
    if (node.text === '{}' && !isList) node.text = nameOf(node)
    if (line > this.#ownedTo) this.#builder.put(node, 'closer', isList ? ']' : '}', line, line)
    this.#ownedTo = line
  }

  #say(value: string, line: number): void {
    const first = this.#isMember() ? this.#memberLine : line
    const text = this.#isMember() ? `${this.#member} ${value}` : value
    this.#builder.put(this.#holder(), 'statement', text, first, line)
    this.#ownedTo = line
  }

  #strange(text: string, line: number): void {
    const shown = text.trim()
    if (shown !== '') this.#builder.put(this.#holder(), 'unparsed', shown, line, line)
  }
}

/** `{sg-0a1b}`; `{}` where an entry has no name. */
function nameOf({ children }: OpenNode): string {
  const said = (is: (member: string) => boolean) =>
    children.find(
      ({ text, children: inner }) => inner.length === 0 && is(text.split(' ', 1)[0] ?? ''),
    )?.text
  for (const name of NAMES) {
    const found = said((member) => member === name)
    if (found !== undefined) return shortName(found)
  }
  const other = said((member) => OTHER_NAMES.test(member))
  return other === undefined ? '{}' : shortName(other)
}

function shortName(text: string): string {
  return `{${text
    .slice(text.indexOf(' ') + 1)
    .replaceAll('"', '')
    .slice(0, LONGEST_NAME)}}`
}
