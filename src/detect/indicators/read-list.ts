// A list of any format as it streams in: what stands first says which format it is.

import type { Read } from './entry.ts'
import { JsonReader } from './read-json.ts'
import { LineReader } from './read-lines.ts'

export type ListReader = {
  readonly read: (piece: string) => readonly Read[]
  readonly end: () => readonly Read[]
}

export type ReadPiece = { readonly format: 'json' | 'lines'; readonly entries: readonly Read[] }

/** Entries in the order of the file, in pieces. Bytes that are no UTF-8 become U+FFFD. */
export async function* readList(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadPiece> {
  const decoder = new TextDecoder('utf-8')
  let reader: { readonly format: ReadPiece['format']; readonly list: ListReader } | undefined
  let before = ''
  for await (const piece of bytes) {
    const text = before + decoder.decode(piece, { stream: true })
    before = ''
    if (reader === undefined && text.trim() === '') {
      before = text.slice(0, 1024)
      continue
    }
    reader ??= readerOf(text)
    yield { format: reader.format, entries: reader.list.read(text) }
  }
  const rest = before + decoder.decode()
  reader ??= readerOf(rest)
  yield { format: reader.format, entries: [...reader.list.read(rest), ...reader.list.end()] }
}

function readerOf(text: string): {
  readonly format: ReadPiece['format']
  readonly list: ListReader
} {
  const isJson = /^\s*(?:\{|\[\s*[{\]])/.test(text.slice(0, 4096))
  return isJson
    ? { format: 'json', list: new JsonReader() }
    : { format: 'lines', list: new LineReader() }
}
