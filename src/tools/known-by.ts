// What a tool is known by in logs: the name of a program as command lines are gathered by it, a domain, a hash.

export type KnownBy = { readonly by: 'program' | 'domain' | 'hash'; readonly value: string }

/** Names that many programs have say nothing. */
const NO_NAME = new Set(
  `access agent app client connect console daemon desktop helper host install installer launcher main manager msiexec mstsc node python
  remote rundll00 run runner server service setup ssh sshd start svchost tray unins000 uninstall update updater viewer`
    .split(/\s+/)
    .map(withoutDigits),
)
const LEAST_NAME = 3
const MOST_NAME = 120

/** Of paths and names, without folder, ending and digits; what holds wildcards is left out. */
export function programsOf(paths: readonly string[]): readonly KnownBy[] {
  return paths.flatMap((path) => {
    const file = path
      .trim()
      .toLowerCase()
      .replace(/^.*[/\\]/, '')
    const value = withoutDigits(file.replace(/\.(?:exe|com|scr|app)$/, ''))
    const isName = /^[\p{L}\p{N}][\p{L}\p{N} ._+&()-]*$/u.test(value)
    const isUsable = isName && value.length >= LEAST_NAME && value.length <= MOST_NAME
    // Libraries, packages and the like are not started by their name.
    const isProgram = !/\.(?:dll|sys|msi|dmg|pkg|deb|rpm|zip|lnk|ps0|log)$/.test(value)
    return isUsable && isProgram && !NO_NAME.has(value) ? [{ by: 'program', value }] : []
  })
}

function withoutDigits(name: string): string {
  return name.replaceAll(/[0-9]+/g, '0')
}

/** Registered names that many others stand under belong to nobody in particular. */
const SHARED =
  /(?:^|\.)(?:microsoft|windows|azure|google|googleapis|amazonaws|github|githubusercontent|cloudflare|apple|office|live)\.(?:com|net|io)$/

/** `*.vendor.example:443` without star and port. */
export function domainOf(text: string): readonly KnownBy[] {
  const value = text.trim().toLowerCase().replace(/^\*\./, '').replace(/:\d+$/, '')
  const isDomain = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}$/.test(value)
  return isDomain && !SHARED.test(value) ? [{ by: 'domain', value }] : []
}

/** Of single hashes and of those separated by commas: MD5, SHA-1, SHA-256. */
export function hashesOf(texts: readonly string[]): readonly KnownBy[] {
  return texts
    .flatMap((text) => text.toLowerCase().split(/[\s,]+/))
    .filter((value) => /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value))
    .map((value) => ({ by: 'hash', value }))
}
