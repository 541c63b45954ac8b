// What a terminal leaves in a text that was copied or logged from it: colours, window titles, the marks of a pager and the
// strokes that wipe them away. Nothing else is taken: what a control character wrote over stays, or a line could be hidden
// behind one.

// oxlint-disable-next-line no-control-regex -- escape sequences (ECMA-48)
const ESCAPES =
  /\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]{0,500}(?:\x07|\x1B\\)|[()][0-9A-Za-z]|[=>78cDEHM])/g
// oxlint-disable-next-line no-control-regex
const STEPS_BACK = /\x1B\[(\d{1,3})D/g
/** More steps back than a line of a terminal has are as many as that. */
const WIDEST = 512

const MORE =
  String.raw`<?-{2,4} ?\(?more\b[^-)>\r\x08]{0,20}\)? ?-{2,4}>?` +
  String.raw`(?:,? (?:or |next page|\(q\)|space)[^\r\x08]{0,60})?`
const PAGERS = String.raw`(?:${MORE}|lines? \d+-\d+(?:/\d+)?[^\r\x08]{0,20}|\(END\)|:|-- \[Q quit[^\]]{0,60}\]|Press any key to continue[^\r\x08]{0,60})`
/** A pager's mark, and the strokes that go back over it. */
const WIPED = new RegExp(
  String.raw`^ *(?:${PAGERS})? *[\r\x08][ \r\x08]*[\r\x08]|^ *(?:${PAGERS})? *[\r\x08]`,
  'i',
)
const HALF_WIPED = new RegExp(String.raw`^ *${PAGERS} *(\x08+)( +)(?=[^ \r\x08])`, 'i')
/** The same where what wiped it was lost on the way: only the blanks stand there, as many as each maker writes. */
const LEFT: readonly { readonly mark: RegExp; readonly blanks: number }[] = [
  { mark: /^ ?--More-- ?$/i, blanks: 9 },
  { mark: /^<--- More --->$/i, blanks: 14 },
  { mark: /^---\(more[^)]{0,20}\)---$/i, blanks: 40 },
  { mark: /^ {0,2}-{4} More -{4}$/i, blanks: 42 },
]
const LEFT_MARK =
  /^(?: {0,2}-{2,4} ?\(?more\b[^-)>]{0,20}\)? ?-{2,4} ?|<--- More --->)(?<blanks> *)/i

export function hasTerminalMarks(text: string): boolean {
  return /[\b\u001B]|\r[^\n]|--\s?\(?more\b/i.test(text)
}

export function withoutTerminalMarks(line: string): string {
  const plain = line
    .replaceAll(STEPS_BACK, (_, steps: string) => '\b'.repeat(Math.min(Number(steps), WIDEST)))
    .replaceAll(ESCAPES, '')
  const wiped = plain.replace(HALF_WIPED, wipedHalf).replace(WIPED, '')
  return (wiped === plain ? withoutMark(plain) : wiped).replace(/\r+$/, '')
}

/** Of the strokes back only the first came: as many blanks as they are, or one less, stand before the line. */
function wipedHalf(all: string, strokes: string, blanks: string): string {
  return blanks.length < strokes.length - 1 ? all : blanks.slice(strokes.length)
}

function withoutMark(line: string): string {
  const found = LEFT_MARK.exec(line)
  if (found === null) return line
  const blanks = found.groups?.['blanks'] ?? ''
  const mark = found[0].slice(0, found[0].length - blanks.length)
  const wiped = LEFT.find((one) => one.mark.test(mark.trimEnd()))?.blanks ?? 0
  const gone = blanks.length + (mark.length - mark.trimEnd().length) >= wiped ? wiped : 0
  return line.slice(mark.trimEnd().length + Math.max(gone, mark.length - mark.trimEnd().length))
}
