// Words of a statement, taken from the left.

export class Words {
  readonly #words: readonly string[]
  #at = 0

  constructor(text: string) {
    this.#words = text.split(/\s+/).filter((word) => word !== '')
  }

  get isEnd(): boolean {
    return this.#at >= this.#words.length
  }

  /** The next word, which stays. */
  get next(): string {
    return this.#words[this.#at] ?? ''
  }

  get second(): string {
    return this.#words[this.#at + 1] ?? ''
  }

  take(): string {
    const word = this.next
    this.#at += 1
    return word
  }

  /** Takes the word where it is the next one. */
  accept(...words: readonly string[]): string | undefined {
    return words.includes(this.next) ? this.take() : undefined
  }

  get rest(): readonly string[] {
    return this.#words.slice(this.#at)
  }
}
