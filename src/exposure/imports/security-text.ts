// What a scanner read of a site's security.txt (RFC 9116): when it says that it ends. It becomes part of the finding's title, which
// people read and which tells no finding from another.

const IS_FOUND = /^security[.-]txt\b/i
/** RFC 9116 section 2.5.5: once, an Internet date and time; section 2.5.3: somebody to write to. */
const EXPIRES =
  /(?:^|[\s"'|>])Expires:[ \t]*(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:?\d{2}))/i
const CONTACT = /(?:^|[\s"'|>])Contact:[ \t]*\S/i

/** How much of an answer is looked at: the file is some lines long. */
const MOST_LOOKED_AT = 64 * 1024

/** The title with what the file says; as it is where nothing was read of the file. */
export function securityTextTitle(title: string, read: readonly (string | undefined)[]): string {
  if (!IS_FOUND.test(title)) return title
  const text = read.map((part) => part?.slice(0, MOST_LOOKED_AT) ?? '').join('\n')
  const [, said] = EXPIRES.exec(text) ?? []
  const ms = said === undefined ? Number.NaN : Date.parse(said.replace(' ', 'T'))
  if (!Number.isNaN(ms)) return `${title}, Expires ${new Date(ms).toISOString().slice(0, 19)}Z`
  return CONTACT.test(text) ? `${title}, no Expires` : title
}

export type SecurityTextTerm =
  | { readonly kind: 'until'; readonly ms: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'not read' }

/** The inverse: what a finding's title says of it. */
export function securityTextTerm(title: string): SecurityTextTerm {
  const [, said] = /, Expires (\S+)$/.exec(title) ?? []
  if (said !== undefined) return { kind: 'until', ms: Date.parse(said) }
  return title.endsWith(', no Expires') ? { kind: 'none' } : { kind: 'not read' }
}
