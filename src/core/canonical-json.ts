// JSON with one spelling for each value (RFC 8785), so that a digest of it means the value.

/** Throws TypeError for what JSON has no spelling for: undefined, functions, NaN, lone surrogates, cycles. */
export function canonicalJson(value: unknown): string {
  return spell(value, [])
}

/** `above`: what the value stands in, the outermost first. */
function spell(value: unknown, above: unknown[]): string {
  if (value === null || typeof value === 'boolean') return String(value)
  // ECMAScript's own spelling of numbers and strings is the one that RFC 8785 sections 3.2.2.2 and 3.2.2.3 ask for.
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (typeof value === 'string' && value.isWellFormed()) return JSON.stringify(value)
  if (typeof value !== 'object') throw new TypeError(`JSON has no spelling for ${typeof value}`)
  if (above.includes(value)) throw new TypeError('JSON has no spelling for a cycle')
  above.push(value)
  const spelt = Array.isArray(value)
    ? `[${value.map((item) => spell(item, above)).join(',')}]`
    : spellMembers(value, above)
  above.pop()
  return spelt
}

/** Section 3.2.3: by UTF-16 code units, which is what a plain sort does. */
function spellMembers(value: object, above: unknown[]): string {
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, item]) => `${spell(key, above)}:${spell(item, above)}`).join(',')}}`
}
