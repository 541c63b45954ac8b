// Which framing a text needs, by its first bytes.

import { isDetail } from './detail-framer.ts'
import { LF } from './framer.ts'
import { isColumnLine } from './headed-framer.ts'
import { JsonFramer } from './json-framer.ts'
import { arrayAt, wrapperAt } from './json-wrapper.ts'
import { tableHead } from './table-framer.ts'
import type { TableHead } from './table-framer.ts'

export type Framing = 'lines' | 'headed' | 'json' | 'xml' | 'table' | 'detail'

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
  if (isDetail(text)) return 'detail'
  if (text.startsWith('<')) return XML_EVENTS.test(text) ? 'xml' : 'lines'
  if (text.startsWith('[')) return arrayAt(head, start) === false ? 'lines' : 'json'
  if (/^\{\s*["}]/.test(text)) return isJsonLine(head, start) ? 'lines' : 'json'
  return tableHeadOf(head) === undefined ? 'lines' : 'table'
}

/** How a text begins that is a table, by its first bytes; undefined where it is none. */
export function tableHeadOf(head: Buffer): TableHead | undefined {
  const start = firstSignificant(head)
  const first = head.indexOf(LF, start)
  if (first === -1) return undefined
  const second = head.indexOf(LF, first + 1)
  const text = head.toString('utf8', start, second === -1 ? first : second)
  return tableHead(text.split(/\r?\n/).map((line) => line.replace(/\r$/, '')))
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
