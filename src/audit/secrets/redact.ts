// Secrets are replaced before anything is kept. Lines stay lines, so that every number still fits.

import { kindOf } from './door.ts'
import type { Door } from './door.ts'
import { MARKER, NOT_ATTESTABLE, marker } from './fingerprint.ts'
import { LineContext } from './line-context.ts'
import { redactElements } from './redact-elements.ts'
import { redactPrivateKeys } from './redact-private-keys.ts'
import type { SecretRule, SecretRules } from './secret-rules.ts'

export type Redacted = {
  readonly lines: readonly string[]
  /** How many were replaced, by kind. */
  readonly replaced: Readonly<Record<string, number>>
  /** Lines whose secret is written anew with every export: nothing can be said about its change. */
  readonly notAttestable: readonly number[]
}

/** A text value of JSON ends on its line: what closes it there stays, whatever a pattern took. */
export function redactJson(source: readonly string[], door: Door): Redacted {
  const { lines } = redact(source, door)
  const kept = lines.map((line, at) => closedAs(source[at] ?? '', line))
  return { lines: kept, ...counted(kept) }
}

function closedAs(source: string, line: string): string {
  if (source === line) return line
  const [end = ''] = /"?[\s\]}]*,?\s*$/.exec(source) ?? []
  const quotes = (text: string) => text.match(/(?<!\\)(?:\\\\)*"/g)?.length ?? 0
  const isOpen = quotes(line) % 2 === 1
  if (!isOpen && line.endsWith(end)) return line
  return line + (isOpen ? end : end.replace('"', ''))
}

export function redact(source: readonly string[], door: Door): Redacted {
  const lines = redactPrivateKeys(redactElements(joinSplit(source, door.rules), door), door)
  const context = new LineContext()
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const holders = context.enter(line)
    if (line.length < 3 || !door.rules.hints.test(line)) continue
    const redacted = redactLong(line, holders, door)
    lines[at] = redacted.line
    if (redacted.isOpen) at = redactRest(lines, at)
  }
  return { lines, ...counted(lines) }
}

type Line = {
  readonly line: string
  /** A quotation goes on in the next line. */ readonly isOpen: boolean
}

/** Longest text that patterns are tried on. They are ours, the line is not: time may not grow with its square. */
const TRIED = 4096

/** Of a longer line the rest is replaced as a whole where it may hold a secret or the end of one. */
function redactLong(line: string, holders: string, door: Door): Line {
  if (line.length <= TRIED) return redactLine(line, holders, door)
  const [head, rest] = [line.slice(0, TRIED), line.slice(TRIED)]
  const redacted = redactLine(head, holders, door)
  if (redacted.line === head && !door.rules.hints.test(rest)) return { line, isOpen: false }
  return { line: redacted.line + marker('rest', door.fingerprint(rest)), isOpen: false }
}

function redactLine(line: string, holders: string, { rules, fingerprint }: Door): Line {
  let result = line
  let isOpen = false
  for (const rule of rules.rules) {
    if (rule.needs?.some((text) => result.includes(text)) === false) continue
    if (!rule.quick.test(result) || !applies(rule, result, holders)) continue
    const found = secretsOf(rule, result)
    for (const { start, end } of found.toReversed()) {
      const quoted = result.slice(start, end)
      const { value, before, after } = unquoted(quoted)
      if (value === '' || isMarked(value)) continue
      if (before !== '' && after === '') isOpen = true
      const mark = markOf(value, rule, { rules, fingerprint })
      result = result.slice(0, start) + before + mark + after + result.slice(end)
    }
  }
  return { line: result, isOpen }
}

function applies(
  { within, or, unless, except }: SecretRule,
  line: string,
  holders: string,
): boolean {
  if (within !== null && !within.test(holders) && or?.test(line) !== true) return false
  return unless?.test(holders) !== true && except?.test(line) !== true
}

function secretsOf({ is }: SecretRule, line: string): readonly { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  for (const match of line.matchAll(is)) {
    const span = match.indices?.groups?.['secret']
    if (span !== undefined) found.push({ start: span[0], end: span[1] })
  }
  return found
}

function unquoted(text: string): {
  readonly value: string
  readonly before: string
  readonly after: string
} {
  const quote = text.charAt(0)
  if (quote !== '"' && quote !== "'") return { value: text, before: '', after: '' }
  const isClosed = text.length > 1 && text.endsWith(quote)
  return {
    value: text.slice(1, isClosed ? -1 : undefined),
    before: quote,
    after: isClosed ? quote : '',
  }
}

function isMarked(value: string): boolean {
  return value.includes('⟦')
}

function markOf(value: string, { kind, attest }: SecretRule, door: Door): string {
  return marker(kindOf(value, kind, door.rules), attest ? door.fingerprint(value) : NOT_ATTESTABLE)
}

/** The rest of a quotation that began above. */
function redactRest(lines: string[], at: number): number {
  for (let next = at + 1; next < lines.length; next += 1) {
    const line = lines[next] ?? ''
    const end = line.indexOf('"')
    lines[next] = end === -1 ? '⟦…⟧' : `⟦…⟧${line.slice(end)}`
    if (end !== -1) return next
  }
  return lines.length
}

/** RouterOS splits a long line anywhere, inside a secret too: put together where it holds one. */
function joinSplit(source: readonly string[], { hints }: SecretRules): string[] {
  const lines = [...source]
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.endsWith('\\') !== true) continue
    let end = at
    let text = lines[at] ?? ''
    while (text.endsWith('\\') && end + 1 < lines.length) {
      end += 1
      text = text.slice(0, -1) + (lines[end] ?? '').trimStart()
    }
    if (hints.test(text)) {
      lines[at] = text
      lines.fill('', at + 1, end + 1)
    }
    at = end
  }
  return lines
}

function counted(lines: readonly string[]): Pick<Redacted, 'replaced' | 'notAttestable'> {
  const replaced: Record<string, number> = {}
  const notAttestable: number[] = []
  lines.forEach((line, at) => {
    if (!line.includes('⟦')) return
    for (const { groups } of line.matchAll(MARKER)) {
      const { kind = '', fingerprint = '' } = groups ?? {}
      replaced[kind] = (replaced[kind] ?? 0) + 1
      if (fingerprint === NOT_ATTESTABLE) notAttestable.push(at + 1)
    }
  })
  return { replaced, notAttestable }
}
