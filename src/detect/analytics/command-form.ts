// The normal form of a command line, in SQL: what a person chose stays, what changes from run to run becomes a class in angle
// brackets. One form stands for all lines that do the same. Passwords that follow their name are classes too.

/** Longer lines are known by their beginning, longer forms by theirs. */
const MOST_READ = 2048
const MOST_KEPT = 300

/** Files that are started or loaded, and those that hold passwords: their names say what is done. */
const TELLING =
  'exe|com|scr|dll|sys|cpl|ocx|msc|msi|msu|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|hta|inf|sct|xsl|sh|py|pl|jar|dit|kdbx'
/** Stands for the point of such a name until other names are classes. */
const POINT = '\u0001'

type Replacement = readonly [pattern: string, by: string]

/** What programs pass over: it is put in so that rules do not match. */
const PASSED_OVER: readonly Replacement[] = [
  ['[\\^\\x60]', ''],
  ['""', ''],
  ["'", '"'],
]

/** A program as a line begins with it; an unquoted path may hold blanks. */
const OWN_NAME = String.raw`(?:"[^"]*"|[a-z]:\\[^"<>|*?]*?\.(?:exe|com|scr)\b|\S+)`

const NAMES: readonly Replacement[] = [
  [String.raw`\b(?:https?|ftp)://[^\s"]+`, '<url>'],
  [String.raw`\{?\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b\}?`, '<guid>'],
  [String.raw`\bs-1-[0-9-]{5,}`, '<sid>'],
  [String.raw`\b(?:\d{1,3}\.){3}\d{1,3}\b`, '<address>'],
  [String.raw`[a-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*`, '<account>'],
  [
    String.raw`\b(pass(?:word|wd|phrase)?|pwd|secret|token|api-?key)([ :=]+)(?:"[^"]*"|[^\s"]+)`,
    String.raw`\1\2<secret>`,
  ],
]

/** What a folder says: the system's own, programs', one that anybody may write to, any other. */
const FOLDERS: readonly Replacement[] = [
  [
    String.raw`(?:[a-z]:\\windows|%(?:systemroot|windir)%|\\systemroot)\\(?:system32|syswow64|sysnative)\\`,
    '<system>',
  ],
  [
    String.raw`(?:[a-z]:\\(?:windows\\(?:temp|debug|tasks)|perflogs|programdata|users\\public|te?mp|\$recycle\.bin|users\\[^\\"]+\\(?:appdata|downloads))|%(?:temp|tmp|public|appdata|localappdata|programdata)%)\\`,
    '<open>',
  ],
  [String.raw`(?:[a-z]:\\program files(?: \(x86\))?|%programfiles(?:\(x86\))?%)\\`, '<programs>'],
  [String.raw`\\\\[?.]\\`, '<device>'],
  [String.raw`\\\\[^\s\\"]+\\(admin\$|ipc\$|[a-z]\$)\\?`, String.raw`<host>\1 `],
  [String.raw`\\\\[^\s\\"]+\\[^\s\\"]+\\?`, '<share>'],
  [String.raw`[a-z]:\\`, '<folder>'],
  [String.raw`(^|[\s"=>])/(?:tmp|var/tmp|dev/shm)/`, String.raw`\1<open>`],
  [String.raw`(^|[\s"=>])/home/[^/\s"]+/`, String.raw`\1<folder>`],
  // Folders below those.
  [
    String.raw`(<(?:system|open|programs|share|folder)>)(?:[^\\\s"<>|:;,]+(?: [^\\\s"<>|:;,/-]+)*\\)+`,
    String.raw`\1`,
  ],
]

const FILES: readonly Replacement[] = [
  [String.raw`\.(${TELLING})\b`, String.raw`${POINT}\1`],
  [
    String.raw`"(<(?:open|programs|share|folder)>)[^\\"<>|;,${POINT}]+\.([a-z0-9]{1,5})"`,
    String.raw`\1<file>.\2`,
  ],
  [
    String.raw`(<(?:open|programs|share|folder)>)[^\\\s"<>|;,${POINT}]+\.([a-z0-9]{1,5})\b`,
    String.raw`\1<file>.\2`,
  ],
  [
    String.raw`\b(?:[a-z0-9-]+\.)+(?:com|net|org|ca|gov|edu|local|lan|internal|corp|home|example)\b`,
    '<host>',
  ],
  [POINT, '.'],
]

const REST: readonly Replacement[] = [
  // A sentence for people.
  [String.raw`"[\pL0-9,.!?;:()/ -]{40,}"`, '<words>'],
  [String.raw`\b(?:0x)?[0-9a-f]{16,}\b`, '<hex>'],
  [String.raw`[a-z0-9+/]{40,}=*`, '<code>'],
  [String.raw`\b0x[0-9a-f]+`, '0'],
  [String.raw`[0-9]+`, '0'],
  [String.raw`"`, ' '],
  [String.raw`\s+`, ' '],
]

const REPLACEMENTS: readonly Replacement[] = [
  ...PASSED_OVER,
  // The program is known beside the form.
  [`^\\s*${OWN_NAME}\\s*`, ''],
  ...NAMES,
  ...FOLDERS,
  ...FILES,
  ...REST,
]

/** An expression over a text column; of it come at most 300 characters, empty for a program without arguments. */
export function commandFormSql(column: string): string {
  const read = `lowerUTF8(substring(${column}, 1, ${MOST_READ}))`
  const replaced = REPLACEMENTS.reduce(
    (inner, [pattern, by]) => `replaceRegexpAll(${inner}, ${quoted(pattern)}, ${quoted(by)})`,
    read,
  )
  return `substring(trimBoth(${replaced}), 1, ${MOST_KEPT})`
}

/** The name a program goes by: what its maker called it where that is known, else its file's; lower case, without ending and digits. */
export function programNameSql(original: string, path: string): string {
  const file = `extract(${path}, ${quoted(String.raw`[^/\\]+$`)})`
  const name = `lowerUTF8(if(${original} != '', ${original}, ${file}))`
  const plain = `replaceRegexpOne(${name}, ${quoted(String.raw`\.(?:exe|com|scr)$`)}, '')`
  return `replaceRegexpAll(${plain}, '[0-9]+', '0')`
}

/** The same of a line alone. */
export function programOfLineSql(line: string): string {
  const first = `extract(lowerUTF8(${line}), ${quoted(`^\\s*(${OWN_NAME})`)})`
  return programNameSql("''", `trim(BOTH '"' FROM ${first})`)
}

/** Where Windows and Unix keep their own programs; what others install lies elsewhere. */
const OF_SYSTEM = String.raw`(?i)^[a-z]:\\(?:windows|winnt)\\(?:(?:system32|syswow64|sysnative)\\(?:wbem\\|openssh\\|windowspowershell\\v1\.0\\)?)?[^\\]+$|^/(?:usr/)?s?bin/[^/]+$`

export function isOfSystemSql(path: string): string {
  return `match(${path}, ${quoted(OF_SYSTEM)})`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
