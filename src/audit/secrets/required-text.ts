// A text that every match of a pattern holds: looked for first, which costs a tenth of trying the pattern.

/** Shorter texts are in nearly every line. */
const LEAST = 3

/** The longest that stands outside of groups and is not optional; `null` where there is none. */
export function requiredText(pattern: string): string | null {
  let [best, run] = ['', '']
  const end = () => {
    if (run.length > best.length) best = run
    run = ''
  }
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern.charAt(at)
    if (sign === '|') return null
    if (sign === '?' || sign === '*' || sign === '{') {
      // What stands before it need not be there.
      run = run.slice(0, -1)
      end()
      if (sign === '{') at = pattern.indexOf('}', at)
    } else if (sign === '\\') {
      at += 1
      if (/[A-Za-z0-9]/.test(pattern.charAt(at))) end()
      else run += pattern.charAt(at)
    } else if (sign === '(' || sign === '[') {
      end()
      at = closing(pattern, at)
    } else if ('.^$+)'.includes(sign)) end()
    else run += sign
  }
  end()
  return best.length < LEAST ? null : best
}

/** Where the group or class that opens at `from` closes. */
function closing(pattern: string, from: number): number {
  let depth = 0
  let isClass = false
  for (let at = from; at < pattern.length; at += 1) {
    const sign = pattern.charAt(at)
    if (sign === '\\') at += 1
    else if (isClass) {
      if (sign === ']') isClass = false
      if (!isClass && depth === 0) return at
    } else if (sign === '[') isClass = true
    else if (sign === '(') depth += 1
    else if (sign === ')') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return pattern.length
}
