// JSON documents that wrap their events: `{"Records":[…]}` (AWS), `{"records":[…]}` (Azure), `{"value":[…]}`
// (Microsoft Graph, after `@odata` members).

/** As much as is looked at to recognise a wrapper. */
export const MAX_WRAPPER_HEAD = 4096

const WRAPPER =
  /^\{\s*(?:"@[^"\\]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|-?\d+|true|false|null)\s*,\s*)*"(?:Records|records|value)"\s*:\s*\[\s*(?=[{\]])/
/** How a wrapper can begin, or its first bytes. */
const MAY_BE = /^\{\s*(?:$|"(?:$|[@Rrv]))/
const ARRAY_OF_OBJECTS = /^\[\s*(?:$|[[{\]])/

/** Offset of the first element, or `none`, or `cut` where the bytes end before it can be told. */
export function wrapperAt(bytes: Buffer, at: number): number | 'none' | 'cut' {
  if (!MAY_BE.test(bytes.toString('latin1', at, at + 64))) return 'none'
  const head = bytes.toString('latin1', at, at + MAX_WRAPPER_HEAD)
  const found = WRAPPER.exec(head)
  if (found !== null) return at + found[0].length
  return head.length < MAX_WRAPPER_HEAD ? 'cut' : 'none'
}

/** Whether the `[` here opens an array of objects or arrays. Text such as `[2026-03-14] …` begins so as well. */
export function arrayAt(bytes: Buffer, at: number): boolean | 'cut' {
  const head = bytes.toString('latin1', at, at + 256)
  if (!ARRAY_OF_OBJECTS.test(head)) return false
  return /[[{\]]/.test(head.slice(1)) ? true : 'cut'
}
