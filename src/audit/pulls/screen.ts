// What a terminal would show of the bytes a device sends: colours and titles gone, pages that were turned wiped away.

// oxlint-disable-next-line no-control-regex -- escape sequences (ECMA-48)
const ESCAPES =
  /\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]{0,500}(?:\x07|\x1B\\)|[()][0-9A-Za-z]|[=>78cDEHM])/g

export function shownText(bytes: string): string {
  return bytes
    .replaceAll(ESCAPES, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/\r+\n/g, '\n')
    .split('\n')
    .map(shownLine)
    .join('\n')
}

/** Backspaces take back; a return to the beginning writes over what stood there. */
function shownLine(line: string): string {
  // oxlint-disable-next-line no-control-regex -- bell, NUL
  const plain = line.replaceAll(/[\0\x07]/g, '')
  if (!/[\b\r]/.test(plain)) return plain
  let shown: string[] = []
  let at = 0
  for (const character of plain) {
    if (character === '\b') at = Math.max(0, at - 1)
    else if (character === '\r') at = 0
    else {
      shown[at] = character
      at += 1
    }
  }
  // What a pager wiped away with blanks and backspaces is gone.
  shown = shown.map((character) => character ?? ' ')
  return shown.join('').replace(/ +$/, (blanks) => (at < shown.length ? '' : blanks))
}

export function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1)
}
