// What a tool is known by in logs: the name of a program as command lines are gathered by it, a domain, a hash, a key of the registry, a
// service, who signed it. Each is written here as the analytics write what they meet.

export type KnownBy = {
  readonly by: 'program' | 'domain' | 'hash' | 'registry' | 'service' | 'signer' | 'certificate'
  readonly value: string
}

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

const LOCAL_MACHINE =
  /^(?:hkey_local_machine|hklm|\\registry\\machine)\\(?:wow6432node\\(?!software\\))?/
/** Of whomever: `HKU\<SID>`, `HKU\{SID}`, `HKU\S-1-5-21-…`, `HKU\.DEFAULT`. */
const ANY_USER = /^(?:hkey_users|hku|\\registry\\user)\\[^\\]+\\|^(?:hkey_current_user|hkcu)\\/
/** Below these stand keys of every program; further down, those of one. */
const SHARED_KEYS =
  /^hk(?:lm|u)\\(?:software\\(?:microsoft|classes|policies|clients)|system|drivers)(?:\\|$)/
const OWN_KEYS =
  /^hk(?:lm|u)\\(?:software\\(?:microsoft\\windows\\currentversion\\(?:uninstall|run|runonce|app paths|winevt\\channels)|microsoft\\tracing|classes|policies\\[^\\]+)|system\\currentcontrolset\\(?:services(?:\\eventlog\\[^\\]+)?|control\\safeboot\\network))\\([^\\]+)/
const LEAST_KEY = 3
const MOST_KEY = 300

/**
 * A key as events name it, whatever hive, control set or half of the registry it is written under; of a tool alone. A last `*` says
 * below it; a key that holds wildcards elsewhere is left out.
 */
export function registryOf(path: string): readonly KnownBy[] {
  const plain = path
    .trim()
    .toLowerCase()
    .replaceAll(/\\{2,}/g, '\\')
    .replace(/\\\*?$/, '')
  const value = plain
    .replace(LOCAL_MACHINE, (met) => (/wow6432node/.test(met) ? 'hklm\\software\\' : 'hklm\\'))
    .replace(ANY_USER, 'hku\\')
    .replace(/\\(?:current)?controlset\d*(?=\\)/, '\\currentcontrolset')
    .replace(/\\wow6432node(?=\\)/, '')
  const isWhole = /^hk(?:lm|u)\\[^*<>?%\p{Cc}]+$/u.test(value) && value.length <= MOST_KEY
  return isWhole && isOfOne(value) ? [{ by: 'registry', value }] : []
}

function isOfOne(key: string): boolean {
  const own = OWN_KEYS.exec(key)?.[1]
  if (own !== undefined) return isNameOfOne(own)
  if (SHARED_KEYS.test(key)) return false
  // `hklm\software\maker`: whoever made the tool may have made others, and they are its too.
  return isNameOfOne(key.split('\\')[2] ?? '')
}

function isNameOfOne(name: string): boolean {
  return name.length >= LEAST_KEY && !NO_NAME.has(withoutDigits(name)) && !NO_SERVICE.has(name)
}

/** Names of services that many have, or that Windows itself does. */
const NO_SERVICE = new Set(['level', 'windows update service', 'winring0_1_2_0', 'software'])

export function serviceOf(name: string): readonly KnownBy[] {
  const value = name.trim().toLowerCase()
  const isName = /^[^*?%<>"\\/\p{Cc}]{3,200}$/u.test(value)
  return isName && isNameOfOne(value) ? [{ by: 'service', value }] : []
}

/** Whose signature stands under half of what runs. */
const SHARED_SIGNER =
  /^(?:net$|(?:microsoft|google|apple|adobe|oracle|symantec|amazon|cisco|vmware|citrix|intel|hp|hewlett|dell|lenovo|mozilla|meta|oculus|unity)(?: |$))/
const COMPANY =
  /(?: (?:inc|incorporated|llc|l l c|ltd|limited|private|pvt|ltda|gmbh|ag|corp|corporation|co|company|pty|sa|s a|s r l|srl|sl|bvba|bv|oy|ab|as|aps|sia|plc))+$/

/** The name in a signature without what says how a company is founded, and without punctuation. */
export function signerOf(name: string): readonly KnownBy[] {
  const value = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(COMPANY, '')
  const isUsable = value.length >= 4 && value.length <= MOST_NAME && !SHARED_SIGNER.test(value)
  return isUsable ? [{ by: 'signer', value }] : []
}

/** Thumbprints, as SHA-1 or SHA-256 of the certificate. */
export function certificateOf(text: string): readonly KnownBy[] {
  const value = text.toLowerCase().replaceAll(/[\s:]+/g, '')
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? [{ by: 'certificate', value }] : []
}
