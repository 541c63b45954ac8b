// The lines that hold a line, by indentation alone: known before any make is.

/** Of a line, as what holds another. */
const TEXT_KEPT = 200

/** Blocks that are remembered above a line. */
const MOST = 12

export class LineContext {
  readonly #texts: string[] = []
  readonly #widths: number[] = []
  #routerOs = ''

  /** Moves to the next line, and gives what holds it, outermost first. */
  enter(line: string): string {
    const text = line.trim()
    const width = line.length - line.trimStart().length
    while ((this.#widths.at(-1) ?? -1) >= width) {
      this.#widths.pop()
      this.#texts.pop()
    }
    if (width === 0 && text.startsWith('/')) this.#routerOs = text
    const holders = this.#texts.join(' > ')
    if (this.#widths.length < MOST && !/^[!#]/.test(text)) {
      this.#widths.push(width)
      this.#texts.push(text.slice(0, TEXT_KEPT).replace(/\s*\{$/, ''))
    }
    return holders === '' && /^(?:add|set)\b/.test(text) ? this.#routerOs : holders
  }
}
