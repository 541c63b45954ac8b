// LDIF (RFC 2849) to entries. Lines are unfolded, base64 is decoded; URLs are never fetched.

import type { Entry } from './active-directory.ts'
import { directoryCovers, directoryRows } from './active-directory.ts'
import { ExportRefused, MOST_ROWS, clean, shown } from './row.ts'
import type { Export } from './row.ts'

const MOST_VALUES = 200_000
const BINARY = new Set([
  'objectsid',
  'sidhistory',
  'objectguid',
  'msds-keycredentiallink',
  'msds-allowedtoactonbehalfofotheridentity',
])

/** Throws ExportRefused with the line. */
export function readLdif(text: string): Export {
  const entries: Entry[] = []
  const attributes = new Set<string>()
  let current: Map<string, string[]> | undefined
  let startLine = 0
  const end = () => {
    if (current !== undefined && current.has('dn')) {
      entries.push({ place: `line ${startLine}`, attributes: current })
      if (entries.length > MOST_ROWS)
        throw new ExportRefused(`line ${startLine}`, 'too_many_rows', String(MOST_ROWS))
    }
    current = undefined
  }
  for (const { line, content } of unfolded(text)) {
    if (content === '') end()
    else if (!content.startsWith('#')) {
      const [name, value] = attributeOf(content, line)
      if (current === undefined && name === 'version') continue
      if (current === undefined) {
        if (name !== 'dn') throw new ExportRefused(`line ${line}`, 'not_ldif', shown(content))
        current = new Map()
        startLine = line
      }
      const values = current.get(name)
      if (values === undefined) current.set(name, [value])
      else if (values.push(value) > MOST_VALUES)
        throw new ExportRefused(`line ${line}`, 'too_many_rows', String(MOST_VALUES))
      attributes.add(name)
    }
  }
  end()
  if (entries.length === 0) throw new ExportRefused('', 'empty')
  return {
    system: 'ad',
    part: 'directory',
    rows: directoryRows(entries),
    covers: directoryCovers(attributes),
  }
}

/** A line that begins with a space continues the one before (RFC 2849, note 2). */
function* unfolded(text: string): Generator<{ readonly line: number; readonly content: string }> {
  let pieces: string[] = []
  let start = 0
  let line = 0
  for (const raw of text.split('\n')) {
    line += 1
    const content = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (content.startsWith(' ') && pieces.length > 0) pieces.push(content.slice(1))
    else {
      if (pieces.length > 0) yield { line: start, content: pieces.join('') }
      pieces = [content]
      start = line
    }
  }
  if (pieces.length > 0) yield { line: start, content: pieces.join('') }
}

function attributeOf(content: string, line: number): readonly [string, string] {
  const found = /^([A-Za-z0-9.][\w.;-]*):([:<])?[ ]*(.*)$/su.exec(content)
  if (found === null) throw new ExportRefused(`line ${line}`, 'not_ldif', shown(content))
  const [, description = '', mark, value = ''] = found
  // Options such as `;range=0-1499` name the same attribute.
  const name = (description.split(';')[0] ?? '').toLowerCase()
  if (mark === '<') throw new ExportRefused(`line ${line}`, 'not_ldif', shown(content))
  if (mark !== ':') return [name, value]
  if (!/^[A-Za-z0-9+/]*={0,2}$/u.test(value))
    throw new ExportRefused(`line ${line}`, 'not_ldif', shown(content))
  const bytes = Buffer.from(value, 'base64')
  if (name === 'objectsid' || name === 'sidhistory') return [name, sidText(bytes)]
  return [
    name,
    BINARY.has(name) ? bytes.toString('hex').slice(0, 64) : clean(bytes.toString('utf8')),
  ]
}

/** MS-DTYP 2.4.2.2: revision, count, authority of six bytes, then little-endian numbers. */
export function sidText(bytes: Buffer): string {
  const count = bytes[1] ?? 0
  if (bytes.length < 8 + count * 4) return bytes.toString('hex')
  const authority = bytes.readUIntBE(2, 6)
  const parts = Array.from({ length: count }, (_, at) => bytes.readUInt32LE(8 + at * 4))
  return ['S', bytes[0], authority, ...parts].join('-')
}
