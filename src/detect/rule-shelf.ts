// The rule book in use. A book that is replaced stays until the last judging with it has ended.

import type { RuleBook } from './rule-book.ts'

/** Called when nobody uses a replaced book any more. */
type Retire = () => Promise<void>

export class RuleShelf {
  #current: RuleBook
  readonly #users = new Map<RuleBook, number>()
  readonly #retiring = new Map<RuleBook, Retire>()

  constructor(first: RuleBook) {
    this.#current = first
  }

  get current(): RuleBook {
    return this.#current
  }

  /** Works with the book of this moment; it stays whole until the work ends. */
  async use<T>(work: (book: RuleBook) => Promise<T>): Promise<T> {
    const book = this.#current
    this.#users.set(book, (this.#users.get(book) ?? 0) + 1)
    try {
      return await work(book)
    } finally {
      await this.#leave(book)
    }
  }

  async replace(next: RuleBook, retire: (old: RuleBook) => Promise<void>): Promise<void> {
    const old = this.#current
    this.#current = next
    this.#retiring.set(old, () => retire(old))
    if (!this.#users.has(old)) await this.#retire(old)
  }

  async #leave(book: RuleBook): Promise<void> {
    const left = (this.#users.get(book) ?? 1) - 1
    if (left > 0) {
      this.#users.set(book, left)
      return
    }
    this.#users.delete(book)
    await this.#retire(book)
  }

  async #retire(book: RuleBook): Promise<void> {
    const retire = this.#retiring.get(book)
    this.#retiring.delete(book)
    await retire?.()
  }
}
