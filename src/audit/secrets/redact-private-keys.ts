// Private keys in the middle of a configuration. Certificates and public keys stay: indicators are matched with them.

import type { Door } from './door.ts'
import { NOT_ATTESTABLE, marker } from './fingerprint.ts'

const BEGIN = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----/
const END = /-----END [A-Z ]*PRIVATE KEY-----/

/** A key that is itself encrypted is encrypted anew with every export (FortiOS): its change cannot be attested. */
export function redactPrivateKeys(source: readonly string[], { fingerprint }: Door): string[] {
  const lines = [...source]
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (!line.includes('-----BEGIN')) continue
    const found = BEGIN.exec(line)
    if (found === null) continue
    const end = endOf(lines, at)
    const value = lines.slice(at, end + 1).join('\n')
    const isEncrypted =
      found[1]?.includes('ENCRYPTED') === true || value.includes('Proc-Type: 4,ENCRYPTED')
    const mark = marker('private-key', isEncrypted ? NOT_ATTESTABLE : fingerprint(value))
    const rest = after(lines[end] ?? '')
    if (end === at) lines[at] = `${line.slice(0, found.index)}${mark}${rest}`
    else {
      lines[at] = line.slice(0, found.index) + mark
      lines.fill('⟦…⟧', at + 1, end)
      lines[end] = `⟦…⟧${rest}`
    }
    at = end
  }
  return lines
}

/** Lines of a key: half a key ends where the base64 does. */
const MOST_LINES = 400

function endOf(lines: readonly string[], at: number): number {
  for (let next = at; next < Math.min(lines.length, at + MOST_LINES); next += 1) {
    if (END.test(lines[next] ?? '')) return next
  }
  let end = at
  while (end + 1 < lines.length && /^\s*[A-Za-z0-9+/=]{16,}\s*$/.test(lines[end + 1] ?? ''))
    end += 1
  return end
}

function after(line: string): string {
  const found = END.exec(line)
  return found === null ? '' : line.slice(found.index + found[0].length)
}
