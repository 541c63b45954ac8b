// Hostile YAML to a small located tree: size, depth, node count and aliases are bounded before anything else looks at it.

import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import type { Document } from 'yaml'
import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { plainTrees } from './plain-yaml.ts'
import type { Entry, Place, ScalarTree, Tree } from './tree.ts'

export const MAX_FILE_BYTES = 1024 * 1024
const MAX_DEPTH = 32
const MAX_NODES = 200_000
const MAX_DOCUMENTS = 1000
const MAX_ALIASES = 100

/** Every document of a file, each a tree or a problem of its own. A file that is no YAML is one problem. */
export function readYaml(file: string, text: string): readonly Result<Tree>[] {
  if (text.length > MAX_FILE_BYTES) {
    return [
      problem('RULE_TOO_LARGE', `The file is larger than ${MAX_FILE_BYTES} bytes; split it.`, file),
    ]
  }
  const plain = plainTrees(text, PLAIN)
  if (plain === undefined) return readAnyYaml(file, text)
  return plain.map((tree) => ok(tree)).filter((result) => !isEmpty(result))
}

/** What the plain reader may take; beyond it the other says what is too much. */
const PLAIN = { depth: MAX_DEPTH, documents: MAX_DOCUMENTS, values: MAX_NODES }

/** `readYaml` of a text that need not be plain. */
export function readAnyYaml(file: string, text: string): readonly Result<Tree>[] {
  const lines = new LineCounter()
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      uniqueKeys: true,
      merge: false,
      logLevel: 'silent',
    })
    if (!Array.isArray(documents)) return []
    if (documents.length > MAX_DOCUMENTS) {
      return [
        problem(
          'RULE_TOO_LARGE',
          `The file holds ${documents.length} documents; at most ${MAX_DOCUMENTS} are read.`,
          file,
        ),
      ]
    }
    return documents
      .map((document) => readDocument(file, document, lines))
      .filter((result) => !isEmpty(result))
  } catch (thrown) {
    if (thrown instanceof RangeError)
      return [problem('RULE_TOO_DEEP', 'The YAML nests too deeply to be read.', file)]
    throw thrown
  }
}

function isEmpty(result: Result<Tree>): boolean {
  return result.ok && result.value.kind === 'scalar' && result.value.value === null
}

function readDocument(file: string, document: Document, lines: LineCounter): Result<Tree> {
  const [error] = document.errors
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0])
    return problem('YAML_INVALID', `The YAML cannot be read: ${firstLine(error.message)}`, file, {
      line,
      column: col,
    })
  }
  try {
    return ok(new TreeReader(document, lines).read())
  } catch (thrown) {
    if (thrown instanceof TooMuch) return problem('RULE_TOO_LARGE', thrown.message, file)
    throw thrown
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message
}

class TooMuch extends Error {}

class TreeReader {
  readonly #document: Document
  readonly #lines: LineCounter
  #nodes = 0
  #aliases = 0

  constructor(document: Document, lines: LineCounter) {
    this.#document = document
    this.#lines = lines
  }

  read(): Tree {
    return this.#tree(this.#document.contents, 0)
  }

  #tree(node: unknown, depth: number): Tree {
    this.#nodes += 1
    if (this.#nodes > MAX_NODES)
      throw new TooMuch(`The document holds more than ${MAX_NODES} values.`)
    if (depth > MAX_DEPTH) throw new TooMuch(`The document nests deeper than ${MAX_DEPTH} levels.`)
    if (isAlias(node)) return this.#alias(node.resolve(this.#document), depth)
    const at = this.#place(node)
    if (isMap(node))
      return { kind: 'map', entries: node.items.map((pair) => this.#entry(pair, depth)), at }
    if (isSeq(node))
      return { kind: 'list', items: node.items.map((item) => this.#tree(item, depth + 1)), at }
    return scalar(node, at)
  }

  #alias(target: unknown, depth: number): Tree {
    this.#aliases += 1
    if (this.#aliases > MAX_ALIASES)
      throw new TooMuch(`The document uses more than ${MAX_ALIASES} aliases.`)
    return this.#tree(target, depth + 1)
  }

  #entry(pair: { readonly key: unknown; readonly value: unknown }, depth: number): Entry {
    const key = this.#tree(pair.key, depth + 1)
    return {
      key: key.kind === 'scalar' ? key.text : '',
      value: this.#tree(pair.value, depth + 1),
      at: key.at,
    }
  }

  #place(node: unknown): Place {
    const start = isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined
    const { line, col } = this.#lines.linePos(start ?? 0)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
}

function scalar(node: unknown, at: Place): ScalarTree {
  if (!isScalar(node)) return { kind: 'scalar', value: null, text: '', at }
  const { value } = node
  if (typeof value === 'number')
    return { kind: 'scalar', value, text: numberText(value, node.source), at }
  if (typeof value === 'string' || typeof value === 'boolean')
    return { kind: 'scalar', value, text: String(value), at }
  return { kind: 'scalar', value: null, text: '', at }
}

/** Numbers compare with log text, so a decimal keeps its spelling; other notations become decimal. */
function numberText(value: number, source: string | undefined): string {
  return source !== undefined && /^-?\d+(\.\d+)?$/.test(source) ? source : String(value)
}

function problem(code: string, sentence: string, file: string, at?: Place): Result<Tree> {
  return failed({ code, sentence, file, ...at })
}

export function entryOf(tree: Tree, key: string): Tree | undefined {
  return tree.kind === 'map' ? tree.entries.find((entry) => entry.key === key)?.value : undefined
}

/** The text of a scalar, or '' where there is none. */
export function textOf(tree: Tree | undefined): string {
  return tree?.kind === 'scalar' ? tree.text : ''
}

export function textsOf(tree: Tree | undefined): readonly string[] {
  if (tree?.kind === 'list') return tree.items.map(textOf).filter((text) => text !== '')
  const text = textOf(tree)
  return text === '' ? [] : [text]
}
