// JSON: one document, or one on each line. Parsed whole, so bounded.

import { reasonOf } from '../../core/index.ts'
import { LIMITS, refuse } from './limits.ts'

export type Bytes = { readonly file: string; readonly bytes: AsyncIterable<Uint8Array> }

/** The documents of a file: one, those of its lines, or the entries of its array. */
export async function jsonDocuments(source: Bytes): Promise<readonly unknown[]> {
  const text = await wholeText(source)
  if (text.trim() === '') return []
  const whole = parsed(text)
  if (whole.ok) return Array.isArray(whole.value) ? whole.value : [whole.value]
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const documents = lines.map((line) => parsed(line))
  const bad = documents.findIndex((document) => !document.ok)
  if (bad === -1) return documents.flatMap((document) => (document.ok ? [document.value] : []))
  const first = documents[0]
  // One on each line: the line that is wrong tells; else the place within the whole.
  const at = documents.length > 1 && first?.ok === true ? documents[bad] : whole
  const reason = at === undefined || at.ok ? '' : at.reason
  return refuse(source.file, 'not_json', at === whole ? reason : `${bad + 1}: ${reason}`)
}

export async function wholeText({ file, bytes }: Bytes): Promise<string> {
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of bytes) {
    total += piece.length
    if (total > LIMITS.jsonBytes) refuse(file, 'too_large', '512 MiB')
    pieces.push(piece)
  }
  return new TextDecoder().decode(Buffer.concat(pieces))
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string }

function parsed(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (cause) {
    return { ok: false, reason: reasonOf(cause).slice(0, 120) }
  }
}
