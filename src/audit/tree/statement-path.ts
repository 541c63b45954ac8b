// A statement in one line: everything it stands in, then itself. Checks and tables are written against it, so the brace,
// `set` and XML forms of one make read alike.

import type { ConfigNode, Form } from './config-tree.ts'

/** Between a block and what it holds. Where a name and its place may be one line, a blank. */
function joinerOf(form: Form): string {
  return form === 'indent' || form === 'edit' ? ' > ' : ' '
}

const LEADING: Readonly<Record<Form, RegExp | null>> = {
  indent: null,
  edit: /^(?:config|edit|set) /,
  brace: null,
  set: /^(?:set|net add|configure) /,
  context: null,
  xml: null,
  json: null,
}

/** The statement with single blanks, without quotes around single words, without the word that only says `here`. */
export function plainText(node: ConfigNode, form: Form): string {
  const leading = LEADING[form]
  const text = singleBlanks(leading === null ? node.text : node.text.replace(leading, ''))
  const plain = text.includes('"') ? text.replaceAll(/"([^"\s]*)"/g, '$1') : text
  // VyOS puts every value of a `set` line between these.
  return form === 'set' && plain.endsWith("'") ? plain.replace(/ '([^'\s]*)'$/, ' $1') : plain
}

function singleBlanks(text: string): string {
  return /\s\s|[\t\n]/.test(text) ? text.replaceAll(/\s+/g, ' ').trim() : text
}

/** The blocks a statement stands in, outermost first. */
export function stanzaOf(node: ConfigNode, form: Form): readonly string[] {
  const stanza: string[] = []
  for (let above = node.parent; above !== null && above.parent !== null; above = above.parent)
    stanza.push(plainText(above, form))
  return stanza.toReversed()
}

export function statementPath(node: ConfigNode, form: Form): string {
  return [...stanzaOf(node, form), plainText(node, form)].join(joinerOf(form))
}

/** The path of something said under a known path. */
export function under(path: string, text: string, form: Form): string {
  return path === '' ? text : `${path}${joinerOf(form)}${text}`
}
