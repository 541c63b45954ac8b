// What makes a statement the same one in another version: its whole text, or the part of it that is a name.

import type { Dialect } from '../dialect/dialect.ts'
import type { Form } from '../tree/config-tree.ts'
import type { ViewNode } from './view-node.ts'

type Context = { readonly form: Form; readonly dialect: Dialect }

/** Marks that switch a statement off or guard it; it stays the same statement. */
const MARKS = /^(?:inactive|protect|replace): /

/** Of a statement, what patterns are tried on. */
const TRIED = 4096

/** Elements by which an entry of a list without a name is known, best first. */
const NAMES = [
  'tracker',
  'uuid',
  'refid',
  'vpnid',
  'uniqid',
  'name',
  'username',
  'if',
  'id',
  'mac',
  'descr',
]

export function keyOf(node: ViewNode, { form, dialect }: Context): string {
  const text = node.text.replace(MARKS, '')
  if (node.isBlock) return form === 'xml' ? `${text}${nameInside(node)}` : text
  const found = dialect.single?.exec(text.slice(0, TRIED))
  return found === null || found === undefined ? text : found[0].replace(/^no /, '')
}

function nameInside({ children }: ViewNode): string {
  for (const name of NAMES) {
    const found = children.find(({ isBlock, text }) => !isBlock && text.startsWith(`${name} `))
    if (found !== undefined) return ` (${found.text})`
  }
  return ''
}

/** An entry's number says where it stands, which its place says already. */
export function withoutNumber(text: string): string {
  return text.replace(/^(?:seq )?\d+ (?=(?:permit|deny|remark)\b)/, '').replace(/ seq \d+ /, ' ')
}
