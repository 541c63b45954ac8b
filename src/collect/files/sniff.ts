// Which framing a text needs, by its first bytes.

import { LF } from './framer.ts'
import { isColumnLine } from './headed-framer.ts'
import { JsonFramer } from './json-framer.ts'
import { arrayAt, wrapperAt } from './json-wrapper.ts'
import { tableContext } from './table-framer.ts'

export type Framing = 'lines' | 'headed' | 'json' | 'xml' | 'table'

/** Enough to tell; more is looked at where it is already there. */
export const SNIFF_BYTES = 4096

const XML_EVENTS = /^(?:<\?xml[^>]*\?>\s*)?<Events?[\s>]/
/** Comments of others may stand above. */
const ZEEK_HEADER = /^(?:#[^\n]*\n)*#(?:separator\s|fields\t)/
/** W3C extended log file format: directives before the first entry. */
const W3C_HEADER = /^(?:#[^\n]*\n)*#Fields:\s/

export function sniffFraming(head: Buffer): Framing {
  const start = firstSignificant(head)
  const text = head.toString('latin1', start, start + SNIFF_BYTES)
  if (ZEEK_HEADER.test(text) || W3C_HEADER.test(text) || startsWithColumns(text)) return 'headed'
  if (text.startsWith('<')) return XML_EVENTS.test(text) ? 'xml' : 'lines'
  if (text.startsWith('[')) return arrayAt(head, start) === false ? 'lines' : 'json'
  if (/^\{\s*["}]/.test(text)) return isJsonLine(head, start) ? 'lines' : 'json'
  return headerOf(head) === undefined ? 'lines' : 'table'
}

/** The context of a table's rows, by the first bytes of its text; undefined where it is none. */
export function headerOf(head: Buffer): string | undefined {
  const start = firstSignificant(head)
  const end = head.indexOf(LF, start)
  return end === -1 ? undefined : tableContext(head.toString('utf8', start, end).replace(/\r$/, ''))
}

/** Columns cut out of Zeek logs keep their names in a first line of their own. */
function startsWithColumns(text: string): boolean {
  const first = text.split('\n').find((line) => line !== '' && !line.startsWith('#'))
  return first !== undefined && isColumnLine(first.replace(/\r$/, ''))
}

/** A first line that is exactly one JSON object, and not a wrapper: the rest are lines as well. */
function isJsonLine(head: Buffer, start: number): boolean {
  if (typeof wrapperAt(head, start) === 'number') return false
  const newline = head.indexOf(LF, start)
  const end = newline === -1 ? head.length : newline
  let elements = 0
  const framer = new JsonFramer(() => {
    elements += 1
  })
  framer.push(head.subarray(start, end))
  framer.end()
  return elements === 1 && !framer.isUnended
}

function firstSignificant(head: Buffer): number {
  let at = 0
  while (at < head.length && [9, 10, 13, 30, 32].includes(head[at] ?? 0)) at += 1
  return at
}
